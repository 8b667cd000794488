#!/bin/sh
# Collect every T("...") of src into po/zhaofa.pot and merge it into po/en.po; then say what lacks English.
# tools/xgettext.sh          rewrites po/zhaofa.pot and po/en.po
# tools/xgettext.sh POT      writes the template alone, to the file POT
set -eu
cd "$(dirname "$0")/.."
pot=${1:-po/zhaofa.pot}

# The creation date is left out: two runs over the same sources give the same file.
find src -name '*.[ch]' ! -name '*_test.c' | LC_ALL=C sort |
	xgettext --files-from=- --language=C --from-code=UTF-8 --keyword --keyword=T \
		--flag=T:1:pass-c-format --flag=html_sayf:2:c-format --flag=findings_add:3:possible-c-format \
		--add-location=file --no-wrap --package-name=zhaofa --output=- |
	sed -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/' >"$pot.new"
if ! grep -q '^msgid ' "$pot.new"; then
	printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' >"$pot.new"
fi
mv "$pot.new" "$pot"
[ $# -eq 0 ] || exit 0

python3 tools/po_mend.py po/en.po # a merge may have left conflict marks in it
msgmerge --quiet --no-fuzzy-matching --no-wrap --add-location=file --update --backup=none po/en.po "$pot"
msgattrib --no-obsolete --no-wrap --add-location=file -o po/en.po po/en.po
n=$(msgattrib --untranslated --no-obsolete po/en.po | grep -c '^msgid "..*"' || :)
echo "xgettext: $n without English in po/en.po"
