#!/bin/sh
# check-units.sh SERVER TOOL UNIT…: the units are right, and lock the programs away.
set -eu
server=$(realpath "$1") tool=$(realpath "$2") pages=$(realpath "$(dirname "$0")/../../data/man")
shift 2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# As if installed: the programs and their pages are where the units say that they are.
mkdir -p "$scratch/bin" "$scratch/man/man8"
ln -s "$server" "$tool" "$scratch/bin"
ln -s "$pages"/*.8 "$scratch/man/man8"
for unit; do
  sed "s|=[^ ]*/bin/mutabaa|=$scratch/bin/mutabaa|" "$unit" >"$scratch/$(basename "$unit")"
done
cd "$scratch"
for unit in *.service; do
  said=$(MANPATH="$scratch/man" systemd-analyze verify "./$unit" 2>&1) && [ -z "$said" ] || {
    printf '%s: %s\n' "$unit" "$said" >&2
    exit 1
  }
  systemd-analyze security --no-pager --offline=true --threshold=15 "./$unit"
done
