#!/usr/bin/env python3
"""Mend po/en.po after a merge that left conflict marks in it: po_mend.py FILE

Both sides of each conflict are read as whole files; an entry of ours stands, what only they have is
added.  A file without marks is left as it is.  tools/xgettext.sh runs this first.
"""
import sys

from po2c import po_entries


def sides(lines):
    """The two whole files that a file with conflict marks stands for."""
    ours, theirs, where = [], [], "both"
    for line in lines:
        if line.startswith("<<<<<<< "):
            where = "ours"
        elif line.startswith("|||||||"):
            where = "base"
        elif line.startswith("=======") and where != "both":
            where = "theirs"
        elif line.startswith(">>>>>>> "):
            where = "both"
        else:
            if where in ("both", "ours"):
                ours.append(line)
            if where in ("both", "theirs"):
                theirs.append(line)
    return ours, theirs


def quoted(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        lines = f.readlines()
    if not any(line.startswith("<<<<<<< ") for line in lines):
        return
    ours, theirs = sides(lines)
    have = {zh for zh, en, _ in po_entries(ours) if en}
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        kept = {zh: en for zh, en, _ in po_entries(ours)}
        for zh, en, _ in po_entries(theirs):
            if zh not in have:
                kept[zh] = en
        for zh, en in kept.items():
            out.write(f"msgid {quoted(zh)}\nmsgstr {quoted(en)}\n\n")
    print(f"po_mend: {len(kept)} entries of both sides")


if __name__ == "__main__":
    main()
