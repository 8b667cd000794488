#!/bin/bash
# roster_year: a normal, a tight and an over-constrained year of the made-up city: no fault in any plan or repair, every
# bound below its price, the gap at most 2 % in every county-month, a sick call moves three visits at most.
#   ZHAOFA_PROGRAM=build/zhaofa tests/long/roster_year.sh
set -u
cd "$(dirname "$0")/../.." || exit 1
program=${ZHAOFA_PROGRAM:-build/zhaofa}
n=0 bad=0
for year in normal tight over; do
	n=$((n + 1))
	said=$("$program" roster bench --year $year --workers 2)
	wrong=$(echo "$said" | awk '$1 ~ /^[0-9]$/ && NF == 12 { rows++; if ($4 > $3 || $5 > 2 || $9 > 0 || $10 > 3) print }
		END { if (rows != 120) print rows " rows" }')
	line=$(echo "$said" | grep county-months:)
	if [ -z "$wrong" ]; then
		echo "ok $n - $year year: $line"
	else
		bad=$((bad + 1))
		echo "not ok $n - $year year: $line"
		echo "$wrong" | sed 's/^/# /'
	fi
done
echo "1..$n"
exit "$((bad > 0))"
