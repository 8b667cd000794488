#!/usr/bin/env python3
"""Write the packages of rules and their cases as a C table: embed_policy.py DIR OUT.c OUT.d

DIR/NAME.rules is a package, DIR/cases/NAME/*.json are cases that must hold for it.
"""
import os
import sys


def literal(data):
    out, line = [], []
    for byte in data:
        if byte == 0x0A:
            out.append('\t    "' + "".join(line) + '\\n"')
            line = []
        elif byte in (0x22, 0x5C):
            line.append("\\" + chr(byte))
        elif 0x20 <= byte < 0x7F:
            line.append(chr(byte))
        else:
            line.append("\\%03o" % byte)
    out.append('\t    "' + "".join(line) + '"')
    return out


def row(package, name, path):
    with open(path, "rb") as f:
        data = f.read()
    return ['\t{ "%s", "%s", {' % (package, name)] + literal(data) + [", %d } }," % len(data)]


def main(folder, out, depfile):
    packages = sorted(n for n in os.listdir(folder) if n.endswith(".rules"))
    rows, seen = [], [folder]
    lines = ["/* made from data/policy/ by tools/embed_policy.py */", "", '#include "standards/policy/policy.h"', "",
             "const struct policy_builtin policy_builtins[] = {"]
    for n in packages:
        path = os.path.join(folder, n)
        seen.append(path)
        lines += row(n[:-6], "", path)
    if not packages:
        lines += ['\t{ "", "", { "", 0 } },']
    lines += ["};", "const size_t policy_builtins_n = %d;" % len(packages), "",
              "const struct policy_builtin policy_builtin_cases[] = {"]
    count = 0
    for n in packages:
        cases = os.path.join(folder, "cases", n[:-6])
        if not os.path.isdir(cases):
            continue
        seen.append(cases)
        for c in sorted(os.listdir(cases)):
            if c.endswith(".json"):
                path = os.path.join(cases, c)
                seen.append(path)
                lines += row(n[:-6], c, path)
                count += 1
    if count == 0:
        lines += ['\t{ "", "", { "", 0 } },']
    lines += ["};", "const size_t policy_builtin_cases_n = %d;" % count, ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines + rows))
    with open(depfile, "w", encoding="utf-8") as f:
        f.write("%s: %s\n" % (out, " ".join(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
