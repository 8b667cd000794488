#!/usr/bin/env python3
"""Write the migrations as a C table: embed_migrations.py DIR OUT.c OUT.d

NNNN_name.sql serves both engines, NNNN_name.sqlite.sql and NNNN_name.postgresql.sql one.  Numbers
begin at 1 and have no gap.
"""
import os
import re
import sys

NAME = re.compile(r"^(\d{4})_([a-z0-9_]+)(?:\.(sqlite|postgresql))?\.sql$")


def literal(line):
    out = []
    for byte in line.encode("utf-8"):
        if byte in (0x22, 0x5C):
            out.append("\\" + chr(byte))
        elif 0x20 <= byte < 0x7F:
            out.append(chr(byte))
        else:
            out.append("\\%03o" % byte)
    return '\t    "' + "".join(out) + '\\n"'


def main(folder, out, depfile):
    rows = []
    paths = sorted(os.path.join(folder, n) for n in os.listdir(folder) if n.endswith(".sql"))
    for path in paths:
        m = NAME.match(os.path.basename(path))
        if m is None:
            sys.exit("%s: not a migration's name (NNNN_name[.engine].sql)" % path)
        with open(path, encoding="utf-8") as f:
            rows.append((int(m.group(1)), m.group(1) + "_" + m.group(2), m.group(3), f.read()))
    numbers = sorted({r[0] for r in rows})
    if numbers != list(range(1, len(numbers) + 1)):
        sys.exit("migrations are not numbered 1, 2, 3...: %s" % numbers)
    lines = ["/* made from migrations/ by tools/embed_migrations.py */", "",
             '#include "kit/db/db_engine.h"', "", "const struct migration db_migrations[] = {"]
    for number, name, engine, sql in rows:
        lines.append('\t{ %d, "%s", %s,' % (number, name, '"%s"' % engine if engine else "NULL"))
        lines += [literal(line) for line in sql.rstrip("\n").split("\n")]
        lines.append("\t},")
    lines += ["};", "const size_t db_migrations_n = sizeof(db_migrations) / sizeof(db_migrations[0]);", ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    with open(depfile, "w", encoding="utf-8") as f:
        f.write("%s: %s\n" % (out, " ".join([folder] + paths)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
