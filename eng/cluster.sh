# shellcheck shell=bash
# A cluster of processes on this machine, and what it does when one of them dies.

readonly PROBE_CLASS=probe PROBE_MILLISECONDS=20 RECOVERY_LIMIT_MS=15000 SCENARIO_SECONDS=300

help_cluster() {
  cat <<'TEXT'
usage: grid cluster N [--kill-one [--jobs 3000] [--keep]] [-- SILO OPTIONS]

Starts a private PostgreSQL and N silo processes (1 to 20) on loopback, and prints their addresses. `grid down` stops them and removes
the database.

  --kill-one   submit jobs of 20 ms, kill -9 one silo in the midst of them, print how long it took until the jobs that ran on it ran
               again, and what became of all jobs; then stop the cluster. Exit code 1 if a job is lost or that took over 15 s.
  --jobs N     how many jobs (3000)
  --keep       leave the cluster running afterwards
TEXT
}

cmd_cluster() {
  local count='' kill='' keep='' jobs=3000 options=()
  while (($#)); do
    case $1 in
      -h | --help) help_cluster && return ;;
      --kill-one) kill=1 && shift ;;
      --keep) keep=1 && shift ;;
      --jobs) need_value "$@" && need_count "$1" "$2" 1 10000000 && jobs=$2 && shift 2 ;;
      --) shift && options=("$@") && break ;;
      -*) usage_error "cluster: unknown option '$1'" ;;
      *) [[ -z $count ]] || usage_error "cluster: one number of silos"
        need_count N "$1" 1 20 && count=$1 && shift ;;
    esac
  done
  [[ -n $count ]] || usage_error "cluster: how many silos?"
  [[ -z $kill ]] || ((count > 1)) || usage_error "cluster: --kill-one needs at least two silos"
  need curl "to see whether a silo is ready"
  need_postgres
  [[ ! -e $RUN_DIR/postgres.dir ]] || fail "a cluster runs already; 'grid down' stops it"
  build_orleans cluster "$SILO_PROJECT"
  start_cluster "$count" ${options[@]+"${options[@]}"}
  print_cluster "$count"
  [[ -n $kill ]] || { say "'grid down' stops them" && return; }
  local status=0
  build_plain "$CLI_PROJECT"
  kill_one "$count" "$jobs" || status=$?
  [[ -n $keep ]] || cmd_down >/dev/null
  return "$status"
}

# start_cluster N [SILO OPTIONS]
start_cluster() {
  local count=$1 i port=$DEFAULT_PORT
  shift
  trap 'cmd_down >/dev/null' EXIT
  start_postgres
  export JobGrid__Postgres__ConnectionString=$PG_CONNECTION
  for ((i = 1; i <= count; i++)); do
    port=$(free_port $((port + 1)))
    start_silo "silo$i" "$port" --JobGrid:Store=postgres --JobGrid:Cluster:ClusterId=grid-cluster \
      --LearningPlatform:DataDirectory="$DATA_DIR/learning" "$@"
  done
  for ((i = 1; i <= count; i++)); do
    wait_ready "silo$i" "$(node_url "silo$i")" "$READY_SECONDS" && continue
    tail -n 30 "$LOG_DIR/silo$i.log" >&2
    fail "silo$i did not become ready; its log is $LOG_DIR/silo$i.log"
  done
  trap - EXIT
}

print_cluster() {
  local i
  printf '%-8s %-8s %-24s %s\n' silo pid url log
  for ((i = 1; i <= $1; i++)); do
    printf '%-8s %-8s %-24s %s\n' "silo$i" "$(pid_of "silo$i")" "$(node_url "silo$i")" "$LOG_DIR/silo$i.log"
  done
  say "PostgreSQL on 127.0.0.1:$PGPORT, user $PGUSER, database $PGDATABASE, password $PGPASSWORD"
}
