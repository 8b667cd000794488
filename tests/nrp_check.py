#!/usr/bin/env python3
"""Reads a nurse roster of zhaofa against the rules of schedulingbenchmarks.org, with nothing of the program:
nrp_check.py INSTANCE ROSTER prints its price and its faults."""
import sys


def sections(text):
    out, rows = {}, None
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("SECTION_"):
            rows = out.setdefault(line[8:], [])
        elif line and not line.startswith("#"):
            rows.append([x.strip() for x in line.split(",")])
    return out


def runs(row):
    """(begin, length, shift or not) of each run of days on or off."""
    begin = 0
    for day in range(1, len(row) + 1):
        if day == len(row) or bool(row[day]) != bool(row[begin]):
            yield begin, day - begin, bool(row[begin])
            begin = day


def faults_of(row, staff, shifts, off):
    name, most, max_min, min_min, max_run, min_run, min_off, weekends = staff
    minutes = sum(shifts[s][0] for s in row if s)
    if not int(min_min) <= minutes <= int(max_min):
        yield f"{name}: {minutes} minutes"
    for part in most.split("|"):
        shift, limit = part.split("=")
        if row.count(shift) > int(limit):
            yield f"{name}: {row.count(shift)} times {shift}"
    for begin, length, on in runs(row):
        inside = begin > 0 and begin + length < len(row)
        if on and (length > int(max_run) or (inside and length < int(min_run))):
            yield f"{name}: {length} days on from {begin}"
        if not on and inside and length < int(min_off):
            yield f"{name}: {length} days off from {begin}"
    if sum(bool(row[d] or (d + 1 < len(row) and row[d + 1])) for d in range(5, len(row), 7)) > int(weekends):
        yield f"{name}: weekends"
    yield from (f"{name}: works on {d}" for d in off if row[d])
    for day, (a, b) in enumerate(zip(row, row[1:])):
        if a and b and b in shifts[a][1]:
            yield f"{name}: {b} after {a} on {day}"


def check(instance, roster):
    """(price, faults)"""
    s = sections(instance)
    days = int(s["HORIZON"][0][0])
    shifts = {r[0]: (int(r[1]), [x for x in (r[2] if len(r) > 2 else "").split("|") if x]) for r in s["SHIFTS"]}
    rows = {r[0]: [""] * days for r in s["STAFF"]}
    faults, price = [], 0
    for line in roster.splitlines():
        if not line or line.startswith("#"):
            continue
        who, day, shift = line.split(",")
        if rows[who][int(day)]:
            faults.append(f"{who}: two shifts on {day}")
        rows[who][int(day)] = shift
    off = {r[0]: [int(d) for d in r[1:]] for r in s.get("DAYS_OFF", [])}
    for staff in s["STAFF"]:
        faults += faults_of(rows[staff[0]], staff, shifts, off.get(staff[0], []))
    price += sum(int(w) for who, day, shift, w in s.get("SHIFT_ON_REQUESTS", []) if rows[who][int(day)] != shift)
    price += sum(int(w) for who, day, shift, w in s.get("SHIFT_OFF_REQUESTS", []) if rows[who][int(day)] == shift)
    for day, shift, need, under, over in s.get("COVER", []):
        have = sum(row[int(day)] == shift for row in rows.values())
        price += max(0, int(need) - have) * int(under) + max(0, have - int(need)) * int(over)
    return price, faults


if __name__ == "__main__":
    PRICE, FAULTS = check(open(sys.argv[1], encoding="utf-8").read(), open(sys.argv[2], encoding="utf-8").read())
    print(PRICE, *FAULTS, sep="\n")
    sys.exit(bool(FAULTS))
