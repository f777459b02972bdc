#!/bin/sh
# The Arabic is complete: every word that a person sees is in po/ar.po, none fuzzy, none empty.
set -eu
cd "$(dirname "$0")/../.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
status=0

fail () {
  printf '%s\n' "$*" >&2
  status=1
}

translatable='(^|[^A-Za-z0-9_])((N|C|NC)?_|g_dp?n?gettext2?|ngettext) ?\(|translatable="(yes|true|1)"'
for file in $(grep -rlE "$translatable" --include='*.c' --include='*.h' --include='*.ui' src ui |
  sort); do
  grep -qxF "$file" po/POTFILES || fail "$file: has words to translate but is not in po/POTFILES"
done
for file in $(grep -v '^#' po/POTFILES); do
  [ -f "$file" ] || fail "po/POTFILES: $file is not there"
done
[ "$status" = 0 ] || exit 1

# The keywords of Meson's preset "glib".
xgettext --files-from=po/POTFILES --from-code=UTF-8 --output="$scratch/mutabaa.pot" \
  --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=g_dgettext:2 --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 \
  --keyword=g_dpgettext2:2c,3

for language in $(cat po/LINGUAS); do
  po=po/$language.po
  sum=$(LC_ALL=C msgfmt --check --statistics --output-file=/dev/null "$po" 2>&1) || fail "$sum"
  case $sum in
  *fuzzy* | *untranslated*) fail "$po: $sum" ;;
  esac
  missing=$(msgmerge --quiet --no-fuzzy-matching "$po" "$scratch/mutabaa.pot" |
    msgattrib --untranslated --no-obsolete | sed '1,/^$/d')
  [ -z "$missing" ] || fail "not in $po:
$missing"
  ! grep -n '^#~' "$po" >&2 || fail "$po: keeps entries that nothing uses"
done
exit $status
