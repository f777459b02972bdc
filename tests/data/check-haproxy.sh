#!/bin/sh
# check-haproxy.sh CONFIGURATION LIMITS: HAProxy takes it without a warning, and it lets through
# bodies as large as the server does.
set -eu
configuration=$1 limits=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 \
  -subj /CN=localhost -keyout "$scratch/key" -out "$scratch/certificate" 2>"$scratch/said" || {
  cat "$scratch/said" >&2
  exit 1
}
cat "$scratch/certificate" "$scratch/key" >"$scratch/mutabaa.pem"
# What stands in Debian's own file.
printf 'global\n  log /dev/log local0\n' >"$scratch/debian.cfg"
said=$(MUTABAA_CERTIFICATE="$scratch/mutabaa.pem" \
  haproxy -c -f "$scratch/debian.cfg" -f "$configuration" 2>&1) &&
  [ "$said" = 'Configuration file is valid' ] || {
  printf '%s\n' "$said" >&2
  exit 1
}

body_max=$(($(sed -n 's/^#define MTB_BODY_MAX //p' "$limits")))
grep -q "content-length),add(0) gt $body_max }" "$configuration" || {
  echo "the largest body is not $body_max bytes" >&2
  exit 1
}
