#!/usr/bin/env python3
"""zhaofa roster gap: every solution recounted here; bounds against every assignment; bad files refused."""
import csv
import itertools
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

SHARED = pathlib.Path(os.environ.get("ZHAOFA_SHARED", HERE.parent / "../shared")) / "data/gap"
LINE = re.compile(r"problem (\d+): objective (-?\d+) bound (-?\d+) gap (\d+)( \(optimal\))?, seed \d+, ")


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "roster", "gap", *map(str, words)], capture_output=True, timeout=280, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def problems(text, counted):
    numbers = iter(map(int, text.split()))
    for _ in range(next(numbers) if counted else 1):
        m, n = next(numbers), next(numbers)
        table = [[[next(numbers) for _ in range(n)] for _ in range(m)] for _ in range(2)]
        yield m, n, table[0], table[1], [next(numbers) for _ in range(m)]


def recount(problem, agents):
    """The cost of an assignment, or None when it breaks a rule."""
    m, n, cost, need, room = problem
    if len(agents) != n or not all(1 <= a <= m for a in agents):
        return None
    for i in range(m):
        if sum(need[i][j] for j in range(n) if agents[j] == i + 1) > room[i]:
            return None
    return sum(cost[a - 1][j] for j, a in enumerate(agents))


def solutions(path):
    lines = pathlib.Path(path).read_text().splitlines()
    count, at = int(lines[0]), 1
    for _ in range(count):
        word, value = lines[at].split()
        agents = list(map(int, lines[at + 1].split())) if word == "found" else None
        at += 2 if word == "found" else 1
        yield agents, int(value)


def written(problem):
    m, n, cost, need, room = problem
    rows = cost + need + [room]
    return f" {m} {n}\n" + "\n".join(" ".join(map(str, row)) for row in rows) + "\n"


def best_of_all(problem, most):
    values = [v for agents in itertools.product(range(1, problem[0] + 1), repeat=problem[1])
              for v in [recount(problem, list(agents))] if v is not None]
    return (max if most else min)(values) if values else None


def made_up(draw):
    m, n = draw.randint(1, 3), draw.randint(1, 6)
    cost, need = ([[draw.randint(1, 30) for _ in range(n)] for _ in range(m)] for _ in range(2))
    return m, n, cost, need, [draw.randint(10, 30 + 60 * n // m) for _ in range(m)]


def small_ones(tap, folder):
    """Many problems in one file, the least and the most, each against all assignments."""
    draw = random.Random(11)
    made = [made_up(draw) for _ in range(60)]
    path, out = folder / "many", folder / "many.out"
    path.write_text(f"{len(made)}\n" + "".join(map(written, made)))
    for most in (False, True):
        _, said, _ = run(path, "--rounds", 150, "--out", out, *(["--max"] if most else []))
        odd, proven = [], 0
        for k, (problem, (agents, value), line) in enumerate(zip(made, solutions(out), said.splitlines(), strict=True)):
            best, found = best_of_all(problem, most), LINE.match(line)
            if best is None or agents is None:
                if agents is not None or best is not None or "nothing found" not in line:
                    odd.append((k, best, agents, line))
                continue
            bound = int(found[3])
            proven += found[5] is not None
            if recount(problem, agents) != value or value != best or int(found[2]) != value or (bound < best if most else bound > best):
                odd.append((k, best, value, line))
        name = "the most" if most else "the least"
        tap.ok(not odd, f"{name}: sixty small problems in one file, solutions recounted, bounds hold, all best", odd)
        tap.ok(proven > 30, f"{name}: more than half proven by the bound", proven)
    first = run(path, "--rounds", 20, "--seed", 5)[1]
    tap.equal(run(path, "--rounds", 20, "--seed", 5)[1], first, "the same seed and rounds, the same lines")


def refusals(tap, folder):
    bad = folder / "bad"
    for name, text in {"nothing": "", "cut short": "2 2\n1 2 3 4\n1 1 1 1\n5\n", "more than said": "1 1\n1\n1\n1\n7 7\n",
                       "a word": "1 1\nx\n1\n1\n", "a negative share": "1 1\n1\n-1\n1\n", "no agents": "0 1\n1\n",
                       "past what fits": "1 1\n1\n16777216\n1\n"}.items():
        bad.write_text(text)
        code, _, err = run(bad)
        tap.ok(code == 1 and "as OR-Library has them" in err, f"refused: {name}", err)
    bad.write_text("1 1\n1\n16777215\n16777215\n")
    tap.ok("objective 1 bound 1 gap 0 (optimal)" in run(bad)[1], "the greatest share that fits is taken")
    bad.write_text("1 1\n1\n2\n1\n")
    code, said, _ = run(bad, "--rounds", 3)
    tap.ok(code == 1 and "nothing found" in said, "hours that nobody can keep: said, and no success", said)
    tap.ok(run(folder / "absent")[0] == 1, "a file that is not there")
    tap.ok(run(bad, "--rounds", 0)[0] == 2 and run(bad, bad)[0] == 2, "numbers out of range and words too many: usage")


def published(tap, folder):
    if not SHARED.is_dir():
        tap.skip("published instances of the shared data within 1 % of the best known", "shared data absent")
        return
    odd = []
    with open(SHARED / "best.csv", encoding="utf-8") as f:
        best = {row["Path"].split("/")[1]: int(row["Best known solution value"]) for row in csv.DictReader(f)}
    for name, known in best.items():
        _, said, err = run(SHARED / name, "--rounds", 160, "--out", folder / "out")
        found = LINE.match(said)
        problem, = problems((SHARED / name).read_text(), False)
        (agents, value), = solutions(folder / "out")
        if (not found or recount(problem, agents) != value or int(found[2]) != value or value * 100 > known * 101
                or int(found[3]) > known or int(found[3]) * 100 < known * 99):
            odd.append((name, known, said, err))
    tap.ok(len(best) == 9 and not odd, "published instances of the shared data within 1 % of the best known, bounds too", odd)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        small_ones(tap, folder)
        refusals(tap, folder)
        published(tap, folder)
    tap.done()


main()
