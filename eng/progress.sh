# shellcheck shell=bash
# Telling how long work goes on, on stderr: what a command prints may be read by another program.

readonly PROGRESS_SECONDS=10

# A phase: begin_phase, then phase as often as there is something to tell, then end_phase or drop_phase. On a terminal one line that
# changes; elsewhere a line at once, and another after PROGRESS_SECONDS.
begin_phase() {
  PHASE_BEGAN=$(now_ms) PHASE_TOLD=''
  phase "$1"
}

phase() {
  local took=$(($(now_ms) - PHASE_BEGAN))
  if [[ -t 2 ]]; then
    printf '\r\e[K%s, %d s' "$1" $((took / 1000)) >&2
  elif [[ -z $PHASE_TOLD ]]; then
    PHASE_TOLD=0
    printf '%s\n' "$1" >&2
  elif ((took / 1000 >= PHASE_TOLD + PROGRESS_SECONDS)); then
    PHASE_TOLD=$((took / 1000))
    printf '%s, %d s\n' "$1" "$PHASE_TOLD" >&2
  fi
}

# end_phase WHAT WAS DONE
end_phase() {
  drop_phase
  printf '%s in %s s.\n' "$1" "$(seconds $(($(now_ms) - PHASE_BEGAN)))" >&2
}

drop_phase() { [[ ! -t 2 ]] || printf '\r\e[K' >&2; }

# follow LOG DOING [TOTAL] < output: appends it to the log and tells of it in the phase that has begun; with TOTAL also how many projects
# are built.
follow() {
  local log=$1 doing=$2 total=${3:-} line='' part status
  local -A built=()
  while :; do
    status=0
    IFS= read -r -t 1 part || status=$?
    line+=$part
    if ((status <= 128)); then
      ((status == 0)) || [[ -n $line ]] || break
      printf '%s\n' "$line" >>"$log"
      [[ $line != *' -> '* ]] || built[${line%% -> *}]=1
      line=''
    fi
    phase "$doing${total:+: ${#built[@]} of $total projects}"
  done
}
