#!/usr/bin/env python3
"""tap_sum: what did all the test programs together report?

Each runner leaves LOGS/NAME.tap (its standard output) and LOGS/NAME.rc (its exit status).

  tap_sum.py split BUILD LOGS          make those files from what `meson test` recorded in BUILD
  tap_sum.py sum LOGS [--skips FILE]   print the sums; exit 1 when anything failed

Counted as failed: each `not ok`; each test that was planned and not reported, since a program that
aborts leaves the rest unreported; a runner without a plan, or with nothing run; a runner that
exits non-zero though it reported no failure; a skip that tests/skips.txt does not allow.
A point with nested points (`node --test`) stands for those; it counts by itself only when it fails alone.
"""
import argparse
import fnmatch
import json
import pathlib
import re
import sys

PLAN = re.compile(r"^1\.\.(\d+)\s*(?:#\s*(?:SKIP|skip)\S*\s*(.*))?$")
POINT = re.compile(r"^(not ok|ok)\b\s*(\d+)?\s*(?:-\s+)?(.*)$")
SKIP = re.compile(r"(?:^|\s)#\s*SKIP\b\s*(.*)$", re.I)


class Runner:
    """One program's report, leaf by leaf."""

    def __init__(self, name, text, code):
        self.name = name
        self.points = []  # (name, "ok" | "not ok" | "skip", reason)
        self.faults = []  # what else counts as a failure, in words
        self._levels = {}  # open blocks by indentation: what was planned, what was seen
        self._children = {}  # outcomes whose parent is still to come, by indentation
        self._skipped_whole = None
        self._read(text)
        self._judge(code)

    def _read(self, text):
        yaml = None
        for raw in text.splitlines():
            line = raw.strip()
            indent = len(raw) - len(raw.lstrip(" "))
            if yaml is not None:
                if line == "..." and indent <= yaml:
                    yaml = None
                continue
            if line == "---":
                yaml = indent
                continue
            self._read_line(line, indent)
        for indent in sorted(self._levels, reverse=True):
            self._close(indent)

    def _read_line(self, line, indent):
        plan, point = PLAN.match(line), POINT.match(line)
        if plan:
            self._take_plan(indent, int(plan.group(1)), plan.group(2))
        elif point:
            self._take_point(indent, point.group(1), point.group(3))
        elif line.startswith("Bail out!"):
            self.faults.append(line)

    def _take_plan(self, indent, planned, reason):
        level = self._levels.get(indent)
        if level and level["plan"] is not None:  # a second group of the same program
            self._close(indent)
            level = None
        level = self._levels.setdefault(indent, {"plan": None, "seen": 0, "trailing": False})
        level["plan"], level["trailing"] = planned, level["seen"] > 0
        if indent == 0:
            if planned == 0 and reason is not None:
                self._skipped_whole = reason or "no reason given"
        if level["trailing"] and indent > 0:
            self._close(indent)

    def _take_point(self, indent, verdict, text):
        level = self._levels.get(indent)
        if level and level["trailing"]:
            self._close(indent)
            level = None
        for deeper in [i for i in self._levels if i > indent]:
            self._close(deeper)
        level = self._levels.setdefault(indent, {"plan": None, "seen": 0, "trailing": False})
        level["seen"] += 1
        skip = SKIP.search(text)
        name = text[: skip.start()].strip() if skip else text.strip()
        reason = skip.group(1).strip() if skip else ""
        if skip and not name:  # cmocka: "not ok 3 # SKIP name"
            name = reason
        outcome = "skip" if skip else verdict
        inner = [o for i in list(self._children) if i > indent for o in self._children.pop(i)]
        if not inner or (outcome == "not ok" and "not ok" not in inner):
            self.points.append((name, outcome, reason))
        self._children.setdefault(indent, []).append(outcome)

    def _close(self, indent):
        level = self._levels.pop(indent)
        if level["plan"] is None:
            if indent == 0:
                self.faults.append("no plan: it did not come to its end")
        elif level["seen"] < level["plan"]:
            self.faults.extend(["planned and not reported"] * (level["plan"] - level["seen"]))
        elif level["seen"] > level["plan"]:
            self.faults.append(f"{level['seen']} reported, {level['plan']} planned")

    def _judge(self, code):
        if self._skipped_whole is not None and not self.points:
            self.points.append((self.name, "skip", self._skipped_whole))
        elif not self.points and not self.faults:
            self.faults.append("ran nothing")
        if code != 0 and not self.failed():
            self.faults.append(f"exit status {code}")

    def count(self, outcome):
        return sum(1 for point in self.points if point[1] == outcome)

    def failed(self):
        return self.count("not ok") + len(self.faults)


