#!/usr/bin/env python3
"""The rule of `zhaofa bench policy` in numpy, over the columns it wrote: policy_numpy.py DIR ROWS.

Prints "SECONDS COUNT BYTES": the median of five, how many households qualify, bytes of the arrays.  Ends
with 3 where numpy is absent.  Needed by nothing but the bench.
"""
import sys
import time

try:
    import numpy as np
except ImportError:
    sys.exit(3)

directory, rows = sys.argv[1], int(sys.argv[2])
column = lambda name, kind: np.fromfile(f"{directory}/{name}", dtype=kind)
day, kind, together = column("day", np.int32), column("kind", np.uint8), column("together", np.uint8)
own, month = column("own", np.uint32), column("month", np.uint32).reshape(rows, 12)
members, opponent = column("members", np.uint8), column("opponent", np.uint8)
begin = np.zeros(rows, dtype=np.int64)
np.cumsum(members[:-1], out=begin[1:])
wage_from, wage = column("wage_from", np.int32), column("wage", np.int64)


def judge():
    counted = members - np.add.reduceat(opponent, begin)
    income = np.where(together != 0, own.astype(np.int64), month.sum(axis=1, dtype=np.int64))
    each = income // (np.maximum(counted, 1).astype(np.int64) * 12)
    year = (day.astype("datetime64[D]").astype("datetime64[Y]")).astype("datetime64[D]").astype(np.int32) - 1
    limit = wage[np.searchsorted(wage_from, year, side="right") - 1] * 15 // 10
    return (kind == 1) | (kind == 2) | (each <= limit)


times = []
for _ in range(5):
    began = time.perf_counter()
    answer = judge()
    times.append(time.perf_counter() - began)
size = sum(a.nbytes for a in (day, kind, together, own, month, members, opponent))
print(f"{sorted(times)[2]:.6f} {int(answer.sum())} {size}")
