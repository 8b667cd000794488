#!/usr/bin/env python3
"""Turn po/en.po into the C table that kit/msg looks texts up in: po2c.py IN.po OUT.c

Fuzzy, obsolete and empty entries are left out: their Chinese is shown instead, and tests/po_test.sh
says so.  The hash is 64-bit FNV-1a, as text_hash() of src/base/text.c.
"""
import re
import sys

ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}


def unquote(s):
    m = re.fullmatch(r'"(.*)"', s.strip(), re.S)
    if not m:
        raise SystemExit(f"po2c: not a quoted string: {s!r}")
    return re.sub(r"\\(.)", lambda e: ESCAPES.get(e.group(1), e.group(0)), m.group(1))


def po_entries(lines):
    """Yield (msgid, msgstr, flags) of each entry that is not obsolete."""
    entry, field = {"msgid": None, "msgstr": "", "flags": set()}, None
    for line in list(lines) + ["\n"]:
        line = line.strip()
        if not line:
            if entry["msgid"] is not None:
                yield entry["msgid"], entry["msgstr"], entry["flags"]
            entry, field = {"msgid": None, "msgstr": "", "flags": set()}, None
        elif line.startswith("#,"):
            entry["flags"] |= {f.strip() for f in line[2:].split(",")}
        elif line.startswith("#"):
            continue
        elif line.startswith(("msgid ", "msgstr ")):
            field, rest = line.split(" ", 1)
            entry[field] = unquote(rest)
        elif line.startswith('"') and field:
            entry[field] += unquote(line)
        else:
            raise SystemExit(f"po2c: cannot read: {line!r}")


def fnv1a(data):
    h = 0xCBF29CE484222325
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return h


def c_string(s):
    out = []
    for byte in s.encode():
        c = chr(byte)
        if c in '"\\?':
            out.append("\\" + c)
        elif 32 <= byte < 127:
            out.append(c)
        else:
            out.append(f"\\{byte:03o}")
    return '"' + "".join(out) + '"'


def table(pairs):
    slots = 2
    while slots < 2 * len(pairs) + 2:
        slots *= 2
    rows = [None] * slots
    for zh, en in pairs:
        h = fnv1a(zh.encode())
        i = h % slots
        while rows[i]:
            i = (i + 1) % slots
        rows[i] = (h, zh, en)
    return rows


def main():
    with open(sys.argv[1], encoding="utf-8") as f:
        pairs = [(zh, en) for zh, en, flags in po_entries(f) if zh and en and "fuzzy" not in flags]
    if len({zh for zh, _ in pairs}) != len(pairs):
        raise SystemExit("po2c: a msgid stands twice; tools/xgettext.sh mends a merge")
    rows = table(pairs)
    with open(sys.argv[2], "w", encoding="utf-8") as out:
        out.write('/* made by tools/po2c.py from po/en.po */\n#include "kit/msg/msg_table.h"\n\n')
        out.write(f"const size_t msg_en_slots = {len(rows)};\nconst struct msg_row msg_en_rows[] = {{\n")
        for row in rows:
            if row:
                out.write(f"\t{{ UINT64_C({row[0]:#x}), {c_string(row[1])}, {c_string(row[2])} }},\n")
            else:
                out.write("\t{ 0, NULL, NULL },\n")
        out.write("};\n")


if __name__ == "__main__":
    main()
