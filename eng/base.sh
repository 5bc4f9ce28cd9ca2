# shellcheck shell=bash
# shellcheck disable=SC2034 # what is set here is used in the other parts
# What every command uses: messages, exit codes, places.

readonly EXIT_FAILED=1 EXIT_USAGE=2

GRID_HOME=${GRID_HOME:-$ROOT/.grid}
readonly GRID_HOME
readonly RUN_DIR=$GRID_HOME/run LOG_DIR=$GRID_HOME/logs DATA_DIR=$GRID_HOME/data

say() { printf '%s\n' "$*"; }

warn() { printf 'grid: %s\n' "$*" >&2; }

fail() {
  warn "$*"
  exit "$EXIT_FAILED"
}

usage_error() {
  warn "$* (see: grid -h)"
  exit "$EXIT_USAGE"
}

# need PROGRAM WHY: says in one line what is missing.
need() { command -v "$1" >/dev/null 2>&1 || fail "'$1' is needed $2, and is not installed"; }

# need_value OPTION REST...: an option that takes a value has one.
need_value() { [[ $# -ge 2 ]] || usage_error "$1 needs a value"; }

# need_count OPTION VALUE MIN MAX
need_count() {
  if [[ ! $2 =~ ^[0-9]{1,9}$ ]] || ((10#$2 < $3 || 10#$2 > $4)); then
    usage_error "$1 must be a number from $3 to $4, not '$2'"
  fi
}

# What is kept, logged and mailed is for nobody else's eyes.
make_home() {
  { mkdir -p "$RUN_DIR" "$LOG_DIR" "$DATA_DIR" && chmod 700 "$RUN_DIR" "$LOG_DIR" "$DATA_DIR"; } 2>/dev/null || fail "cannot write to $GRID_HOME (set GRID_HOME to another directory)"
}

# A path as it is shown: from here, if it is below.
shown() { realpath -m --relative-base="$PWD" "$1"; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port FROM: the first port from there on that nobody listens on.
free_port() {
  local port=$1
  while port_taken "$port"; do
    port=$((port + 1))
    ((port < 65536)) || fail "no free port from $1 on"
  done
  printf '%s\n' "$port"
}

# port_beside PORT DISTANCE: a free one that far up, which begins again at 1024 after the highest.
port_beside() { free_port $((1024 + ($1 + $2 - 1024) % 64512)); }

now_ms() {
  local now=${EPOCHREALTIME/[.,]/}
  printf '%s\n' "$((now / 1000))"
}

seconds() { printf '%d.%d' "$(($1 / 1000))" "$(($1 % 1000 / 100))"; }

((BASH_VERSINFO[0] >= 5)) || fail "bash 5 or newer is needed, this is $BASH_VERSION"
