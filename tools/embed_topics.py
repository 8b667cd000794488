#!/usr/bin/env python3
"""Write the topics of rights as a C table: embed_topics.py DIR OUT.c OUT.d  (DIR/NAME.topic, in the order of DIR/order)"""
import os
import sys

from embed_policy import literal


def main(folder, out, depfile):
    order = os.path.join(folder, "order")
    with open(order, encoding="utf-8") as f:
        names = f.read().split()
    seen = [order] + [os.path.join(folder, n + ".topic") for n in names]
    lines = ["/* made from data/topics/ by tools/embed_topics.py */", "", '#include "supply/portal/topic.h"', "",
             "const struct topic_builtin topic_builtins[] = {"]
    for n in names:
        with open(os.path.join(folder, n + ".topic"), "rb") as f:
            data = f.read()
        lines += ['\t{ "%s", {' % n] + literal(data) + [", %d } }," % len(data)]
    lines += ["};", "const size_t topic_builtins_n = %d;" % len(names), ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(lines))
    with open(depfile, "w", encoding="utf-8") as f:
        f.write("%s: %s\n" % (out, " ".join(seen)))


if __name__ == "__main__":
    main(*sys.argv[1:4])
