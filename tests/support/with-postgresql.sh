#!/bin/sh
# with-postgresql.sh FOLDER PROGRAM…: runs a program beside a PostgreSQL of its own, which is gone
# afterwards. MTB_TEST_DATABASE is its address. FOLDER keeps what every new cluster begins as.
#
# MTB_TEST_DISK, where it is set, is the disk that has it.
#
# with-postgresql.sh --durable FOLDER PROGRAM…: one on the disk that waits for it, as in earnest.
#
# with-postgresql.sh --restart, run by that program: kills the database, where it has not ended by
# itself, and starts it again.
set -eu
# Before Debian's own psql, which looks for a cluster first.
PATH=$(echo /usr/lib/postgresql/*/bin | tr ' ' '\n' | tail -n 1):$PATH
export PATH

# It does not run as root.
as () {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid postgres --regid postgres --clear-groups -- "$@"
  else
    "$@"
  fi
}

start () {
  as pg_ctl --pgdata "$home/data" --log "$home/log" --silent --wait start >/dev/null 2>&1
}

home=${MTB_TEST_CLUSTER:-}
if [ "$1" = --restart ]; then
  pid=$(head -n 1 "$home/data/postmaster.pid" 2>/dev/null) && kill -9 "$pid" 2>/dev/null || true
  # Not before the last of the old processes has gone.
  until start; do sleep 0.2; done
  exit
fi

place=${TMPDIR:-/tmp}
segment=16
settings=
if [ "$1" = --durable ]; then
  shift
else
  segment=1
  settings='
shared_buffers = 16MB
fsync = off
autovacuum = off'
  # A database is many files; in memory, where there is room, they cost nothing.
  room=$(df --output=avail /dev/shm 2>/dev/null | tail -n 1)
  [ "${room:-0}" -lt 1000000 ] || place=/dev/shm
  place=${MTB_TEST_DISK:-$place}
fi

folder=$1
shift
mkdir -p "$folder"
exec 9>"$folder/lock"
flock 9
if [ ! -e "$folder/cluster.tar" ]; then
  fresh=$(as mktemp -d "$place/mutabaa-initdb-XXXXXX")
  as initdb --pgdata "$fresh/data" --username mutabaa --auth trust --encoding UTF8 --locale C \
    --wal-segsize $segment --no-sync --no-instructions >"$folder/initdb.log"
  tar -C "$fresh" -cf "$folder/cluster.new" data
  mv "$folder/cluster.new" "$folder/cluster.tar"
  rm -rf "$fresh"
fi
exec 9>&-

home=$(as mktemp -d "$place/mutabaa-postgresql-XXXXXX")
# What servers keep beside a database that is not a file.
XDG_CACHE_HOME=$(mktemp -d "${TMPDIR:-/tmp}/mutabaa-cache-XXXXXX")
stop () {
  as pg_ctl --pgdata "$home/data" --mode immediate --silent stop >/dev/null 2>&1 || true
  rm -rf "$home" "$XDG_CACHE_HOME"
}
trap stop EXIT
trap 'exit 143' TERM INT HUP
as tar -C "$home" -x <"$folder/cluster.tar"
cat >>"$home/data/postgresql.conf" <<END
listen_addresses = ''
unix_socket_directories = '$home'
max_connections = 60$settings
END
start
export XDG_CACHE_HOME MTB_TEST_CLUSTER="$home"
export MTB_TEST_DATABASE="postgresql://mutabaa@/postgres?host=$home"
export MTB_TEST_RESTART="$(realpath "$0") --restart"
"$@"
