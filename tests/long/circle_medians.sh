#!/bin/bash
# circle_medians: the twenty OR-Library p-medians, each optimal and proven; processor seconds, reading included, as a remark.
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_SHARED=../shared] tests/long/circle_medians.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
dir=${ZHAOFA_SHARED:-../shared}/data/pmed
said=$(mktemp)
trap 'rm -f "$said"' EXIT
n=0 bad=0 seconds=
TIMEFORMAT=%U
if [ ! -d "$dir" ]; then
	echo "ok 1 - shared p-median # SKIP ../shared absent"
	echo 1..1
	exit 0
fi
while read -r name best; do
	case $name in pmed*) ;; *) continue ;; esac
	n=$((n + 1))
	took=$( { time "$program" circle site --pmed "$dir/$name.txt" >&3; } 3>"$said" 2>&1)
	seconds="$seconds $took"
	out=$(head -1 "$said")
	case $out in
	"objective $best bound $best gap 0 (optimal)"*) echo "ok $n - shared $name: $out" ;;
	*) bad=$((bad + 1)); echo "not ok $n - shared $name: $out, optimum $best" ;;
	esac
done <"$dir/optima.txt"
echo "$seconds" | awk '{ for (i = 1; i <= NF; i++) { all += $i; if ($i > most) most = $i }
	printf "# seconds: %.2f in all, %.2f on average, %.2f at most\n", all, all / NF, most }'
echo "1..$n"
exit "$((bad > 0))"
