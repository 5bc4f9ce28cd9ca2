# shellcheck shell=bash
# shellcheck disable=SC2153 # ENGINE is set by build_engine
# The seven verdicts: each made to happen on a private node, and read from its HTTP API.

readonly SCENARIOS=(keeps-up pool-limited rate-limited tenant-capped downstream-slows paused no-silo)
readonly VERDICT_SECONDS=60 SCENARIO_PORT=5680

help_scenario() {
  cat <<'TEXT'
usage: grid scenario NAME|all [--engine ENGINE] [--seconds N]

Starts a private node, makes a situation with its class `probe`, and waits until the overview's verdict and what `jobs why` says of a job are
those of the situation. Prints both, and exits with 1 if they have not come after N seconds. What runs besides is left alone.

  keeps-up          fewer jobs than slots
  pool-limited      more jobs than slots; each takes as long as one alone
  rate-limited      more jobs than the rate of 2 a second
  tenant-capped     one tenant with more jobs than it may run
  downstream-slows  jobs that wait for one another at something that serves one at a time
  paused            a class that is paused
  no-silo           the only silo drains

  --engine ENGINE   orleans (without it) or embedded
  --seconds N       how long to wait for the verdict (60)
TEXT
}

cmd_scenario() {
  local wanted=() engine='' seconds=$VERDICT_SECONDS failed=0 name
  while (($#)); do
    case $1 in
      -h | --help) help_scenario && return ;;
      --engine) need_value "$@" && need_engine "$2" && engine=$2 && shift 2 ;;
      --seconds) need_value "$@" && need_count "$1" "$2" 1 3600 && seconds=$2 && shift 2 ;;
      all) wanted=("${SCENARIOS[@]}") && shift ;;
      *) need_scenario "$1" && wanted+=("$1") && shift ;;
    esac
  done
  ((${#wanted[@]})) || usage_error "scenario: which one? (${SCENARIOS[*]}, or all)"
  need curl "to read the verdict"
  build_engine "${engine:-orleans}"
  build_program "$CLI_PROJECT"
  trap stop_scenario EXIT
  for name in "${wanted[@]}"; do
    run_scenario "$name" "$seconds" || failed=$((failed + 1))
  done
  say "$((${#wanted[@]} - failed)) of ${#wanted[@]} scenarios came out as they should"
  ((failed == 0))
}

need_scenario() { [[ " ${SCENARIOS[*]} " == *" $1 "* ]] || usage_error "scenario: there is no '$1'; there are ${SCENARIOS[*]}, and all"; }

# What is to come out: the verdict, and the reason of the job that is asked why.
expected_of() {
  case $1 in
    keeps-up) say KeepsUp None ;;
    pool-limited) say PoolLimited PoolFull ;;
    rate-limited) say RateLimited Rate ;;
    tenant-capped) say TenantCapped TenantCap ;;
    downstream-slows) say DownstreamSlows PoolFull ;;
    paused) say Paused Paused ;;
    no-silo) say NoSilo NoSilo ;;
  esac
}

# run_scenario NAME SECONDS: on a node of its own with an empty store.
run_scenario() {
  local verdict reason status=0
  read -r verdict reason < <(expected_of "$1")
  start_scenario
  "make_${1//-/_}" >/dev/null
  await_verdict "$verdict" "$reason" "$2" || status=1
  say "$1: $([[ $status == 0 ]] && echo ok || echo "NOT as expected, which is $verdict and $reason")"
  printf '  %s\n' "verdict: $SEEN_VERDICT: $SEEN_SUMMARY" "why: $SEEN_WHY"
  stop_scenario
  return "$status"
}

start_scenario() {
  local port data=$DATA_DIR/scenario cluster=(--JobGrid:Cluster:ClusterId=scenario) start=start_silo
  port=$(free_port "$SCENARIO_PORT")
  [[ $ENGINE == orleans ]] || start=start_embedded cluster=()
  rm -rf "$data"
  mkdir -p "$data"
  "$start" scenario "$port" --JobGrid:Store=sqlite --JobGrid:Sqlite:Path="$data/jobs.db" \
    --LearningPlatform:DataDirectory="$data/learning" ${cluster[@]+"${cluster[@]}"}
  ORLEANSJOBS_URL=$(node_url scenario)
  export ORLEANSJOBS_URL
  wait_ready scenario "$ORLEANSJOBS_URL" "$READY_SECONDS" || {
    tail -n 30 "$LOG_DIR/scenario.log" >&2
    fail "the node did not become ready; its log is $LOG_DIR/scenario.log"
  }
}

stop_scenario() {
  stop scenario
  rm -rf "$DATA_DIR/scenario"
}

jobs_cli() { dotnet "$(output_of "$CLI_PROJECT")" "$@"; }

# probes COUNT MILLISECONDS [SUBMIT OPTIONS]
probes() { jobs_cli submit probe "{\"milliseconds\":$2,\"behaviour\":\"${BEHAVIOUR:-Succeed}\"}" --count "$1" "${@:3}"; }

make_keeps_up() { probes 40 200 --wait; }

# Some run alone first: only who knows how long that takes can tell a full pool from a slow downstream.
make_pool_limited() { flood_after_quiet Succeed 400 250; }

make_downstream_slows() { flood_after_quiet Contend 400 50; }

flood_after_quiet() {
  local BEHAVIOUR=$1
  jobs_cli class probe set --max-local-workers 1
  probes 12 "$3" --wait
  jobs_cli class probe set --max-local-workers 16
  probes "$2" "$3"
}

make_rate_limited() {
  jobs_cli class probe set --rate 2/s
  probes 200 10
}

make_tenant_capped() {
  jobs_cli class probe set --max-concurrent-per-tenant 2
  probes 200 1000 --tenant acme
}

make_paused() {
  jobs_cli pause probe
  probes 5 10
}

make_no_silo() {
  jobs_cli silo drain "$(jobs_cli silos --json | sed 's/.*"silo":"\([^"]*\)".*/\1/')"
  probes 5 10
}

# await_verdict VERDICT REASON SECONDS: what was seen last is then in SEEN_VERDICT, SEEN_SUMMARY and SEEN_WHY.
await_verdict() {
  local until=$((SECONDS + $3)) line
  while :; do
    line=$(curl -fs --noproxy '*' --max-time 5 "$ORLEANSJOBS_URL/api/classes/probe/overview" |
      sed -n 's/.*"verdict":{"kind":"\([A-Za-z]*\)","summary":"\([^"]*\)".*/\1 \2/p') || line=''
    SEEN_VERDICT=${line%% *} SEEN_SUMMARY=${line#* } SEEN_WHY='(not asked)'
    if [[ $SEEN_VERDICT == "$1" ]]; then
      SEEN_WHY=$(why_one)
      [[ $SEEN_WHY == "$2:"* ]] && return
    fi
    ((SECONDS < until)) || return
    sleep 0.3
  done
}

# Asks of a job that waits, or of any if none does.
why_one() {
  local id
  id=$(first_job Queued)
  [[ -n $id ]] || id=$(first_job Succeeded)
  if [[ -n $id ]]; then jobs_cli why "$id"; else say 'there is no job'; fi
}

first_job() { curl -fs --noproxy '*' --max-time 5 "$ORLEANSJOBS_URL/api/jobs?class=probe&state=$1&limit=1" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p'; }
