#!/bin/sh
# circle_random_pairs: on a million random pairs of the made-up city a heap Dijkstra, buckets, the hierarchy one by one and in
# every kind of lanes, and the search from many places say the same milliseconds; isochrones hold every node that is reached.
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_PAIRS=1000000] [ZHAOFA_ISOCHRONES=60] tests/long/circle_random_pairs.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0 bad=0

# check NAME GOOD-LINES ENDING verify-words…
check() {
	name=$1 lines=$2 ending=$3
	shift 3
	n=$((n + 1))
	out=$("$program" circle verify --net "$dir/h" "$@" 2>>"$dir/err")
	if [ "$(echo "$out" | grep -c ", 0 $ending$")" = "$lines" ]; then
		echo "ok $n - $name"
	else
		bad=$((bad + 1))
		echo "not ok $n - $name"
	fi
	echo "$out" | sed 's/^/# /'
}

"$program" circle synth --seed 1 --out "$dir/net" 2>"$dir/err" &&
	"$program" circle build --net "$dir/net" --out "$dir/h" 2>>"$dir/err" || sed 's/^/# /' "$dir/err"
check "the made-up city by car: random pairs" 1 wrong --mode car --pairs "${ZHAOFA_PAIRS:-1000000}"
check "the made-up city by e-bike: random pairs" 1 wrong --mode ebike --pairs "${ZHAOFA_PAIRS:-1000000}"
check "the made-up city: isochrones hold what is reached" 3 outside --pairs 1 --isochrones "${ZHAOFA_ISOCHRONES:-60}"
echo "1..$n"
exit "$((bad > 0))"