def read_runners(logs):
    """All runners of a log directory, by name; what never wrote an exit status has failed."""
    runners = []
    for tap in sorted(pathlib.Path(logs).glob("*.tap")):
        status = tap.with_suffix(".rc")
        try:
            code = int(status.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            code = -1
        runners.append(Runner(tap.stem, tap.read_text(encoding="utf-8", errors="replace"), code))
    return runners


def read_skips(path):
    """Rows of tests/skips.txt: runner glob, test glob, condition, reason."""
    rows = []
    if path and pathlib.Path(path).exists():
        for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
            fields = line.split(None, 3)
            if len(fields) == 4 and not line.startswith("#"):
                rows.append(fields)
    return rows


def skip_reason(rows, root, runner, name):
    """The reason the list gives for this skip; None when it may not be skipped here."""
    for runner_glob, name_glob, condition, reason in rows:
        if not fnmatch.fnmatchcase(runner, runner_glob) or not fnmatch.fnmatchcase(name, name_glob):
            continue
        kind, _, path = condition.partition(":")
        if kind == "always" or (kind == "absent" and not (root / path).exists()):
            return reason
    return None


def engine_of(runner, name, twins):
    """A program that runs on both engines is two runners, X and X_pg; else a name says the engine."""
    words = f"{runner} {name}".lower()
    if runner.endswith("_pg") or "postgresql" in words:
        return "postgresql"
    return "sqlite" if runner in twins or "sqlite" in words else None


def engine_counts(runners):
    """How many points passed on which engine."""
    counts = {"sqlite": 0, "postgresql": 0, None: 0}
    twins = {runner.name[:-3] for runner in runners if runner.name.endswith("_pg")}
    for runner in runners:
        for name, outcome, _ in runner.points:
            counts[engine_of(runner.name, name, twins)] += outcome == "ok"
    return counts


def print_sum(logs, skips, root):
    runners = read_runners(logs)
    rows = read_skips(skips)
    passed, failed, skipped = 0, 0, {}
    if not runners:
        print("no runner left a report")
        failed = 1
    for runner in runners:
        faults = [f"not ok  {name}" for name, outcome, _ in runner.points if outcome == "not ok"] + runner.faults
        for name, outcome, said in runner.points:
            reason = skip_reason(rows, root, runner.name, name) if outcome == "skip" else None
            if reason is not None:
                skipped[reason] = skipped.get(reason, 0) + 1
            elif outcome == "skip":
                faults.append(f"skip not allowed  {name}  ({said or 'no reason'})")
        passed += runner.count("ok")
        failed += len(faults)
        print(f"  {'FAIL' if faults else 'ok  '}  {runner.name}: {runner.count('ok')} passed, {len(faults)} failed")
        for fault in faults:
            print(f"        {fault}")
    engines = engine_counts(runners)
    reasons = "; ".join(f"{reason} {n}" for reason, n in sorted(skipped.items())) or "none"
    print(f"engines: sqlite {engines['sqlite']}, postgresql {engines['postgresql']}")
    print(f"skipped: {sum(skipped.values())} ({reasons})")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def split_meson(build, logs):
    """One pair of files for each test that meson ran; a test that only exits becomes one point."""
    intro = json.loads((build / "meson-info" / "intro-tests.json").read_text(encoding="utf-8"))
    protocol = {test["name"]: test["protocol"] for test in intro}
    ran = 0
    log = build / "meson-logs" / "testlog.json"
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        entry = json.loads(line)
        name = entry["name"].split(" / ")[-1].split(":")[-1]
        out, code, result = entry.get("stdout", ""), entry["returncode"], entry["result"]
        if protocol.get(name) != "tap":
            out += f"\n1..1\n{'ok' if code == 0 else 'not ok'} 1 - {name}\n"
        if result in ("TIMEOUT", "INTERRUPT"):
            out += f"\nBail out! {result.lower()}\n"
        (logs / f"{name}.tap").write_text(out, encoding="utf-8")
        (logs / f"{name}.err").write_text(entry.get("stderr", ""), encoding="utf-8")
        (logs / f"{name}.rc").write_text(f"{code}\n", encoding="utf-8")
        ran += 1
    if ran < len(intro):
        print(f"meson ran {ran} of {len(intro)} tests", file=sys.stderr)
        return 1
    return 0


def main():
    parser = argparse.ArgumentParser(description="sum the TAP reports of all runners")
    parser.add_argument("command", choices=["split", "sum"])
    parser.add_argument("paths", nargs="+", type=pathlib.Path)
    parser.add_argument("--skips", type=pathlib.Path)
    args = parser.parse_args()
    if args.command == "split":
        return split_meson(args.paths[0], args.paths[1])
    root = args.skips.resolve().parent.parent if args.skips else pathlib.Path(".")
    return print_sum(args.paths[0], args.skips, root)


if __name__ == "__main__":
    sys.exit(main())
