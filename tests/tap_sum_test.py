#!/usr/bin/env python3
"""tap_sum on reports that went wrong in each way a report can."""
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOOL = HERE.parent / "tools" / "tap_sum.py"
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402

NODE = """TAP version 13
# Subtest: suite
    # Subtest: x
    ok 1 - x
      ---
      stack: |-
        not ok 9 - inside a note
      ...
    # Subtest: y
    {y} 2 - y
    1..2
{suite} 1 - suite
1..1
"""

# name, {runner: (report, exit status)}, passed, failed, skipped, part of what is said
CASES = [
    ("all well", {"a": ("1..2\nok 1 - x\nok 2 - y\n", 0)}, 2, 0, 0, ""),
    ("two runners", {"a": ("1..1\nok 1 - x\n", 0), "b": ("ok 1 - x\n1..1\n", 0)}, 2, 0, 0, ""),
    ("a not ok", {"a": ("1..2\nok 1 - x\nnot ok 2 - y\n", 1)}, 1, 1, 0, "not ok  y"),
    ("a not ok, exit 0", {"a": ("1..2\nok 1 - x\nnot ok 2 - y\n", 0)}, 1, 1, 0, "not ok  y"),
    ("a test that aborts", {"a": ("1..5\nok 1 - x\nok 2 - y\n", -6)}, 2, 3, 0, "planned and not reported"),
    ("an abort after the last", {"a": ("1..1\nok 1 - x\n", -6)}, 1, 1, 0, "exit status -6"),
    ("no plan", {"a": ("ok 1 - x\n", 0)}, 1, 1, 0, "no plan"),
    ("nothing at all", {"a": ("", 0)}, 0, 1, 0, "ran nothing"),
    ("a plan of none", {"a": ("1..0\n", 0)}, 0, 1, 0, "ran nothing"),
    ("more than planned", {"a": ("1..1\nok 1 - x\nok 2 - y\n", 0)}, 2, 1, 0, "2 reported, 1 planned"),
    ("bail out", {"a": ("1..1\nok 1 - x\nBail out! no room\n", 0)}, 1, 1, 0, "Bail out! no room"),
    ("never ended", {"a": ("1..1\nok 1 - x\n", None)}, 1, 1, 0, "exit status -1"),
    ("two groups in one program", {"a": ("1..1\nok 1 - x\n1..2\nok 1 - y\nok 2 - z\n", 0)}, 3, 0, 0, ""),
    ("the second group aborts", {"a": ("1..1\nok 1 - x\n1..2\nok 1 - y\n", -6)}, 2, 1, 0, "planned and not"),
    ("a skip that is allowed", {"a": ("1..2\nok 1 - x\nnot ok 2 # SKIP shared_map\n", 0)}, 1, 0, 1, "no shared data 1"),
    ("a skip of cmocka that is not", {"a": ("1..1\nnot ok 1 # SKIP other\n", 0)}, 0, 1, 0, "skip not allowed  other"),
    ("a skip that is not", {"a": ("1..1\nok 1 - other # SKIP tired\n", 0)}, 0, 1, 0, "tired"),
    ("a skip where there is no reason", {"a": ("1..1\nok 1 - present # SKIP\n", 0)}, 0, 1, 0, "skip not allowed"),
    ("a whole runner that skips", {"a": ("1..0 # SKIP tired\n", 0)}, 0, 1, 0, "skip not allowed"),
    ("nested, all well", {"a": (NODE.format(y="ok", suite="ok"), 0)}, 2, 0, 0, ""),
    ("nested, one fails", {"a": (NODE.format(y="not ok", suite="not ok"), 1)}, 1, 1, 0, "not ok  y"),
    ("nested, the parent alone", {"a": (NODE.format(y="ok", suite="not ok"), 1)}, 2, 1, 0, "not ok  suite"),
    ("no runner", {}, 0, 1, 0, "no runner"),
]
SKIPS = "# head\na shared_* absent:nowhere no shared data\na present absent:tests/skips.txt no list\n"


def run_sum(runners):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        (root / "tests").mkdir()
        (root / "tests" / "skips.txt").write_text(SKIPS, encoding="utf-8")
        (root / "logs").mkdir()
        for runner, (report, code) in runners.items():
            (root / "logs" / f"{runner}.tap").write_text(report, encoding="utf-8")
            if code is not None:
                (root / "logs" / f"{runner}.rc").write_text(f"{code}\n", encoding="utf-8")
        command = [sys.executable, str(TOOL), "sum", str(root / "logs"), "--skips", str(root / "tests" / "skips.txt")]
        return subprocess.run(command, capture_output=True, text=True, check=False)


def check_split(tap):
    """What meson recorded becomes reports: one that ran, one that only exits, one out of time."""
    with tempfile.TemporaryDirectory() as name:
        build = pathlib.Path(name)
        for folder in ("meson-info", "meson-logs", "logs"):
            (build / folder).mkdir()
        intro = [{"name": n, "protocol": p} for n, p in (("t", "tap"), ("e", "exitcode"), ("late", "tap"))]
        log = [
            {"name": "t", "stdout": "1..1\nok 1 - x\n", "stderr": "", "returncode": 0, "result": "OK"},
            {"name": "proj:e / e", "stdout": "words", "returncode": 3, "result": "FAIL"},
            {"name": "late", "stdout": "1..2\nok 1 - x\n", "returncode": -15, "result": "TIMEOUT"},
        ]
        (build / "meson-info" / "intro-tests.json").write_text(json.dumps(intro), encoding="utf-8")
        lines = [json.dumps(entry) for entry in log]
        for count, want in ((2, 1), (3, 0)):
            (build / "meson-logs" / "testlog.json").write_text("\n".join(lines[:count]) + "\n", encoding="utf-8")
            done = subprocess.run([sys.executable, str(TOOL), "split", name, str(build / "logs")], check=False, capture_output=True)
            tap.equal(done.returncode, want, f"split: {count} of 3 tests ran")
        done = subprocess.run([sys.executable, str(TOOL), "sum", str(build / "logs")], capture_output=True, text=True, check=False)
        tap.equal(done.stdout.splitlines()[-1], "2 passed, 3 failed", "split: what meson ran is summed")


def main():
    tap = Tap()
    for name, runners, passed, failed, skipped, said in CASES:
        done = run_sum(runners)
        lines = done.stdout.splitlines()
        good = (
            lines[-1] == f"{passed} passed, {failed} failed"
            and lines[-2].startswith(f"skipped: {skipped} (")
            and lines[-3].startswith("engines: ")
            and said in done.stdout
            and done.returncode == (1 if failed else 0)
        )
        tap.ok(good, name, done.stdout + done.stderr)
    two = "1..2\nok 1 - x\n%s 2 - y\n"
    engines = run_sum({"flow_sqlite": (two % "not ok", 1), "z": ("1..2\nok 1 - q [postgresql]\nok 2 - r\n", 0)})
    tap.ok("engines: sqlite 1, postgresql 1" in engines.stdout, "engines by name", engines.stdout)
    engines = run_sum({"kit_db": (two % "ok", 0), "kit_db_pg": (two % "not ok", 1), "kit_log": (two % "ok", 0)})
    tap.ok("engines: sqlite 2, postgresql 1" in engines.stdout, "engines by twins", engines.stdout)
    check_split(tap)
    tap.done()


if __name__ == "__main__":
    main()
