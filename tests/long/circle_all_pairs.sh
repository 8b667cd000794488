#!/bin/sh
# circle_all_pairs: buckets, hierarchy, matrix and the search from many places give the same milliseconds on every pair of
# nodes of the OpenStreetMap files (the made-up city: circle_random_pairs).
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_SHARED=../shared] tests/long/circle_all_pairs.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
shared=${ZHAOFA_SHARED:-../shared}/data/osm
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
n=0 bad=0

# check NAME verify-words…: the network in $dir/net
check() {
	name=$1
	shift
	n=$((n + 1))
	if "$program" circle build --net "$dir/net" --out "$dir/h" 2>"$dir/err" &&
		out=$("$program" circle verify --net "$dir/h" "$@" 2>>"$dir/err") && [ "$(echo "$out" | grep -c ', 0 wrong$')" = 2 ]; then
		echo "ok $n - $name"
	else
		bad=$((bad + 1))
		echo "not ok $n - $name"
	fi
	echo "$out" | sed 's/^/# /'
}

for file in monaco.osm.gz krems.osm.gz liechtenstein-latest.osm.pbf; do
	if [ -f "$shared/$file" ]; then
		"$program" circle import --osm "$shared/$file" --out "$dir/net" 2>"$dir/err"
		check "shared $file: all pairs" --all
		check "shared $file: one by one" --pairs 200000
	else
		n=$((n + 1))
		echo "ok $n - shared $file # SKIP ../shared absent"
	fi
done
echo "1..$n"
exit "$((bad > 0))"
