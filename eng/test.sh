# shellcheck shell=bash
# Tests: build once, run every test project, add up.

# What makes packages and builds applications from them takes minutes in one test.
readonly HANG_TIMEOUT=15m
readonly FAST_FILTER='Category!=Slow'
# Test projects that run at once. Most of the time a test waits.
readonly STANDARD_LANES=2 MAX_LANES=16
# A test's name and reason take up to so many characters.
readonly REASON_LENGTH=400

help_test() {
  cat <<'TEXT'
usage: grid test [--fast] [--filter EXPRESSION] [--lanes N]

Builds once and runs every test project, two at a time. Prints a line for each, the reason of each skipped test, the conformance suite's
results on each engine and store, each failed test with its reason, and at the end `Total: N passed, 0 failed, N skipped`. The exit
code is 1 when a test failed, a project crashed or ran no tests, or a test of the conformance suite is missing for an engine or a store.
Screenshots of the dashboard are left in .grid/screenshots.

  --filter EXPRESSION  only these tests, such as `Lifecycle` or `FullyQualifiedName~Drain`
  --fast               leave out tests marked Category=Slow (those with real processes)
  --lanes N            test projects that run at once, from 1 to 16 (2)
TEXT
}

cmd_test() {
  local filter='' fast='' lanes=$STANDARD_LANES
  while (($#)); do
    case $1 in
      -h | --help) help_test && return ;;
      --fast) fast=1 && shift ;;
      --filter) need_value "$@" && filter=$2 && shift 2 ;;
      --lanes) need_value "$@" && need_count "$1" "$2" 1 "$MAX_LANES" && lanes=$2 && shift 2 ;;
      *) usage_error "test: unknown option '$1'" ;;
    esac
  done
  [[ -z $fast ]] || filter=${filter:+($filter)&}$FAST_FILTER
  build_solution
  seed_of_the_day
  solution_projects | grep '^tests/.*\.Tests\.csproj$' | run_projects "$filter" "$lanes"
}

# The simulator's test runs other seeds each day; ORLEANSJOBS_SEED=N runs those of another day again.
seed_of_the_day() {
  export ORLEANSJOBS_SEED=${ORLEANSJOBS_SEED:-$(date -u +%Y%m%d)000000}
  say "Seeds of the day: from $ORLEANSJOBS_SEED on"
}

# run_projects FILTER LANES < projects
run_projects() {
  local passed=0 failed=0 skipped=0 counts whole=''
  rm -rf "$GRID_HOME/test"
  mkdir -p "$GRID_HOME/test"
  cat >"$GRID_HOME/test/queue"
  : >"$GRID_HOME/test/counts"
  run_lanes "$1" "$2"
  while read -ra counts; do
    passed=$((passed + counts[0])) failed=$((failed + counts[1])) skipped=$((skipped + counts[2]))
  done <"$GRID_HOME/test/counts"
  if ((passed + failed + skipped == 0)); then
    warn "no test was run"
    failed=1
  fi
  [[ -n $1 ]] || whole=1
  if ! conformance_matrix "$GRID_HOME/test" "$whole"; then
    warn "the conformance suite is not the same for each engine and store"
    failed=$((failed + 1))
  fi
  list_failed
  say "Total: $passed passed, $failed failed, $skipped skipped"
  ((failed == 0))
}

# run_lanes FILTER LANES: each lane takes the next project of the queue when it has done one. Each is a process group: what a project has
# started ends with it when the run is interrupted.
run_lanes() {
  local lane groups=()
  set -m
  for ((lane = 0; lane < $2; lane++)); do
    run_lane "$1" &
    groups+=("-$!")
  done 8<"$GRID_HOME/test/queue"
  set +m
  trap 'kill -- "${groups[@]}" 2>/dev/null; exit 130' INT TERM
  wait
  trap - INT TERM
}

# run_lane FILTER: 8 is the queue that the lanes share, 9 what the lane that reads or prints has locked.
run_lane() {
  local project
  exec 9>"$GRID_HOME/test/lock"
  while next_project; do
    run_project "$project" "$1"
    printf '%d %d %d\n' "$PASSED" "$FAILED" "$SKIPPED" >>"$GRID_HOME/test/counts"
  done
}

# Sets the caller's project.
next_project() {
  local status=0
  flock 9
  read -r project <&8 || status=1
  flock -u 9
  return "$status"
}

# What failed, once more at the end: the conformance suite's table has pushed it out of sight.
list_failed() {
  local results=("$GRID_HOME"/test/*.trx)
  [[ ! -r ${results[0]} ]] || tests_that Failed failed "${results[@]}"
}

# run_project PROJECT FILTER: sets PASSED, FAILED, SKIPPED. A crash counts as a failure.
run_project() {
  local name results log began status=0 arguments=()
  name=$(basename "$1" .csproj)
  results=$GRID_HOME/test/$name.trx
  log=$GRID_HOME/test/$name.log
  [[ -z $2 ]] || arguments=(--filter "$2")
  began=$(now_ms)
  ORLEANSJOBS_SCREENSHOTS=$GRID_HOME/screenshots dotnet test "$ROOT/$1" --no-build -c "$CONFIGURATION" \
    --logger "trx;LogFileName=$results" --results-directory "$GRID_HOME/test/$name" \
    --blame-hang-timeout "$HANG_TIMEOUT" --blame-hang-dump-type none ${arguments[@]+"${arguments[@]}"} \
    >"$log" 2>&1 </dev/null 8<&- 9>&- || status=$?
  count_results "$results"
  local note=''
  if ((status != 0 && FAILED == 0)); then
    note=' - CRASHED' FAILED=1
  elif ((PASSED + FAILED + SKIPPED == 0)) && [[ -z $2 ]]; then
    note=' - RAN NO TESTS' FAILED=1
  fi
  flock 9
  printf '%-34s %5d passed %4d failed %4d skipped %8s s%s\n' \
    "$name" "$PASSED" "$FAILED" "$SKIPPED" "$(seconds $(($(now_ms) - began)))" "$note"
  [[ ! -r $results ]] || tests_that NotExecuted skipped "$results"
  ((FAILED == 0)) || tail -n 200 "$log"
  flock -u 9
}

# count_results TRX: sets PASSED, FAILED, SKIPPED; all 0 without a file.
count_results() {
  local counters=''
  [[ ! -r $1 ]] || counters=$(grep -o '<Counters [^>]*>' "$1" | tail -n 1)
  local total executed
  total=$(counter "$counters" total) executed=$(counter "$counters" executed)
  PASSED=$(counter "$counters" passed)
  SKIPPED=$((total - executed))
  FAILED=$((executed - PASSED))
}

counter() {
  [[ $1 =~ \ $2=\"([0-9]+)\" ]] && printf '%s\n' "${BASH_REMATCH[1]}" || printf '0\n'
}

# tests_that OUTCOME WORD TRX...: a line for each test with this outcome: WORD, its name and the reason.
tests_that() {
  local outcome=$1 word=$2
  cat "${@:3}" | tr '\n' ' ' | sed 's/<UnitTestResult /\n&/g; s/<\/Results>/\n/g' | sed -nE \
    "/^<UnitTestResult .*outcome=\"$outcome\"/{s/.*testName=\"([^\"]*)\".*<(Message|StdOut)>([^<]*)<.*/    $word: \\1: \\3/;t show;s/.*testName=\"([^\"]*)\".*/    $word: \\1: no reason given/;:show p;}" |
    sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&#xD;//g; s/&#xA;/ /g; s/&amp;/\&/g' | cut -c "1-$REASON_LENGTH"
}
