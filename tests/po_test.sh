#!/bin/sh
# Has every T() text its English, and do its formats agree?  TAP.  A planted text must be missed.
set -u
cd "$(dirname "$0")/.."
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT INT TERM
n=0

ok()
{
	n=$((n + 1))
	if [ "$1" -eq 0 ]; then echo "ok $n - $2"; else echo "not ok $n - $2"; sed 's/^/# /' "$tmp/why"; fi
}

# Texts of the template $1 that have no English in po/en.po, one a line.
untranslated()
{
	msgmerge --quiet --no-fuzzy-matching --no-wrap po/en.po "$1" -o "$tmp/merged.po" &&
		msgattrib --untranslated --no-obsolete --no-wrap "$tmp/merged.po" | grep '^msgid "..*"'
}

msgfmt -c -o "$tmp/en.mo" po/en.po >"$tmp/why" 2>&1
ok $? 'msgfmt -c accepts po/en.po'

tools/xgettext.sh "$tmp/now.pot" >"$tmp/why" 2>&1
ok $? 'texts are collected'

untranslated "$tmp/now.pot" >"$tmp/why"
[ ! -s "$tmp/why" ]
ok $? 'every T() text has its English (run tools/xgettext.sh, fill in po/en.po)'

{ cat "$tmp/now.pot"; printf '\nmsgid "%s"\nmsgstr ""\n' '此句从未翻译'; } >"$tmp/planted.pot"
untranslated "$tmp/planted.pot" >"$tmp/found"
grep -q '此句从未翻译' "$tmp/found"
ok $? 'a planted text without English is found'

{ cat po/en.po; printf '\n#, c-format\nmsgid "%s"\nmsgstr "%s"\n' '植入 %d 项' 'planted %s'; } >"$tmp/bad.po"
! msgfmt -c -o "$tmp/bad.mo" "$tmp/bad.po" 2>/dev/null
ok $? 'a planted wrong format is refused'

echo "1..$n"
