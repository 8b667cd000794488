#!/usr/bin/env python3
"""Does docs/capabilities.md claim only what this run has shown?

  capabilities_test.py LOGS     LOGS as ./test leaves them: NAME.tap, NAME.rc

Each check is first seen to fail on a planted fault.
"""
import fnmatch
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "tools")]
from tap import Tap  # noqa: E402
from tap_sum import read_runners  # noqa: E402

LAST = 213
STATES = ("works", "part", "not yet")
ROW = re.compile(r"^\|\s*S(\d+)\s*\|(.*)\|\s*$")
QUOTED = re.compile(r"`([^`]+)`")
PLACE = re.compile(r"^(/|(build/)?zhaofa |\./)")  # a page, or a command


def read_rows(text):
    """[(number, [what, state, where, test])] of the table."""
    found = []
    for line in text.splitlines():
        match = ROW.match(line)
        if match:
            found.append((int(match.group(1)), [cell.strip() for cell in match.group(2).split("|")]))
    return found


def number_faults(rows):
    numbers = [number for number, _ in rows]
    missing = [f"S{n} is missing" for n in range(1, LAST + 1) if n not in numbers]
    twice = [f"S{n} stands {numbers.count(n)} times" for n in sorted(set(numbers)) if numbers.count(n) > 1]
    return missing + twice + [f"S{n}: no such number" for n in numbers if not 1 <= n <= LAST]


def form_faults(rows):
    faults = []
    for number, cells in rows:
        if len(cells) != 4:
            faults.append(f"S{number}: {len(cells) + 1} columns")
        elif not cells[0]:
            faults.append(f"S{number}: says nothing")
        elif cells[1].split(":")[0].strip() not in STATES:
            faults.append(f"S{number}: state '{cells[1]}'")
        elif cells[1].startswith("part") and not cells[1].partition(":")[2].strip():
            faults.append(f"S{number}: 'part' does not say what is missing ('part: …')")
    return faults


def test_fault(name, passed):
    """Why this test proves nothing in this run, or None."""
    hits = [p for p in passed if fnmatch.fnmatchcase(p, name.replace("[", "[[]"))]
    if not hits:
        return "did not run"
    if not any(passed[p] for p in hits):
        return "did not pass"
    return None if all(passed[p] is not False for p in hits) else "failed in part"


def claim_faults(rows, passed):
    faults = []
    for number, cells in rows:
        if len(cells) != 4 or cells[1] != "works":
            continue
        if not any(PLACE.match(place) for place in QUOTED.findall(cells[2])):
            faults.append(f"S{number}: works, but no `/page` or `command` is named")
        tests = QUOTED.findall(cells[3])
        if not tests:
            faults.append(f"S{number}: works, but no test is named")
        for name in tests:
            why = test_fault(name, passed)
            if why:
                faults.append(f"S{number}: {name} {why}")
    return faults


def outcomes(runners):
    """{"runner/test": True passed, False failed, None skipped}"""
    found = {}
    for runner in runners:
        for name, outcome, _ in runner.points:
            key = f"{runner.name}/{name}"
            verdict = {"ok": True, "not ok": False}.get(outcome)
            found[key] = verdict if key not in found else (found[key] and verdict)
    return found


def planted(tap):
    good = [(n, ["x", "not yet", "", ""]) for n in range(1, LAST + 1)]
    passed = {"r/a": True, "r/b": False, "r/c": None, "q/a": True, "q/d [x]": True}

    def works(where, test):
        return claim_faults([(5, ["x", "works", where, test])], passed)

    tap.equal(number_faults(good) + form_faults(good), [], "planted: a whole table passes")
    tap.equal(number_faults(good[:-1]), [f"S{LAST} is missing"], "planted: a number missing")
    tap.equal(number_faults(good + good[4:5]), ["S5 stands 2 times"], "planted: a number twice")
    tap.equal(number_faults(good + [(LAST + 1, good[0][1])]), [f"S{LAST + 1}: no such number"], "planted: a number too high")
    tap.ok(form_faults([(1, ["x", "done", "", ""])]), "planted: another state")
    tap.ok(form_faults([(1, ["x", "part", "", ""])]), "planted: part of what?")
    tap.ok(form_faults([(1, ["x", "works", "a", "b", "c"])]), "planted: a column too many")
    tap.equal(works("`/ask`", "`r/a`, `q/*` and `q/d [x]`"), [], "planted: a row that works")
    tap.equal(works("`build/zhaofa verify`", "`r/a`"), [], "planted: a command")
    tap.ok(works("", "`r/a`"), "planted: no place")
    tap.ok(works("`/ask`", "r/a"), "planted: no test")
    tap.ok(works("`/ask`", "`r/a` `r/b`"), "planted: a test that failed")
    tap.ok(works("`/ask`", "`r/c`"), "planted: a test that was skipped")
    tap.ok(works("`/ask`", "`r/z`"), "planted: a test that did not run")
    tap.ok(works("`/ask`", "`r/*`"), "planted: a runner that failed in part")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tap = Tap()
    planted(tap)
    rows = read_rows((HERE.parent / "docs" / "capabilities.md").read_text(encoding="utf-8"))
    tap.equal(number_faults(rows), [], "each S-number stands once")
    tap.equal(form_faults(rows), [], "each row is whole")
    tap.equal(claim_faults(rows, outcomes(read_runners(sys.argv[1]))), [], "each row that works is shown by this run")
    tap.done()


if __name__ == "__main__":
    main()
