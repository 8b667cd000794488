#!/bin/sh
# Fuzz every parser.  tools/fuzz.sh SECONDS [driver...]
# Builds the drivers of fuzz/ under ASan and UBSan with clang and runs each so long, from the kept inputs.
# The corpus stays in build-fuzz/; a fault leaves its input in fuzz/regress/DRIVER/, where `meson test`
# runs it from then on.  Ends with 1 when anything was found.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: tools/fuzz.sh SECONDS [driver...]}
shift
[ $# -gt 0 ] || set -- utf8 idcard credit values form json csv conf rules circle_csv route_file
out=build-fuzz
mkdir -p "$out"
python3 tools/po2c.py po/en.po "$out/msg_en.c"
python3 tools/embed_data.py "$out/data.c" circle_speeds_csv=data/circle_speeds.csv
flags="-std=gnu2x -D_GNU_SOURCE -g -O1 -fno-omit-frame-pointer -Isrc -Ifuzz -fsanitize=fuzzer-no-link,address,undefined"
flags="$flags -fno-sanitize-recover=undefined"

# Only what the parsers need: the rest of the program would not be reached.
rm -f "$out"/*.o
for c in $(find src/base src/kit/msg src/kit/form src/kit/json src/kit/csv src/kit/conf src/engine/rules src/engine/route src/resources/circle -name '*.c' ! -name '*_test.c' ! -name '*_stage.c') \
	"$out/msg_en.c" "$out/data.c"; do
	case $c in *circle_synth.c | *circle_osm*.c) continue ;; esac
	clang $flags -c "$c" -o "$out/$(echo "$c" | tr / _).o"
done

found=0
for d in "$@"; do
	clang $flags -fsanitize=fuzzer "fuzz/$d.c" "$out"/*.o -ljansson -linih -lm -o "$out/$d"
	mkdir -p "$out/corpus/$d" "fuzz/regress/$d"
	dict=
	[ ! -f "fuzz/$d.dict" ] || dict=-dict=fuzz/$d.dict
	echo "fuzz: $d for $seconds s"
	"$out/$d" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 $dict \
		-artifact_prefix="fuzz/regress/$d/" "$out/corpus/$d" "fuzz/regress/$d" >"$out/$d.log" 2>&1 || found=1
	grep -E 'stat::number_of_executed_units|SUMMARY|broken:' "$out/$d.log" || :
done
exit $found
