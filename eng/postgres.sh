# shellcheck shell=bash
# A PostgreSQL of our own: installed binaries, a fresh data directory, a free port on loopback, a random password.

pg_bin() {
  local dir
  for dir in "$(command -v pg_ctl 2>/dev/null | xargs -r readlink -f | xargs -r dirname)" \
    /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if [[ -x $dir/initdb && -x $dir/pg_ctl ]]; then printf '%s\n' "$dir"; fi
  done | sort -V | tail -n 1 | grep .
}

need_postgres() {
  PG_BIN=$(pg_bin) || fail "PostgreSQL (initdb, pg_ctl) is needed, and is not installed (Debian, Ubuntu: apt-get install postgresql)"
  [[ $EUID -ne 0 ]] || need runuser "to run PostgreSQL as another user than root"
}

# PostgreSQL refuses to run as root; then it runs as the first of these users that there is.
pg_user() {
  local user
  for user in postgres nobody; do
    id "$user" >/dev/null 2>&1 && printf '%s\n' "$user" && return
  done
  fail "PostgreSQL does not run as root, and there is no user postgres or nobody"
}

as_pg_user() {
  if [[ $EUID -eq 0 ]]; then (cd / && runuser -u "$(pg_user)" -- "$@"); else "$@"; fi
}

# Below .grid, unless the user who has to run it cannot get there.
make_pg_dir() {
  PG_DIR=$GRID_HOME/postgres
  rm -rf "$PG_DIR"
  mkdir -p "$PG_DIR"
  if [[ $EUID -eq 0 ]]; then
    chown "$(pg_user)" "$PG_DIR"
    if ! as_pg_user test -w "$PG_DIR" 2>/dev/null; then
      rmdir "$PG_DIR"
      PG_DIR=$(mktemp -d /tmp/grid-postgres.XXXXXX)
      chown "$(pg_user)" "$PG_DIR"
    fi
  fi
  printf '%s\n' "$PG_DIR" >"$RUN_DIR/postgres.dir"
}

# start_postgres: sets PG_CONNECTION, PGHOST, PGPORT, PGUSER, PGPASSWORD, PGDATABASE.
start_postgres() {
  need_postgres
  make_home
  make_pg_dir
  PGHOST=127.0.0.1 PGPORT=$(free_port 55432) PGUSER=jobs PGDATABASE=postgres
  PGPASSWORD=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  export PGHOST PGPORT PGUSER PGDATABASE PGPASSWORD
  # shellcheck disable=SC2034 # used in cluster.sh
  PG_CONNECTION="Host=$PGHOST;Port=$PGPORT;Database=$PGDATABASE;Username=$PGUSER;Password=$PGPASSWORD"
  printf '%s\n' "$PGPASSWORD" | as_pg_user tee "$PG_DIR/password" >/dev/null
  as_pg_user chmod 600 "$PG_DIR/password"
  as_pg_user "$PG_BIN/initdb" -D "$PG_DIR/data" -U "$PGUSER" -A scram-sha-256 --pwfile="$PG_DIR/password" \
    -E UTF8 --locale=C >"$LOG_DIR/postgres.log" 2>&1 || fail "initdb failed; see $LOG_DIR/postgres.log"
  as_pg_user "$PG_BIN/pg_ctl" -D "$PG_DIR/data" -l "$PG_DIR/server.log" -w -t 60 \
    -o "-h 127.0.0.1 -p $PGPORT -c unix_socket_directories='' -c max_connections=300" start >>"$LOG_DIR/postgres.log" 2>&1 </dev/null ||
    fail "PostgreSQL did not start; see $PG_DIR/server.log"
}

# Stops the private PostgreSQL, if there is one, and removes its data.
stop_postgres() {
  local dir
  [[ -r $RUN_DIR/postgres.dir ]] || return 0
  dir=$(<"$RUN_DIR/postgres.dir")
  need_postgres
  as_pg_user "$PG_BIN/pg_ctl" -D "$dir/data" -m fast -w -t 60 stop >>"$LOG_DIR/postgres.log" 2>&1 ||
    ! as_pg_user "$PG_BIN/pg_ctl" -D "$dir/data" status >/dev/null 2>&1 ||
    fail "PostgreSQL does not stop; see $LOG_DIR/postgres.log"
  rm -rf "$dir" "$RUN_DIR/postgres.dir"
}
