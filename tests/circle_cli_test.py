#!/usr/bin/env python3
"""zhaofa circle: files in, figures out; bad files refused with a reason; the answers agree with each other."""
import csv
import gzip
import io
import itertools
import json
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

SHARED = pathlib.Path(os.environ.get("ZHAOFA_SHARED", HERE.parent / "../shared")) / "data/osm"
FILES = ["liechtenstein-latest.osm.pbf", "monaco.osm.gz", "krems.osm.gz"]


def programs():
    yield os.environ.get("ZHAOFA_PROGRAM", "")
    build = os.environ.get("ZHAOFA_BUILD", "")
    for folder in ([build] if build else []) + ["build-test", "build"]:
        yield str(HERE.parent / folder / "zhaofa")


PROGRAM = next((p for p in programs() if p and os.access(p, os.X_OK)), None)


def run(*words):
    done = subprocess.run([PROGRAM, "circle", *map(str, words)], capture_output=True, timeout=280, check=False)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


# ---- a small town of our own ---------------------------------------------------------------------

def town(folder, seed, cut=0):
    """A shaken lattice; `cut`: so many streets are left out."""
    draw = random.Random(seed)
    side, step = 14, 0.004
    nodes = [(y * side + x, 120.6 + x * step + draw.uniform(-.001, .001), 31.3 + y * step + draw.uniform(-.001, .001))
             for y in range(side) for x in range(side)]
    edges = [(y * side + x, y * side + x + d) for y in range(side) for x in range(side)
             for d, fits in ((1, x + 1 < side), (side, y + 1 < side)) if fits]
    draw.shuffle(edges)
    (folder / "nodes.csv").write_text("id,lon,lat\n" + "".join(f"{i},{x:.7f},{y:.7f}\n" for i, x, y in nodes))
    lines = [f"{a},{b},{draw.choice(['residential', 'secondary', 'path'])},{int(draw.random() < .1)}\n" for a, b in edges]
    (folder / "edges.csv").write_text("from,to,class,oneway\n" + "".join(lines[cut:]))
    return draw, nodes


def places(draw, n, first):
    return [(first + i, draw.uniform(120.598, 120.654), draw.uniform(31.298, 31.354)) for i in range(n)]


def places_write(path, v, datum="wgs84"):
    path.write_text("code,name,lon,lat,datum\n" + "".join(f"{c},村{c},{x:.7f},{y:.7f},{datum}\n" for c, x, y in v))


def import_town(folder, *more):
    return run("import", "--nodes", folder / "nodes.csv", "--edges", folder / "edges.csv", "--datum", "wgs84", "--label",
               "小城", "--date", "2026-06-30", "--out", folder / "town.net", *more)


def pairs(folder, mode, minutes, net="town.net", points="points.csv"):
    code, out, err = run("matrix", "--net", folder / net, "--from", folder / "villages.csv", "--to", folder / points,
                         "--mode", mode, "--minutes", minutes, "--workers", 2)
    assert code == 0, err
    return {(r["from"], r["to"]): float(r["seconds"]) for r in rows(out)}


def inside(ring, x, y):
    """Even-odd, by crossings east of the place."""
    hit = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            hit = not hit
    return hit


