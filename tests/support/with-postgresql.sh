#!/bin/sh
# with-postgresql.sh FOLDER PROGRAM…: runs a program beside a PostgreSQL of its own, which is gone
# afterwards. MTB_TEST_DATABASE is its address. FOLDER keeps what every new cluster begins as.
set -eu
folder=$1
shift
PATH=$PATH:$(echo /usr/lib/postgresql/*/bin | tr ' ' '\n' | tail -n 1)
# It does not run as root.
as () { if [ "$(id -u)" = 0 ]; then setpriv --reuid postgres --regid postgres --clear-groups -- "$@"; else "$@"; fi; }

mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/cluster.tar" ]; then
  fresh=$(as mktemp -d "${TMPDIR:-/tmp}/mutabaa-initdb-XXXXXX")
  as initdb --pgdata "$fresh/data" --username mutabaa --auth trust --encoding UTF8 --locale C \
    --wal-segsize 1 --no-sync --no-instructions >"$folder/initdb.log"
  tar -C "$fresh" -cf "$folder/cluster.new" data
  mv "$folder/cluster.new" "$folder/cluster.tar"
  rm -rf "$fresh"
fi
flock -u 9

home=$(as mktemp -d "${TMPDIR:-/tmp}/mutabaa-postgresql-XXXXXX")
export MTB_TEST_CLUSTER="$home"
export MTB_TEST_DATABASE="postgresql://mutabaa@/postgres?host=$home"
stop () {
  as pg_ctl --pgdata "$home/data" --mode immediate --silent stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
trap stop EXIT
trap 'exit 143' TERM INT HUP
chmod 755 "$home"
as tar -C "$home" -x <"$folder/cluster.tar"
cat >>"$home/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$home'
max_connections = 60
shared_buffers = 16MB
fsync = off
autovacuum = off
END
as pg_ctl --pgdata "$home/data" --log "$home/log" --silent --wait start >/dev/null
status=0
"$@" || status=$?
exit "$status"
