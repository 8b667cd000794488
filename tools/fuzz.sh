#!/bin/sh
# Fuzz every parser.  [ZHAOFA_FUZZ_JOBS=1] tools/fuzz.sh SECONDS [driver...]
# Builds the drivers of fuzz/ under ASan and UBSan with clang and runs each so long, from the kept inputs.
# The corpus stays in build-fuzz/; a fault leaves its input in fuzz/regress/DRIVER/, where `meson test`
# runs it from then on.  Ends with 1 when anything was found.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:?usage: tools/fuzz.sh SECONDS [driver...]}
out=build-fuzz

# One driver: what it did goes into a line "fuzz: NAME: … clean" or "… FOUND".
if [ "${2:-}" = --run ]; then
	d=$3 dict=
	mkdir -p "$out/corpus/$d" "fuzz/regress/$d"
	[ ! -f "fuzz/$d.dict" ] || dict=-dict=fuzz/$d.dict
	verdict=clean
	"$out/$d" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 $dict \
		-artifact_prefix="fuzz/regress/$d/" "$out/corpus/$d" "fuzz/regress/$d" >"$out/$d.log" 2>&1 || verdict=FOUND
	# a child of an importer that falls over wants to leave its input, too, and may write no file
	find "fuzz/regress/$d" -type f -size 0 -name '*-*' -delete
	n=$(sed -n 's/^stat::number_of_executed_units: *//p' "$out/$d.log")
	echo "fuzz: $d: ${n:-?} inputs in $seconds s: $verdict"
	[ "$verdict" = clean ] || grep -aE 'SUMMARY|broken:' "$out/$d.log" || :
	[ "$verdict" = clean ]
	exit
fi

shift
[ $# -gt 0 ] || set -- utf8 idcard credit values form json csv conf rules circle_csv circle_places circle_osm_xml circle_osm_pbf route_file sheet
mkdir -p "$out"
python3 tools/po2c.py po/en.po "$out/msg_en.c"
python3 tools/embed_data.py "$out/data.c" circle_speeds_csv=data/circle_speeds.csv
python3 tools/embed_papers.py data/papers "$out/papers.c" "$out/papers.d"
python3 tools/embed_topics.py data/topics "$out/topics.c" "$out/topics.d"
flags="-std=gnu2x -D_GNU_SOURCE -g -O1 -fno-omit-frame-pointer -Isrc -Ifuzz -fsanitize=fuzzer-no-link,address,undefined"
flags="$flags -fno-sanitize-recover=undefined"

# Only what the parsers need: the rest of the program would not be reached.
rm -f "$out"/*.o
for c in $(find src/base src/kit/msg src/kit/form src/kit/json src/kit/csv src/kit/conf src/engine/rules src/engine/route -name '*.c' ! -name '*_test.c' ! -name '*_stage.c') \
	src/resources/circle/circle_csv.c src/resources/circle/circle_ids.c src/resources/circle/circle_osm.c \
	src/resources/circle/circle_osm_child.c src/resources/circle/circle_way.c src/standards/sheet/sheet_fault.c \
	src/standards/sheet/sheet_diff.c src/operations/paper/paper_template.c src/supply/portal/topic.c \
	src/standards/catalogue/catalogue_label.c "$out/msg_en.c" "$out/data.c" "$out/papers.c" "$out/topics.c"; do
	clang $flags -c "$c" -o "$out/$(echo "$c" | tr / _).o"
done
for d in "$@"; do
	clang $flags -fsanitize=fuzzer "fuzz/$d.c" "$out"/*.o -ljansson -linih -lreadosm -lz -lm -o "$out/$d"
done
printf '%s\n' "$@" | xargs -P "${ZHAOFA_FUZZ_JOBS:-1}" -I '{}' tools/fuzz.sh "$seconds" --run '{}'