def answers_agree(tap, folder):
    draw, _ = town(folder, 5)
    villages, points = places(draw, 60, 1000), places(draw, 25, 5000)
    places_write(folder / "villages.csv", villages)
    places_write(folder / "points.csv", points)
    code, _, err = import_town(folder)
    tap.ok(code == 0 and "196 nodes" in err, "a town is imported from two tables", err)
    code, _, err = run("build", "--net", folder / "town.net", "--out", folder / "town.h", "--workers", 2)
    tap.ok(code == 0, "hierarchies are built", err)
    code, out, err = run("verify", "--net", folder / "town.h", "--all")
    tap.ok(code == 0 and out.count(" 0 wrong") == 2 and "38416 pairs" in out, "all pairs agree, for two modes", out + err)
    for mode in ("car", "ebike"):
        tap.equal(pairs(folder, mode, 9, "town.h"), pairs(folder, mode, 9), f"{mode}: with hierarchy as without")
    foot = pairs(folder, "foot", 25)
    code, out, err = run("nearest", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points",
                         folder / "points.csv", "--mode", "foot", "--minutes", 25, "--k", 2)
    want = []
    for c, *_ in villages:
        near = sorted((s, int(to)) for (frm, to), s in foot.items() if frm == str(c))[:2]
        want += [(str(c), str(i + 1), str(to), s) for i, (s, to) in enumerate(near)]
    tap.equal([(r["village"], r["rank"], r["point"], float(r["seconds"])) for r in rows(out)], want, "the nearest two are those of the pairs")
    code, out, err = run("cover", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points",
                         folder / "points.csv", "--mode", "foot", "--minutes", 25)
    covered = {r["village"] for r in rows(out) if r["state"] == "covered"}
    tap.ok(code == 0 and covered == {frm for frm, _ in foot} and 0 < len(covered) < 60, "covered is who has a pair", err)
    return points, foot, covered


def metamorphic(tap, folder, points, foot, covered):
    longer = pairs(folder, "foot", 26)
    tap.ok(set(foot) < set(longer) and all(longer[k] == v for k, v in foot.items()), "a larger limit removes no pair and changes none")
    places_write(folder / "more.csv", points + [(9000, 120.61, 31.31)])
    more = pairs(folder, "foot", 25, points="more.csv")
    tap.ok(all(more[k] == v for k, v in foot.items()) and covered <= {frm for frm, _ in more}, "a new point worsens nobody")
    _, nodes = town(folder, 5)
    places_write(folder / "crossings.csv", nodes)
    full = pairs(folder, "ebike", 20, points="crossings.csv")
    town(folder, 5, cut=60)
    import_town(folder)
    fewer = pairs(folder, "ebike", 20, points="crossings.csv")
    town(folder, 5)
    import_town(folder)
    at = {frm for frm, _ in fewer}
    tap.ok(0 < len(fewer) < len(full) and at, "with streets gone fewer are reached", f"{len(fewer)} {len(full)}")


def polygons(tap, folder):
    _, nodes = town(folder, 5)
    code, out, err = run("isochrone", "--net", folder / "town.net", "--at", "120.625,31.325", "--datum", "wgs84", "--mode",
                         "foot", "--minutes", 15, "--cell", 60)
    feature = json.loads(out) if code == 0 else {"geometry": {"coordinates": []}, "properties": {}}
    tap.ok(code == 0 and feature["properties"]["provider"] == "小城", "an isochrone names its provider", err)
    places_write(folder / "from.csv", [(1, 120.625, 31.325)])
    places_write(folder / "crossings.csv", nodes)
    code, out, err = run("matrix", "--net", folder / "town.net", "--from", folder / "from.csv", "--to", folder / "crossings.csv",
                         "--mode", "foot", "--minutes", 15)
    near = {r["to"] for r in rows(out)}
    at = {str(c): (x, y) for c, x, y in nodes}
    held = {c for c in at if any(inside(p[0], *at[c]) and not any(inside(h, *at[c]) for h in p[1:])
                                 for p in feature["geometry"]["coordinates"])}
    tap.ok(3 < len(near) <= len(held) < len(near) + 5 and near <= held, "the crossings within the time lie within it",
           f"{sorted(near)} {sorted(held)}")
    rings = [r for p in feature["geometry"]["coordinates"] for r in p]
    tap.ok(rings and all(r[0] == r[-1] for r in rings), "rings are closed")


def straight(tap, folder):
    code, out, _ = run("cover", "--est", "--villages", folder / "villages.csv", "--points", folder / "points.csv", "--mode",
                       "foot", "--minutes", 12, "--geojson")
    states = [f["properties"]["state"] for f in json.loads(out)["features"]] if code == 0 else []
    tap.ok(code == 0 and {"covered", "cannot_tell"} <= set(states), "without roads some cannot be told", set(states))


