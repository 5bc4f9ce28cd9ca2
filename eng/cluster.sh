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
  make_home
  build_program "$SILO_PROJECT"
  [[ -z $kill ]] || build_program "$CLI_PROJECT"
  start_cluster "$count" ${options[@]+"${options[@]}"}
  print_cluster "$count"
  [[ -n $kill ]] || { say "'grid down' stops them" && return; }
  [[ -n $keep ]] || trap 'cmd_down >/dev/null' EXIT
  kill_one "$count" "$jobs"
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
      --LearningPlatform:DataDirectory="$DATA_DIR/learning" --LearningPlatform:SourceDirectories="$ROOT" "$@"
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
    printf '%-8s %-8s %-24s %s\n' "silo$i" "$(pid_of "silo$i")" "$(node_url "silo$i")" "$(shown "$LOG_DIR/silo$i.log")"
  done
  say "PostgreSQL on 127.0.0.1:$PGPORT, user $PGUSER, database $PGDATABASE, password in $PG_DIR/password"
}

# kill_one N JOBS: what happens to the jobs of a silo that is killed.
kill_one() {
  local count=$1 jobs=$2 victim=$((RANDOM % $1 + 1)) other pid killed_at
  other=silo$((victim % count + 1)) victim=silo$victim
  submit_probes "$other" "$jobs"
  wait_finished $((jobs / 4)) || fail "$((jobs / 4)) jobs did not end within $SCENARIO_SECONDS s"
  pid=$(pid_of "$victim") || fail "$victim has ended by itself; its log is $LOG_DIR/$victim.log"
  killed_at=$(now_ms)
  kill -KILL "$pid"
  rm -f "$RUN_DIR/$victim.pid"
  say "killed $victim (pid $pid) when $(sql "$FINISHED") of $jobs jobs had ended"
  wait_finished "$jobs" || warn "not all jobs ended within $SCENARIO_SECONDS s"
  report_recovery "$jobs" "$killed_at"
}

submit_probes() {
  local cli
  cli=$(output_of "$CLI_PROJECT")
  dotnet "$cli" submit "$PROBE_CLASS" "{\"milliseconds\":$PROBE_MILLISECONDS}" --count "$2" --url "$(node_url "$1")" >"$LOG_DIR/submit.log" 2>&1 ||
    fail "the jobs could not be submitted; see $LOG_DIR/submit.log"
}

sql() { "$PG_BIN/psql" -XqAt -v ON_ERROR_STOP=1 -c "$1"; }

readonly FINISHED="SELECT coalesce(sum(succeeded + dead_lettered + cancelled), 0) FROM job_counts_now WHERE class = '$PROBE_CLASS'"

# wait_finished N: until so many jobs have ended.
wait_finished() {
  local until=$((SECONDS + SCENARIO_SECONDS))
  while (($(sql "$FINISHED") < $1)); do
    ((SECONDS < until)) || return 1
    sleep 0.1
  done
}

# report_recovery JOBS KILLED_AT: fails if a job is lost, or if the killed silo's jobs ran again too late. The jobs never fail by
# themselves: those that needed a second attempt are those that the silo ran when it was killed.
report_recovery() {
  local again took succeeded
  again=$(sql "SELECT count(*) FROM jobs WHERE class = '$PROBE_CLASS' AND attempt > 1")
  took=$(sql "SELECT coalesce(round(extract(epoch FROM max(started_at)) * 1000) - $2, 0)::bigint FROM jobs
              WHERE class = '$PROBE_CLASS' AND attempt > 1")
  succeeded=$(sql "SELECT coalesce(sum(succeeded), 0) FROM job_counts_now WHERE class = '$PROBE_CLASS'")
  say "its $again running jobs ran again within $(seconds "$took") s of the kill (limit $(seconds $RECOVERY_LIMIT_MS) s)"
  sql "SELECT format('%s with %s attempt(s): %s jobs', state, attempt, count(*)) FROM jobs_readable
       WHERE class = '$PROBE_CLASS' GROUP BY state, attempt ORDER BY state, attempt"
  say "$succeeded of $1 jobs succeeded"
  ((succeeded == $1 && took <= RECOVERY_LIMIT_MS))
}
