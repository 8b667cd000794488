#!/usr/bin/env python3
"""Write the templates of papers as a C table: embed_papers.py DIR OUT.c OUT.d  (DIR/NAME.tpl)"""
import os
import sys

from embed_policy import literal


def main(folder, out, depfile):
    names = sorted(n for n in os.listdir(folder) if n.endswith(".tpl"))
    seen = [folder] + [os.path.join(folder, n) for n in names]
    lines = ["/* made from data/papers/ by tools/embed_papers.py */", "", '#include "operations/paper/paper.h"', "",
             "const struct paper_builtin paper_builtins[] = {"]
    for n in names:
        with open(os.path.join(folder, n), "rb") as f:
            data = f.read()
        lines += ['\t{ "%s", {' % n[:-4]] + literal(data) + [", %d }, {" % len(data)]
        sample = os.path.join(folder, n[:-4] + ".json")
        facts = b""
        if os.path.exists(sample):
            seen.append(sample)
            with open(sample, "rb") as f:
                facts = f.read()
        lines += literal(facts) + [", %d } }," % len(facts)]
    lines += ["};", "const size_t paper_builtins_n = %d;" % len(names), ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    with open(depfile, "w", encoding="utf-8") as f:
        f.write("%s: %s\n" % (out, " ".join(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