# ---- where to build ---------------------------------------------------------------------------------

PMED = 8  # of the twenty: the others are in tests/long


def proposals(tap, folder):
    """Three of some candidates, against every choice of three."""
    draw = random.Random(8)
    villages, points, more = places(draw, 60, 1000), places(draw, 2, 5000), places(draw, 14, 7000)
    weights = {str(c): draw.randrange(1, 900) for c, *_ in villages}
    (folder / "villages.csv").write_text("code,weight,lon,lat,datum\n" + "".join(
        f"{c},{weights[str(c)]},{x:.7f},{y:.7f},wgs84\n" for c, x, y in villages))
    places_write(folder / "points.csv", points)
    places_write(folder / "more.csv", more)
    have, could = pairs(folder, "foot", 8), pairs(folder, "foot", 8, points="more.csv")
    covered = {frm for frm, _ in have}
    by = {str(c): {frm for frm, to in could if to == str(c)} for c, *_ in more}
    best = max(sum(weights[v] for v in covered | by[a] | by[b] | by[c]) for a, b, c in itertools.combinations(by, 3))
    code, out, err = run("site", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points", folder / "points.csv",
                         "--candidates", folder / "more.csv", "--add", 3, "--mode", "foot", "--minutes", 8)
    got = [r["code"] for r in rows(out)]
    tap.ok(code == 0 and len(got) == 3 and sum(weights[v] for v in covered.union(*(by[c] for c in got))) == best
           and f"({best} in all)" in err and "gap 0 (proven)" in err, "three more points: the best of all threes, proven", err)
    for minutes in (8, 25):
        _, _, err = run("site", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points", folder / "points.csv",
                        "--candidates", folder / "more.csv", "--add", 3, "--mode", "foot", "--minutes", minutes,
                        "--write-lp", folder / "model.lp", "--out", folder / "chosen")
        tap.ok(f"({model_best(folder / 'model.lp')} in all)" in err and "(proven)" in err,
               f"the model for other solvers has the same optimum: {minutes} minutes", err)
    models(tap, folder, weights, have, could, by)
    fewest_model(tap, folder)
    rounds(tap, folder, draw)


def fewest_model(tap, folder):
    """The set cover that --write-lp writes, by trying all choices, against the answer."""
    _, _, err = run("site", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points", folder / "points.csv",
                    "--candidates", folder / "more.csv", "--model", "cover", "--mode", "foot", "--minutes", 25,
                    "--write-lp", folder / "model.lp", "--out", folder / "chosen")
    parts = re.split("Minimize|Subject To|Binary|End", " ".join((folder / "model.lp").read_text().split()))
    need = [set(re.findall(r"y\d+", row)) for row in re.findall(r"c\d+:((?: \+ y\d+)+) >= 1", parts[2])]
    ys = parts[3].split()
    best = next(k for k in range(len(ys) + 1) if any(all(r & set(c) for r in need) for c in itertools.combinations(ys, k)))
    tap.ok(need and f"objective {best} bound {best} points" in err, "the set cover for other solvers has the same optimum", err)


