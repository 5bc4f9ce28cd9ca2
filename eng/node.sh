# shellcheck shell=bash
# One node: up, demo, jobs, down.

readonly DEFAULT_PORT=5080 READY_SECONDS=90

help_up() {
  cat <<'TEXT'
usage: grid up [--detach] [--engine ENGINE] [--port PORT] [--postgres CONNECTION] [--sources FOLDER] [-- HOST OPTIONS]

Builds and runs one node with the learning platform's job classes: an engine, its store and the HTTP API, on 127.0.0.1 only.
Stays in the foreground until Ctrl-C, which drains it.

  --detach               run in the background; `grid down` stops it, its log is .grid/logs/node.log
  --engine ENGINE        orleans (without it) or embedded
  --port PORT            HTTP port (5080)
  --postgres CONNECTION  keep jobs in this PostgreSQL database instead of SQLite in .grid/data,
                         such as 'Host=127.0.0.1;Database=jobs;Username=jobs;Password=…'. Better in the environment variable
                         GRID_POSTGRES, for other users see a command's arguments
  --sources FOLDER       jobs may name files below it; without it those below this repository
  -- HOST OPTIONS        handed to the host, such as --JobGrid:Classes:email:MaxLocalWorkers=16
TEXT
}

cmd_up() {
  local detach='' engine=orleans port=$DEFAULT_PORT postgres=${GRID_POSTGRES:-} sources=$ROOT options=()
  while (($#)); do
    case $1 in
      -h | --help) help_up && return ;;
      --detach) detach=1 && shift ;;
      --engine) need_value "$@" && need_engine "$2" && engine=$2 && shift 2 ;;
      --port) need_value "$@" && need_count "$1" "$2" 1 65535 && port=$2 && shift 2 ;;
      --postgres) need_value "$@" && postgres=$2 && shift 2 ;;
      --sources) need_value "$@" && need_folder "$1" "$2" && sources=$2 && shift 2 ;;
      --) shift && options=("$@") && break ;;
      *) usage_error "up: unknown option '$1'" ;;
    esac
  done
  need curl "to see whether the node is ready"
  if running node; then
    say "a node runs already at $(node_url); 'grid down' stops it"
    [[ -n $detach ]] && return || exit "$EXIT_FAILED"
  fi
  ! port_taken "$port" || fail "port $port is taken; choose another with --port"
  say "Engine: $engine. Store: $([[ -n $postgres ]] && echo PostgreSQL || echo "SQLite in $(shown "$DATA_DIR")")."
  build_engine "$engine"
  start_node "$port" "$postgres" "$sources" ${options[@]+"${options[@]}"}
  await_node "$detach"
}

need_engine() { [[ $1 == orleans || $1 == embedded ]] || usage_error "--engine must be orleans or embedded, not '$1'"; }

# build_engine ENGINE: sets ENGINE, and builds its host.
build_engine() {
  ENGINE=$1
  make_home
  if [[ $ENGINE == embedded ]]; then
    build_program "$EMBEDDED_PROJECT"
  else
    build_program "$SILO_PROJECT"
  fi
}

need_folder() { [[ -d $2 ]] || usage_error "$1: there is no folder '$2'"; }

# start_node PORT POSTGRES SOURCES [HOST OPTIONS]: on the engine that was built.
start_node() {
  local port=$1 postgres=$2 sources start=start_silo cluster=(--JobGrid:Cluster:ClusterId=grid)
  sources=$(realpath "$3")
  shift 3
  [[ $ENGINE == orleans ]] || start=start_embedded cluster=()
  # The connection string may hold a password: by environment, which other users cannot read.
  export JobGrid__Postgres__ConnectionString=$postgres
  "$start" node "$port" --JobGrid:Store="$([[ -n $postgres ]] && echo postgres || echo sqlite)" \
    --JobGrid:Sqlite:Path="$DATA_DIR/jobs.db" --LearningPlatform:DataDirectory="$DATA_DIR/learning" \
    --LearningPlatform:SourceDirectories="$sources" ${cluster[@]+"${cluster[@]}"} "$@"
}

# start_silo NAME HTTP_PORT [SILO OPTIONS]: with ports of its own in its cluster.
start_silo() {
  local name=$1 port=$2 silo silo_port
  shift 2
  silo=$(output_of "$SILO_PROJECT")
  silo_port=$(port_beside "$port" 6031)
  printf '%s\n' "$silo_port" >"$RUN_DIR/$name.siloport"
  start_host "$silo" "$name" "$port" \
    --JobGrid:Cluster:SiloPort="$silo_port" --JobGrid:Cluster:GatewayPort="$(port_beside "$port" 24920)" "$@"
}

# start_embedded NAME HTTP_PORT [HOST OPTIONS]
start_embedded() {
  local host
  host=$(output_of "$EMBEDDED_PROJECT")
  start_host "$host" "$@"
}

