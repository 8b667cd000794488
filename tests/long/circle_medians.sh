#!/bin/sh
# circle_medians: the twenty OR-Library p-medians, each optimal and proven.
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_SHARED=../shared] tests/long/circle_medians.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
dir=${ZHAOFA_SHARED:-../shared}/data/pmed
n=0 bad=0
if [ ! -d "$dir" ]; then
	echo "ok 1 - shared p-median # SKIP ../shared absent"
	echo 1..1
	exit 0
fi
while read -r name best; do
	case $name in pmed*) ;; *) continue ;; esac
	n=$((n + 1))
	out=$("$program" circle site --pmed "$dir/$name.txt" | head -1)
	case $out in
	"objective $best bound $best gap 0 (optimal)"*) echo "ok $n - shared $name: $out" ;;
	*) bad=$((bad + 1)); echo "not ok $n - shared $name: $out, optimum $best" ;;
	esac
done <"$dir/optima.txt"
echo "1..$n"
exit "$((bad > 0))"