def rounds(tap, folder, draw):
    """Six stops in two days: the minutes said are those of the pairs, and no other rounds are shorter than the bound."""
    places_write(folder / "base.csv", places(draw, 1, 9000))
    words = ["site", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--candidates", folder / "more.csv",
             "--model", "rounds", "--add", 6, "--mode", "foot", "--minutes", 8]
    code, out, err = run(*words, "--days", 2, "--base", folder / "base.csv")
    got = rows(out)
    said = re.search(r"6 stops in 2 days, ([0-9.]+) minutes of driving; no rounds take less than ([0-9.]+)", err)
    both = folder / "both.csv"
    both.write_text((folder / "more.csv").read_text() + (folder / "base.csv").read_text().split("\n", 1)[1])
    _, matrix, _ = run("matrix", "--net", folder / "town.net", "--from", both, "--to", both, "--mode", "car", "--minutes", 700)
    s = {(r["from"], r["to"]): float(r["seconds"]) for r in rows(matrix)}
    base = rows((folder / "base.csv").read_text())[0]["code"]
    stops = [r["code"] for r in got]

    def length(order):
        return sum(s[a, b] for a, b in zip((base, *order), (*order, base)))

    def day(set_):
        return min(map(length, itertools.permutations(set_))) if set_ else 0
    best = min(day(part) + day([c for c in stops if c not in part]) for part in itertools.combinations(stops, 3)) / 60
    mine = sum(length([r["code"] for r in got if r["day"] == d]) for d in ("1", "2")) / 60
    tap.ok(code == 0 and said and len(set(stops)) == 6 and abs(mine - float(said[1])) < 0.1
           and float(said[2]) <= best + 0.1 and best <= mine + 0.1 and mine < best * 1.2, "six stops on wheels in two days", err)
    refused(tap, "rounds without days", [*words, "--base", folder / "base.csv"], "--days", "both go with")
    refused(tap, "rounds with days of twelve stops", [*words[:-5], 12, *words[-4:], "--days", 1, "--base", folder / "base.csv"],
            "a day has 11 stops at most")


def model_best(path):
    """The optimum of the model by trying all choices."""
    parts = re.split("Maximize|Subject To|Bounds|Binary|End", " ".join(path.read_text().split()))
    weight = {name: int(n) for n, name in re.findall(r"\+ (\d+) (x\d+|kept)", parts[1])}
    rows_of = {x: set(re.findall(r"y\d+", row)) for x, row in re.findall(r"c\d+: (x\d+)((?: - y\d+)+) <= 0", parts[2])}
    most = int(re.search(r"budget:.*?<= (\d+)", parts[2]).group(1))
    assert set(rows_of) == set(weight) - {"kept"} and "1 <= kept <= 1" in parts[3]
    return weight["kept"] + max(sum(weight[x] for x, ys in rows_of.items() if ys & set(chosen))
                                for chosen in itertools.combinations(parts[4].split(), most))


def served(weights, reach, room):
    """The most that may be served, the heaviest first, by augmenting paths."""
    at = {c: [] for c in reach}

    def place(v, seen):
        for c in reach:
            if v in reach[c] and c not in seen:
                seen.add(c)
                if len(at[c]) < room:
                    at[c].append(v)
                    return True
                for k, other in enumerate(at[c]):
                    if place(other, seen):
                        at[c][k] = v
                        return True
        return False
    return sum(weights[v] for v in sorted(set().union(*reach.values()), key=lambda v: -weights[v]) if place(v, set()))


