#!/bin/sh
# Are the files under third_party/web the released ones?  Fetches the packages through npm and compares.
set -eu
cd "$(dirname "$0")/.."
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT INT TERM

# fetch PACKAGE@VERSION DIR
fetch()
{
	mkdir "$tmp/$2"
	tar -xzf "$tmp/$(cd "$tmp" && npm pack --silent "$1")" -C "$tmp/$2" --strip-components=1
}

(cd third_party/web && sha256sum --check --quiet SHA256SUMS)
fetch htmx.org@4.0.1 htmx
fetch leaflet@1.9.4 leaflet
fetch @tabler/icons@3.51.0 tabler
cmp third_party/web/htmx.min.js "$tmp/htmx/dist/htmx.min.js"
cmp third_party/web/hx-sse.min.js "$tmp/htmx/dist/ext/hx-sse.min.js"
cmp third_party/web/htmx.LICENSE "$tmp/htmx/LICENSE"
cmp third_party/web/leaflet.js "$tmp/leaflet/dist/leaflet.js"
cmp third_party/web/leaflet.css "$tmp/leaflet/dist/leaflet.css"
cmp third_party/web/leaflet.LICENSE "$tmp/leaflet/LICENSE"
cmp third_party/web/tabler-icons.LICENSE "$tmp/tabler/LICENSE"
python3 tools/icons.py "$tmp/tabler" | cmp - web/icons.svg
echo "third_party: as released"
