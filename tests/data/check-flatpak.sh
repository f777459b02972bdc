#!/bin/sh
# check-flatpak.sh MANIFEST: flatpak-builder only warns of what it does not know.
set -eu
manifest=$(realpath "$1")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" # it leaves a folder behind
flatpak-builder --show-manifest "$manifest" 2>said >/dev/null && ! grep -q WARNING said || {
  cat said >&2
  exit 1
}
