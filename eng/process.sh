# shellcheck shell=bash
# Processes that the script starts in the background: each has a file NAME.pid with its id and start time, so that an id that the
# system has given to another process since is never taken for ours.

readonly STOP_SECONDS=60

# Something that tells a process from a later one with the same id.
birth_of() {
  if [[ -r /proc/$1/stat ]]; then
    sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20
  else
    ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' _
  fi
}

remember() { printf '%s %s\n' "$2" "$(birth_of "$2")" >"$RUN_DIR/$1.pid"; }

# pid_of NAME: the id, if that process still runs.
pid_of() {
  local pid birth
  [[ -r $RUN_DIR/$1.pid ]] || return 1
  read -r pid birth <"$RUN_DIR/$1.pid" || return 1
  kill -0 "$pid" 2>/dev/null && [[ $(birth_of "$pid") == "$birth" ]] || return 1
  printf '%s\n' "$pid"
}

running() { pid_of "$1" >/dev/null; }

# Names of what has a pid file.
remembered() {
  local file
  for file in "$RUN_DIR"/*.pid; do
    [[ -e $file ]] && basename "$file" .pid
  done
}

# start_detached NAME COMMAND...: runs it in a session of its own, with a log.
start_detached() {
  local name=$1
  shift
  setsid_or_nohup "$@" >"$LOG_DIR/$name.log" 2>&1 </dev/null &
  remember "$name" $!
  disown
}

setsid_or_nohup() {
  if command -v setsid >/dev/null 2>&1; then exec setsid "$@"; else exec nohup "$@"; fi
}

# stop NAME...: asks all of them to stop, waits for them together, and kills what does not leave.
stop() {
  local name pid until
  for name in "$@"; do
    if pid=$(pid_of "$name"); then kill -TERM "$pid" 2>/dev/null || true; fi
  done
  until=$((SECONDS + STOP_SECONDS))
  for name in "$@"; do
    while running "$name" && ((SECONDS < until)); do sleep 0.1; done
    if pid=$(pid_of "$name"); then
      warn "$name ($pid) did not leave within $STOP_SECONDS s; killed"
      kill -KILL "$pid" 2>/dev/null || true
    fi
    rm -f "$RUN_DIR/$name".{pid,url,siloport}
  done
}

# wait_ready NAME URL SECONDS: until the node answers that it is ready, which is told as a phase; fails as soon as its process is gone.
wait_ready() {
  local until=$((SECONDS + $3))
  begin_phase "Starting $1"
  until curl -fs --noproxy '*' --max-time 5 -o /dev/null "$2/health/ready" 2>/dev/null; do
    if ! running "$1" || ((SECONDS >= until)); then
      drop_phase
      return 1
    fi
    phase "Starting $1"
    sleep 0.2
  done
  end_phase "Started $1"
}