def models(tap, folder, weights, have, could, by):
    """The other models, each against every choice."""
    ms = {**{k: round(s * 1000) for k, s in could.items()}, **{k: round(s * 1000) for k, s in have.items()}}
    points, covered = {to for _, to in have}, {frm for frm, _ in have}
    all_of = covered.union(*by.values())

    def site(*words):
        code, out, err = run("site", "--net", folder / "town.net", "--villages", folder / "villages.csv", "--points",
                             folder / "points.csv", "--candidates", folder / "more.csv", "--mode", "foot", "--minutes", 8, *words)
        return code, rows(out), err

    def way(v, chosen, far):
        return min([ms[v, c] for c in [*points, *chosen] if (v, c) in ms], default=far)

    fewest = next(k for k in range(15) if any(covered.union(*(by[c] for c in s)) == all_of for s in itertools.combinations(by, k)))
    code, got, err = site("--model", "cover")
    tap.ok(code == 0 and len(got) == fewest and covered.union(*(by[r["code"]] for r in got)) == all_of
           and f"objective {fewest} bound {fewest} points, gap 0 (proven)" in err, "set cover: the fewest of all choices, proven", err)
    best = min(max(way(v, s, 10**9) for v in all_of) for s in itertools.combinations(by, fewest))
    code, got, err = site("--model", "centre", "--add", fewest)
    tap.ok(code == 0 and max(way(v, [r["code"] for r in got], 10**9) for v in all_of) == best
           and f"objective {best} bound {best} ms, gap 0 (proven)" in err, "p-centre: the shortest of all longest ways, proven", err)
    best = min(sum(weights[v] * way(v, s, 480000) // 1000 for v in weights) for s in itertools.combinations(by, 3))
    code, got, err = site("--model", "median", "--add", 3)
    tap.ok(code == 0 and f"objective {best} bound {best} weight × seconds, gap 0 (proven)" in err, "p-median: the least of all sums, proven", err)
    best = max(served(weights, {c: by[c] - covered for c in s}, 1) for s in itertools.combinations(by, 3))
    code, got, err = site("--add", 3, "--capacity", 1)
    serves = [v for r in got for v in r["serves"].split()]
    tap.ok(code == 0 and len(set(serves)) == len(serves) and all(len(r["serves"].split()) <= 1 and set(r["serves"].split()) <= by[r["code"]]
           for r in got) and sum(weights[v] for v in serves) == best and f" {best} more are " in err and "(proven)" in err,
           "one village a new point: the best of all threes, proven", err)
    for name, words, mark in [("a model nobody knows", ["--model", "center", "--add", 3], "covering, cover, centre"),
                              ("more than the candidates", ["--add", 15], "only 14 candidates"),
                              ("more centres than candidates", ["--model", "centre", "--add", 15], "only 14 candidates"),
                              ("no room at all", ["--add", 3, "--capacity", 0], "--capacity 0"),
                              ("room where it does not count", ["--model", "cover", "--capacity", 3], "covering only"),
                              ("a number where it is the answer", ["--model", "cover", "--add", 3], "no --add"),
                              ("no number", ["--model", "median"], "--add says how many"),
                              ("a model to write of another kind", ["--model", "centre", "--add", 3, "--write-lp", folder / "x.lp"], "without --capacity"),
                              ("a model to write with room", ["--add", 3, "--capacity", 2, "--write-lp", folder / "x.lp"], "--write-lp"),
                              ("too few to reach everybody", ["--model", "centre", "--add", fewest - 1], f"at least {fewest} are needed")]:
        code, _, err = site(*words)
        tap.ok(code in (1, 2) and mark in err and "Sanitizer" not in err, f"refused: {name}", f"{code} {err}")


def medians(tap, folder):
    (folder / "tiny").write_text("4 3 2\n1 2 5\n2 3 9\n3 4 2\n")
    code, out, err = run("site", "--pmed", folder / "tiny")
    tap.ok(code == 0 and out.startswith("objective 7 bound 7 gap 0 (optimal)"), "a line of four: 5 + 2", out + err)
    (folder / "twice").write_text("2 2 1\n1 2 5\n2 1 3\n")
    tap.ok(run("site", "--pmed", folder / "twice")[1].startswith("objective 3 "), "of an edge told twice the last counts")
    for name, text in [("p past n", "2 1 3\n1 2 5\n"), ("cut", "3 2 1\n1 2 5\n2"), ("words", "a b c\n"), ("nothing", "")]:
        (folder / "bad").write_text(text)
        refused(tap, f"a p-median file: {name}", ["site", "--pmed", folder / "bad"], "nodes edges p")
    where = SHARED.parent / "pmed"
    if not where.exists():
        tap.skip(f"shared p-median 1 to {PMED}: optimal and proven", "../shared absent")
        return
    want = dict(line.split() for line in (where / "optima.txt").read_text().splitlines() if line.startswith("pmed"))
    odd = [out for i in range(1, PMED + 1) for out in [run("site", "--pmed", where / f"pmed{i}.txt")[1]]
           if not out.startswith(f"objective {want[f'pmed{i}']} bound {want[f'pmed{i}']} gap 0 (optimal)")]
    tap.ok(not odd, f"shared p-median 1 to {PMED}: optimal and proven", odd)


# ---- bad input -------------------------------------------------------------------------------------

def refused(tap, name, words, *marks):
    code, out, err = run(*words)
    tap.ok(code in (1, 2) and all(m in err for m in marks) and "Sanitizer" not in err, name, f"{code}\n{out}\n{err}")


def bad_tables(tap, folder):
    places_write(folder / "villages.csv", [(1, 120.6, 31.3)], datum="")
    refused(tap, "places without a datum", ["cover", "--net", folder / "town.net", "--villages", folder / "villages.csv",
                                            "--points", folder / "points.csv"], "line 2: datum", "坐标系", "datum is not said")
    refused(tap, "tables without a datum", ["import", "--nodes", folder / "nodes.csv", "--edges", folder / "edges.csv", "--out",
                                            folder / "x.net"], "坐标系")
    refused(tap, "a datum nobody knows", ["isochrone", "--net", folder / "town.net", "--at", "120.6,31.3", "--datum", "mars"], "mars")
    refused(tap, "a place without a datum", ["isochrone", "--net", folder / "town.net", "--at", "120.6,31.3"], "datum")
    refused(tap, "a place far off", ["isochrone", "--net", folder / "town.net", "--at", "31.3,12.6", "--datum", "wgs84"], "no street")
    (folder / "swapped.csv").write_text("id,lon,lat\n1,31.3,120.6\n")
    refused(tap, "swapped", ["import", "--nodes", folder / "swapped.csv", "--edges", folder / "edges.csv", "--datum", "wgs84",
                             "--out", folder / "x.net"], "line 2: lat", "swapped")
    refused(tap, "no such option", ["cover", "--nix"], "zhaofa circle cover")
    refused(tap, "minutes out of bounds", ["cover", "--minutes", "0"], "--minutes 0")


def bad_networks(tap, folder):
    good = (folder / "town.h").read_bytes()
    for name, data, mark in [
            ("nothing", b"", "不是路网文件"), ("text", b"hello, network\n" * 999, "不是路网文件"), ("cut short", good[:-1], "不完整"),
            ("cut in its head", good[:100], "不完整"), ("a bit", good[:9000] + bytes([good[9000] ^ 1]) + good[9001:], "损坏"),
            ("another version", good[:8] + b"\x63" + good[9:], "另一版本"), ("too long", good + b"x", "损坏")]:
        (folder / "bad.net").write_bytes(data)
        refused(tap, f"a network file: {name}", ["verify", "--net", folder / "bad.net"], mark)
    refused(tap, "a network file: none", ["verify", "--net", folder / "nix.net"], "不能读取")


OSM = """<?xml version='1.0'?><osm version="0.6">{}
<way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way></osm>"""
NODES = '<node id="1" lat="31.3" lon="120.6"/><node id="2" lat="31.31" lon="120.6"/>{}'


def osm_of_our_own(tap, folder):
    path = folder / "own.osm"
    path.write_text(OSM.format(NODES.format('<node id="3" lat="31.31" lon="120.61"/><node id="2" lat="0" lon="0"/>')))
    code, _, err = run("import", "--osm", path, "--out", folder / "own.net")
    tap.ok(code == 0 and "1 nodes told twice" in err and "used: 3 nodes, 4 arcs" in err, "a node told twice: the first counts", err)
    path.write_text(OSM.format(NODES.format('<node id="3" lat="99" lon="120.61"/>')))
    code, _, err = run("import", "--osm", path, "--out", folder / "own.net")
    tap.ok(code == 0 and "1 outside" in err and "1 pieces" in err and "used: 2 nodes" in err, "a node off the globe is left out", err)
    code, _, err = run("import", "--osm", path, "--within", "120.5,31.305,120.7,31.4", "--out", folder / "own.net")
    tap.ok(code == 1 and "没有可以通行的道路" in err, "nothing left within the bounds", err)
    with gzip.open(folder / "own.osm.gz", "wb") as f:
        f.write(path.read_bytes())
    code, _, err = run("import", "--osm", folder / "own.osm.gz", "--out", folder / "own.net")
    tap.ok(code == 0, "packed as well", err)


def osm_hostile(tap, folder):
    bomb = folder / "bomb.osm.gz"
    with gzip.open(bomb, "wb") as f:
        for _ in range(200):
            f.write(b"\0" * (1 << 20))
    refused(tap, "a bomb of gzip", ["import", "--osm", bomb, "--out", folder / "x.net"], "超过上限")
    (folder / "whole.osm.gz").write_bytes((folder / "own.osm.gz").read_bytes())
    refused(tap, "more than allowed", ["import", "--osm", folder / "bomb.osm.gz", "--max-mb", 1, "--out", folder / "x.net"], "超过上限")
    for name, data in [("cut.osm", OSM.format(NODES)[:200].encode()), ("noise.pbf", random.Random(1).randbytes(300000)),
                       ("zero.pbf", b"\0" * 5000), ("empty.osm", b""), ("cut.osm.gz", (folder / "own.osm.gz").read_bytes()[:60]),
                       ("laugh.osm", b"<!DOCTYPE o [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
                           b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)) + b"]><osm>&j;</osm>")]:
        (folder / name).write_bytes(data)
        refused(tap, f"refused: {name}", ["import", "--osm", folder / name, "--out", folder / "x.net"], "损坏" if name != "laugh.osm" else "")
    refused(tap, "refused: a file of another kind", ["import", "--osm", folder / "nodes.csv", "--out", folder / "x.net"], ".osm.pbf")
    refused(tap, "refused: no file", ["import", "--osm", folder / "nix.osm", "--out", folder / "x.net"], "不能读取")
    left = [p for p in pathlib.Path(os.environ.get("TMPDIR", "/tmp")).glob("zhaofa-*.osm")]
    tap.ok(not left, "nothing unpacked is left behind", left)