# start_host ASSEMBLY NAME HTTP_PORT [HOST OPTIONS]: in the background, with the probe classes.
start_host() {
  local assembly=$1 name=$2 url=http://127.0.0.1:$3
  shift 3
  printf '%s\n' "$url" >"$RUN_DIR/$name.url"
  start_detached "$name" dotnet "$assembly" --contentRoot="$(dirname "$assembly")" --JobGrid:Http:Url="$url" --JobGrid:Probe:Enabled=true "$@"
}

node_url() { cat "$RUN_DIR/${1:-node}.url"; }

await_node() {
  if ! wait_ready node "$(node_url)" "$READY_SECONDS"; then
    tail -n 30 "$LOG_DIR/node.log" >&2
    stop node
    fail "the node did not become ready; its log is $LOG_DIR/node.log"
  fi
  say "The node is ready: $(node_url)"
  if [[ -n $1 ]]; then
    next_steps "./grid down"
  else
    next_steps "Ctrl-C"
    attend_node
  fi
}

next_steps() {
  printf '  %-24s %s\n' "$(node_url)/" 'the dashboard, for a browser' './grid demo docs' 'three jobs for every file of a folder' \
    './grid jobs classes' 'the job classes with their limits and counts' \
    './grid jobs --help' 'submit, list, watch, cancel, retry, pause, …' \
    "$1" "stops it and keeps the jobs in $(shown "$DATA_DIR")"
}

# Shows the node's log until the node ends; Ctrl-C or SIGTERM stops it.
attend_node() {
  local tail
  tail -n 0 -f "$LOG_DIR/node.log" &
  tail=$!
  trap 'stop node; kill "$tail" 2>/dev/null || true; exit 0' INT TERM HUP
  while running node; do sleep 1; done
  kill "$tail" 2>/dev/null || true
  stop node
  fail "the node has ended; its log is $LOG_DIR/node.log"
}

help_demo() {
  cat <<'TEXT'
usage: grid demo FOLDER [demo options]

Submits a transcode, an index and an email job for every file of FOLDER to the running node, shows the progress of each class, and
prints what came out. Starts a node for itself when none runs, and stops it afterwards. Running it twice does no work twice.
A node that runs reads only below the folder that its `grid up --sources` named, without it below this repository.
Further options go to the demo; `grid demo FOLDER --help` lists them.
TEXT
}

cmd_demo() {
  case ${1:-} in
    -h | --help) help_demo && return ;;
    '') usage_error "demo: which folder?" ;;
  esac
  local folder=$1 own='' status=0 demo
  shift
  [[ -d $folder ]] || fail "demo: there is no folder '$folder'"
  folder=$(realpath "$folder")
  need curl "to see whether the node is ready"
  make_home
  build_program "$DEMO_PROJECT"
  if ! running node; then
    own=1
    build_engine orleans
    trap 'stop node' EXIT
    start_node "$(free_port $DEFAULT_PORT)" "${GRID_POSTGRES:-}" "$folder"
    await_node detached >/dev/null
  fi
  demo=$(output_of "$DEMO_PROJECT")
  dotnet "$demo" "$folder" --url "$(node_url)" "$@" || status=$?
  [[ -z $own ]] || { stop node && trap - EXIT; }
  return "$status"
}

help_jobs() {
  cat <<'TEXT'
usage: grid jobs ARGS

Runs the command-line client against the node that `grid up` started, or a silo of `grid cluster`; without one, against
$ORLEANSJOBS_URL or http://127.0.0.1:5080. `grid jobs --help` lists its commands.
TEXT
}

cmd_jobs() {
  if (($# == 0)) || [[ $1 == -h ]]; then
    help_jobs && return
  fi
  build_program "$CLI_PROJECT"
  local name cli
  for name in node $(remembered); do
    [[ -n ${ORLEANSJOBS_URL:-} ]] && break
    running "$name" && ORLEANSJOBS_URL=$(node_url "$name")
  done
  export ORLEANSJOBS_URL=${ORLEANSJOBS_URL:-http://127.0.0.1:$DEFAULT_PORT}
  cli=$(output_of "$CLI_PROJECT")
  dotnet "$cli" "$@"
}

help_down() {
  cat <<'TEXT'
usage: grid down

Stops what `grid up` and `grid cluster` started, and nothing else: asks each process to drain, then stops the private PostgreSQL.
The jobs of `grid up` stay in .grid/data.
TEXT
}

cmd_down() {
  case ${1:-} in
    -h | --help) help_down && return ;;
    ?*) usage_error "down takes no options" ;;
  esac
  local hosts
  mapfile -t hosts < <(remembered | grep -v '^postgres$' || true)
  ((${#hosts[@]} == 0)) || stop "${hosts[@]}"
  rm -f "$RUN_DIR"/*.{url,siloport}
  stop_postgres
  say "stopped: ${hosts[*]:-nothing was running}"
}
