#!/bin/sh
# fuzz.sh FUZZER CORPUS FOUND SECONDS: lets a fuzzer look for inputs, from those that are kept. What it
# finds on its way is in FOUND/work, what ends it in FOUND.
set -eu
mkdir -p "$3/work"
exec env G_SLICE=always-malloc G_DEBUG=fatal-criticals,gc-friendly TZ=UTC \
  LSAN_OPTIONS="suppressions=$(dirname "$0")/../lsan.supp:print_suppressions=0" \
  "$1" -max_total_time="$4" -timeout=20 -rss_limit_mb=2048 -print_final_stats=0 \
  -artifact_prefix="$3/" "$3/work" "$2"
