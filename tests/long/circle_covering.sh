#!/bin/bash
# circle_covering: where the next points of the made-up city should stand, proven optimal, and the same optimum from CBC
# (Debian's coinor-cbc) for the model that --write-lp writes.  Processor seconds of both, reading included, as remarks.
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_CBC_SECONDS=600] tests/long/circle_covering.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
seconds=${ZHAOFA_CBC_SECONDS:-600}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
TIMEFORMAT=%U
n=0 bad=0

# one MODE ADD
one() {
	local said ours theirs ours_s theirs_s
	n=$((n + 1))
	"$program" circle site --net "$dir/net" --villages "$dir/v.csv" --points "$dir/p.csv" --candidates "$dir/v.csv" --datum wgs84 \
		--mode "$1" --minutes 15 --add "$2" --write-lp "$dir/m.lp" --out "$dir/chosen" 2>"$dir/err"
	ours_s=$( { time "$program" circle site --net "$dir/net" --villages "$dir/v.csv" --points "$dir/p.csv" --candidates "$dir/v.csv" \
		--datum wgs84 --mode "$1" --minutes 15 --add "$2" --out "$dir/chosen" 2>"$dir/err"; } 2>&1)
	said=$(grep -F "more points" "$dir/err")
	ours=$(echo "$said" | sed -n 's/.*(\([0-9]*\) in all).*gap 0 (proven).*/\1/p')
	if ! command -v cbc >/dev/null; then
		[ -n "$ours" ] || bad=$((bad + 1))
		echo "$([ -n "$ours" ] || echo "not ")ok $n - $1, $2 more: proven (no cbc here to ask)"
		echo "# $said; $ours_s s"
		return
	fi
	theirs_s=$( { time cbc "$dir/m.lp" -seconds "$seconds" -ratio 0 -solve -quit >"$dir/cbc" 2>&1; } 2>&1)
	theirs=$(sed -n 's/^Objective value: *-\{0,1\}\([0-9]*\)\.0*$/\1/p' "$dir/cbc")
	grep -q "Result - Optimal solution found" "$dir/cbc" || theirs="none proven in $seconds s"
	if [ -n "$ours" ] && [ "$ours" = "$theirs" ]; then
		echo "ok $n - $1, $2 more: $ours of $villages villages, proven by both"
	else
		bad=$((bad + 1))
		echo "not ok $n - $1, $2 more: ${ours:-not proven}, CBC: $theirs"
	fi
	echo "# $1 $2: zhaofa ${ours:-?} in $ours_s s, CBC $theirs in $theirs_s s"
}

# fewest MODE: set cover from nothing.  Ours must be CBC's optimum; whether it is proven by ours, too, is a remark.
fewest() {
	local said ours bound ours_s theirs theirs_s
	n=$((n + 1))
	ours_s=$( { time "$program" circle site --net "$dir/net" --villages "$dir/v.csv" --candidates "$dir/v.csv" --datum wgs84 \
		--mode "$1" --minutes 15 --model cover --write-lp "$dir/m.lp" --out "$dir/chosen" 2>"$dir/err"; } 2>&1)
	said=$(grep '^objective' "$dir/err")
	ours=$(echo "$said" | sed -n 's/^objective \([0-9]*\) bound.*/\1/p')
	bound=$(echo "$said" | sed -n 's/.* bound \([0-9]*\) .*/\1/p')
	if ! command -v cbc >/dev/null; then
		echo "ok $n - $1, fewest: $said # SKIP no cbc here to ask"
		return
	fi
	theirs_s=$( { time cbc "$dir/m.lp" -seconds "$seconds" -ratio 0 -solve -quit >"$dir/cbc" 2>&1; } 2>&1)
	theirs=$(sed -n 's/^Objective value: *\([0-9]*\)\.0*$/\1/p' "$dir/cbc")
	grep -q "Result - Optimal solution found" "$dir/cbc" || theirs="none proven in $seconds s"
	if [ -n "$ours" ] && [ "$ours" = "$theirs" ] && [ "$bound" -le "$ours" ]; then
		echo "ok $n - $1, fewest: $ours, proven by CBC"
	else
		bad=$((bad + 1))
		echo "not ok $n - $1, fewest: ${ours:-none}, CBC: $theirs"
	fi
	echo "# $1 fewest: zhaofa $said in $ours_s s, CBC $theirs in $theirs_s s"
}

"$program" circle synth --seed 1 --out "$dir/bare" --villages "$dir/v.csv" --points "$dir/p.csv" --n-points 40 2>"$dir/err" &&
	"$program" circle build --net "$dir/bare" --out "$dir/net" 2>>"$dir/err" || sed 's/^/# /' "$dir/err"
villages=$(($(wc -l <"$dir/v.csv") - 1))
for mode in car ebike foot; do
	for add in 3 6 20 60; do
		one "$mode" "$add"
	done
done
for mode in car ebike foot; do
	fewest "$mode"
done
echo "1..$n"
exit "$((bad > 0))"
