#!/bin/sh
# fuzz_circle: every importer of the half-hour circle under the fuzzer (clang), each so many seconds, so many at a time.
#   tests/long/fuzz_circle.sh [SECONDS=600] [JOBS=2]
set -u
cd "$(dirname "$0")/../.." || exit 1
seconds=${1:-${ZHAOFA_FUZZ_SECONDS:-600}}
drivers="circle_osm_xml circle_osm_pbf circle_csv circle_places route_file"
n=0 bad=0
if ! command -v clang >/dev/null; then
	echo "ok 1 - importers under the fuzzer # SKIP no clang here"
	echo 1..1
	exit 0
fi
# shellcheck disable=SC2086
ZHAOFA_FUZZ_JOBS=${2:-2} tools/fuzz.sh "$seconds" $drivers >build-fuzz.out 2>&1
for d in $drivers; do
	n=$((n + 1))
	said=$(grep "^fuzz: $d: " build-fuzz.out)
	case $said in
	*" clean") echo "ok $n - ${said#fuzz: }" ;;
	*) bad=$((bad + 1)); echo "not ok $n - $d: ${said:-did not run}" ;;
	esac
done
[ $bad = 0 ] || sed 's/^/# /' build-fuzz.out
rm -f build-fuzz.out
echo "1..$n"
exit "$((bad > 0))"
