#!/usr/bin/env python3
"""zhaofa roster: a made-up month planned, checked, changed; nurses against a checker of their own."""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from nrp_check import check  # noqa: E402
from tap import Tap  # noqa: E402

NRP = pathlib.Path(os.environ.get("ZHAOFA_SHARED", HERE.parent / "../shared")) / "data/nrp"


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "roster", *map(str, words)], capture_output=True, timeout=280, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def month(tap, d):
    m, plan = d / "month", d / "plan"
    code, _, err = run("synth", "--year", "over", "--county", 9, "--month", 2, "--out", m)
    tap.ok(code == 0 and m.stat().st_size > 1000, "a month is made up", err)
    few = ["--steps", 16, "--tries", 10, "--nodes", 10]
    code, _, err = run("plan", m, *few, "--out", plan)
    said = plan.read_text() if code == 0 else ""
    head = re.search(r"objective (\d+) bound (\d+)", said)
    tap.ok(head and int(head[1]) >= int(head[2]) > 0, "it is planned, with a bound", err + said[:200])
    opened = re.findall(r"# slot (\d+) is open: (\w+) \d+", said)
    tap.ok(opened and len(opened) == said.count(" open\n"), "what stays open has its reason", said[:600])
    code, out, _ = run("verify", m, plan)
    tap.ok(code == 0 and head and f"objective {head[1]}," in out and " 0 faults" in out, "the validator finds the same price", out)
    run("plan", m, *few, "--out", d / "again")
    tap.ok((d / "again").read_bytes() == plan.read_bytes(), "the same seed gives the same plan")
    return m, plan, said


def changed(tap, d, m, plan, said):
    who = re.search(r"slot (\d+) visit \d+ \d+ person (\d+) day (\d+)", said)
    spoilt = d / "spoilt"
    spoilt.write_text(said.replace(who[0], who[0].replace(f"person {who[2]}", f"person {(int(who[2]) + 7) % 50}"), 1))
    code, out, _ = run("verify", m, spoilt)
    tap.ok(code == 1 and f"slot {who[1]}: entitled" in out, "a stranger in a village is a fault", out)
    code, out, _ = run("candidates", m, plan, "--slot", who[1])
    prices = [int(x) for x in re.findall(r"person \d+ day \d+ ([+-]\d+):", out)]
    tap.ok(code == 0 and prices == sorted(prices) and "blocked" in out, "other days are ranked, the rest says what blocks it", out)
    code, _, err = run("sick", m, plan, "--person", who[2], "--from", who[3], "--to", who[3], "--out", d / "repaired")
    n = re.match(r"(\d+) changed", err)
    tap.ok(code == 0 and n and 1 <= int(n[1]) <= 3, "a sick day moves three at most", err)


def refused(tap, d, m):
    bad = d / "bad"
    text = m.read_text()
    line = text.splitlines().index(next(x for x in text.splitlines() if x.startswith("person"))) + 1
    bad.write_text(text.replace("person ", "person x", 1))
    code, _, err = run("plan", bad)
    tap.ok(code == 1 and f"line {line}:" in err, "a broken line is named", err)
    bad.write_text(text + "pin free 0 3 0\npin free 1 3 0\npin visit 0 3 0\n")
    code, _, err = run("plan", bad)
    tap.ok(code == 1 and "pin 0 (person 0, day 3)" in err and "pin 2 (person 0, day 3)" in err,
           "pins that contradict are both named", err)


def nurses(tap, d):
    if not NRP.is_dir():
        tap.skip("shared nurse rosters", "../shared absent")
        return
    best = dict(x.split(",") for x in (NRP / "best.csv").read_text().split()[1:])
    for k in ("1", "2"):
        file, out = NRP / f"Instance{k}.txt", d / f"nurses{k}"
        code, said, err = run("nrp", file, "--tries", 300, "--out", out, "--nodes", 1000)
        head = re.search(r"objective (\d+) bound (\d+)", said)
        price, faults = check(file.read_text(), out.read_text())
        tap.ok(code == 0 and not faults and head and price == int(head[1]) and price >= int(head[2]) and price * 100 <= int(best[k]) * 102,
               f"shared nurses {k}: {price}, best known {best[k]}, bound {head and head[2]}", f"{err} {faults}")
        code, said, _ = run("nrp-check", file, out)
        tap.ok(code == 0 and f"objective {price} " in said, f"shared nurses {k}: nrp-check says the same", said)
        lines = out.read_text().splitlines()
        out.write_text("\n".join(lines[:1] + lines[2:]))
        code, _, _ = run("nrp-check", file, out)
        again = check(file.read_text(), out.read_text())
        tap.ok((code == 0) == (not again[1]), f"shared nurses {k}: with a shift less both judge alike", str(again))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        d = pathlib.Path(folder)
        m, plan, said = month(tap, d)
        changed(tap, d, m, plan, said)
        refused(tap, d, m)
        nurses(tap, d)
    tap.done()


main()
