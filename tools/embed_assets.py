#!/usr/bin/env python3
"""Make the C table of embedded web files from web/assets.txt.

usage: embed_assets.py ROOT MANIFEST OUT.c DEPFILE

Every line of the manifest is "name: file file ...", paths from ROOT; the files are joined with a line
feed between.  The name gets a hash of the content, so that browsers may keep a file for ever.  gzip and
brotli copies are left out where they win less than a twentieth.  A missing file is an error.
"""
import gzip
import hashlib
import os
import subprocess
import sys

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}
PACKED_ALREADY = {".png", ".woff2", ".ico"}


def manifest_read(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.split("#", 1)[0].strip()
            if line:
                name, _, files = line.partition(":")
                yield name.strip(), files.split()


def content_of(root, files):
    parts = []
    for name in files:
        with open(os.path.join(root, name), "rb") as f:
            parts.append(f.read())
    return b"\n".join(parts)


def brotli_pack(raw):
    try:
        return subprocess.run(["brotli", "-q", "11", "-c"], input=raw, stdout=subprocess.PIPE, check=True).stdout
    except FileNotFoundError:
        print("embed_assets: no brotli command; files go out with gzip only", file=sys.stderr)
        return b""


def worth(packed, raw):
    return packed if packed and len(packed) * 20 < len(raw) * 19 else b""


def c_string(s):
    return '"' + s.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_bytes(name, data):
    if not data:
        return ""
    rows = (",".join(str(b) for b in data[i:i + 32]) for i in range(0, len(data), 32))
    return "static const unsigned char %s[] = {\n%s\n};\n" % (name, ",\n".join(rows))


def asset_make(root, name, files):
    raw = content_of(root, files)
    stem, ext = os.path.splitext(name)
    if ext not in TYPES:
        raise ValueError("no media type known for %s" % name)
    digest = hashlib.sha256(raw).hexdigest()[:16]
    packs = ext not in PACKED_ALREADY
    return {
        "name": name, "hash": digest, "path": "/static/%s.%s%s" % (stem, digest[:8], ext), "type": TYPES[ext],
        "raw": raw,
        "gz": worth(gzip.compress(raw, 9, mtime=0), raw) if packs else b"",
        "br": worth(brotli_pack(raw), raw) if packs else b"",
    }


def main(root, manifest, out, depfile):
    assets, sources = [], [manifest]
    for name, files in manifest_read(manifest):
        sources += [os.path.join(root, f) for f in files]
        assets.append(asset_make(root, name, files))
    assets.sort(key=lambda a: a["path"].encode())
    text = ["/* Made by tools/embed_assets.py from web/assets.txt. */", '#include "kit/http/http.h"', ""]
    for i, a in enumerate(assets):
        text += [c_bytes("%s_%d" % (kind, i), a[kind]) for kind in ("raw", "gz", "br")]
    text.append("const struct asset assets[] = {")
    for i, a in enumerate(assets):
        fields = ['.%s = %s' % (k, c_string(a[k])) for k in ("path", "name", "type", "hash")]
        fields += ['.%s = %s_%d, .%s_n = %d' % (k, k, i, k, len(a[k])) for k in ("raw", "gz", "br") if a[k]]
        text.append("\t{ %s }," % ", ".join(fields))
    if not assets:
        text.append('\t{ .path = "" },')
    text += ["};", "const size_t assets_n = %d;" % len(assets), ""]
    with open(out, "w", encoding="utf-8") as f:
        f.write("\n".join(text))
    with open(depfile, "w", encoding="utf-8") as f:
        f.write("%s: %s\n" % (out, " ".join(s.replace(" ", "\\ ") for s in sources)))


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError) as e:
        sys.exit("embed_assets: %s" % e)
