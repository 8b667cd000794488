#!/usr/bin/env python3
"""zhaofa roster seats and assign: seats against the theory worked out here, shifts counted again, plans within everybody's room."""
import csv
import io
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
from tap import Tap  # noqa: E402


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "roster", *map(str, words)], capture_output=True, timeout=280, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def history(path, weeks=8):
    """Weekdays from eight to six, busiest at ten; weekends a quarter."""
    draw, lines = random.Random(3), ["day,slot,calls"]
    for day in range(weeks * 7):
        date = 20 + day  # from 2026-04-20, a Monday
        month, number = (4, date) if date <= 30 else (5, date - 30) if date <= 61 else (6, date - 61)
        for slot in range(16, 36):
            calls = max(0, int((60 - 3 * abs(slot - 20)) * (0.25 if day % 7 > 4 else 1) * draw.uniform(.8, 1.2)))
            lines.append(f"2026-{month:02d}-{number:02d},{slot // 2:02d}:{slot % 2 * 30:02d},{calls}")
    path.write_text("\n".join(lines) + "\n")


def states(calls, talk, patience, seats):
    """Share of each number of callers, by the balance of ups and downs."""
    up, weights = calls / 1800, [1.0]
    for k in range(1, 600):
        down = min(k, seats) / talk + (max(0, k - seats) / patience if patience else 0)
        weights.append(weights[-1] * up / down)
    return [w / sum(weights) for w in weights]


def lost_share(calls, talk, patience, seats):
    share = states(calls, talk, patience, seats)
    return sum((k - seats) / patience * share[k] for k in range(seats + 1, len(share))) / (calls / 1800)


def seats(tap, folder):
    path = folder / "history.csv"
    history(path)
    code, out, err = run("seats", path, "--day", "2026-06-15", "--lost", 40)
    table, shifts = (list(csv.DictReader(io.StringIO(part))) for part in out.split("\n\n"))
    tap.ok(code == 0 and len(table) == 48, "a Monday: a line for each half hour", err)
    odd = []
    for row in table:
        n, calls = int(row["seats"]), float(row["calls_high"])
        if n == 0:
            odd += [row] if calls > 0 else []
            continue
        lost = lost_share(calls, 300, 120, n) * 1000
        if abs(lost - int(row["lost_permille"])) > 1.5 or int(row["within_permille"]) < 800 or int(row["lost_permille"]) > 40:
            odd.append((row, lost))
    tap.ok(not odd and any(int(r["seats"]) > 5 for r in table), "those who hang up as the theory has it, the level kept", odd)
    sits = [0] * 48
    for row in shifts:
        begin = int(row["shift"][:2]) * 2 + int(row["shift"][3:5]) // 30
        for k in [*range(8), *range(9, 17)]:
            sits[begin + k] += int(row["people"])
    tap.ok(all(have >= int(row["seats"]) for have, row in zip(sits, table)), "the shifts cover the seats, breaks left out")
    found = re.search(r"people (\d+) bound (\d+)", err)
    tap.ok(found and sum(int(r["people"]) for r in shifts) == int(found[1]) and int(found[1]) - int(found[2]) <= 1,
           "people as said, at most one above the bound", err)
    tap.ok("8 days of that kind" in err, "Mondays alone were looked at", err)
    monday, sunday = (sum(int(r["seats"]) for r in csv.DictReader(io.StringIO(run("seats", path, "--day", d)[1].split("\n\n")[0])))
                      for d in ("2026-06-15", "2026-06-14"))
    tap.ok(sunday < monday / 2, "a Sunday needs less than half")
    tap.ok(run("seats", path, "--day", "2026-06-15", "--holiday")[0] == 1, "no holiday in the history: refused")
    tap.ok(run("seats", path)[0] == 2 and run("seats", path, "--day", "soon")[0] == 2, "a day is wanted")
    for name, text, mark in [("slot", "day,slot,calls\n2026-06-01,09:15,3\n", "line 2: slot"), ("order", "day,slot,calls\n2026-06-02,09:00,3\n"
                             "2026-06-01,09:00,3\n", "line 3: day"), ("calls", "day,slot,calls\n2026-06-01,09:00,-1\n", "line 2: calls"),
                             ("heading", "day,calls\n2026-06-01,3\n", "slot")]:
        (folder / "bad.csv").write_text(text)
        code, _, err = run("seats", folder / "bad.csv", "--day", "2026-06-15")
        tap.ok(code == 1 and mark in err, f"refused with its line: {name}", err)


def plans(tap, folder):
    out = folder / "plan.csv"
    code, said, err = run("assign", "--synth", "300,100", "--seed", 4, "--out", out)
    found = re.match(r"objective (\d+) bound (\d+) \(optimal\), 300 villages, 100 advisers, (\d+) open", said)
    rows = list(csv.DictReader(out.open()))
    tap.ok(code == 0 and found and found[1] == found[2], "300 villages and 100 advisers: optimal and proven", said + err)
    tap.ok(len(rows) == 300 and len({r["village"] for r in rows}) == 300 and sum(not r["adviser"] for r in rows) == int(found[3]),
           "each village once")
    first = out.read_text()
    run("assign", "--synth", "300,100", "--seed", 4, "--out", out)
    tap.equal(out.read_text(), first, "the same seed, the same plan")
    # two villages and two advisers in one spot each: the near one has room for one
    (folder / "v.csv").write_text("code,lon,lat,before\nv1,120.60,31.30,\nv2,120.60,31.30,far\n")
    (folder / "a.csv").write_text("code,lon,lat,room\nnear,120.60,31.30,1\nfar,120.70,31.30,2\n")
    run("assign", "--villages", folder / "v.csv", "--advisers", folder / "a.csv", "--out", out)
    tap.equal(out.read_text(), "village,adviser\nv1,near\nv2,far\n", "who had somebody keeps them")
    (folder / "a.csv").write_text("code,lon,lat,room\nnear,120.60,31.30,1\n")
    run("assign", "--villages", folder / "v.csv", "--advisers", folder / "a.csv", "--out", out)
    tap.equal(sorted(line.split(",")[1] for line in out.read_text().split()[1:]), ["", "near"], "room for one: the other stays open")
    for text in ["code,lon,lat,room\nnear,120.60,31.30,61\n", "code,lon,lat,room\nnear,181.0,31.30,1\n", "code,lon\nnear,1.0\n"]:
        (folder / "a.csv").write_text(text)
        tap.ok(run("assign", "--villages", folder / "v.csv", "--advisers", folder / "a.csv")[0] == 1, f"refused: {text.split()[-1]}")
    tap.ok(run("assign", "--synth", "300")[0] == 1 and run("assign", "--synth", "0,5")[0] == 1, "synth wants two numbers")


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        seats(tap, pathlib.Path(name))
        plans(tap, pathlib.Path(name))
    tap.done()


main()