def damaged(tap, folder, name):
    """Real bytes with a few changed, or fewer of them: an answer, never a crash."""
    data, draw, odd = (SHARED / name).read_bytes(), random.Random(3), []
    for i in range(12):
        bad = bytearray(data[:draw.randrange(len(data))] if i % 3 == 0 else data)
        for _ in range(0 if i % 3 == 0 else 1 + i):
            bad[draw.randrange(len(bad))] ^= 1 << draw.randrange(8)
        path = folder / f"bad-{name}"
        path.write_bytes(bad)
        code, _, err = run("import", "--osm", path, "--out", folder / "x.net")
        if code not in (0, 1) or not err:
            odd.append((i, code, err))
    tap.ok(not odd, f"shared {name}: damaged copies get an answer", odd)


def real(tap, folder):
    for name in FILES:
        path = SHARED / name
        if not path.exists():
            tap.skip(f"shared {name}: every way of asking gives the same milliseconds", "../shared absent")
            tap.skip(f"shared {name}: damaged copies get an answer", "../shared absent")
            continue
        code, _, err = run("import", "--osm", path, "--out", folder / "real.net")
        code2, _, err2 = run("build", "--net", folder / "real.net", "--out", folder / "real.h")
        code3, out, err3 = run("verify", "--net", folder / "real.h", "--pairs", 60000)
        tap.ok(code == code2 == code3 == 0 and out.count(", 0 wrong") == 2,
               f"shared {name}: every way of asking gives the same milliseconds", err + err2 + out + err3)
        damaged(tap, folder, name)


def main():
    tap = Tap()
    if not tap.ok(PROGRAM is not None, "the program is there"):
        tap.done()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        points, foot, covered = answers_agree(tap, folder)
        metamorphic(tap, folder, points, foot, covered)
        polygons(tap, folder)
        straight(tap, folder)
        proposals(tap, folder)
        medians(tap, folder)
        bad_networks(tap, folder)
        bad_tables(tap, folder)
        osm_of_our_own(tap, folder)
        osm_hostile(tap, folder)
        real(tap, folder)
    tap.done()


main()
