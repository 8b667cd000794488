#!/bin/bash
# roster_nurses: the six public instances of nurse rostering, each within 2 % of the best known, read by a checker that shares
# nothing with the program.
#   ZHAOFA_PROGRAM=build/zhaofa [ZHAOFA_SHARED=../shared] [SECONDS_EACH=90] tests/long/roster_nurses.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
dir=${ZHAOFA_SHARED:-../shared}/data/nrp
out=$(mktemp)
trap 'rm -f "$out"' EXIT
n=0 bad=0
if [ ! -d "$dir" ]; then
	echo "ok 1 - shared nurse rosters # SKIP ../shared absent"
	echo 1..1
	exit 0
fi
while IFS=, read -r k best; do
	case $k in [0-9]*) ;; *) continue ;; esac
	n=$((n + 1))
	said=$("$program" roster nrp "$dir/Instance$k.txt" --seconds "${SECONDS_EACH:-90}" --out "$out")
	price=$(python3 tests/nrp_check.py "$dir/Instance$k.txt" "$out")
	code=$?
	if [ $code = 0 ] && [ $((price * 100)) -le $((best * 102)) ]; then
		echo "ok $n - shared nurses $k: $price, best known $best; $said"
	else
		bad=$((bad + 1))
		echo "not ok $n - shared nurses $k: $price, best known $best; $said"
	fi
done <"$dir/best.csv"
echo "1..$n"
exit "$((bad > 0))"
