# shellcheck shell=bash
# Building: the SDK, what is to be built, and how far it has come.

readonly CONFIGURATION=Release
readonly SOLUTION=$ROOT/OrleansJobs.sln
readonly SILO_PROJECT=silo/OrleansJobs.Silo.csproj CLI_PROJECT=client/OrleansJobs.Cli.csproj
readonly EMBEDDED_PROJECT=samples/LearningPlatform.Embedded/LearningPlatform.Embedded.csproj
readonly DEMO_PROJECT=samples/LearningPlatform.Demo/LearningPlatform.Demo.csproj
readonly SIMULATION_PROJECT=tests/OrleansJobs.Simulation/OrleansJobs.Simulation.csproj
readonly BENCH_PROJECT=benchmarks/OrleansJobs.Benchmarks/OrleansJobs.Benchmarks.csproj

# What the script runs, by the assembly that its build makes.
readonly -A PROGRAMS=(
  ["$SILO_PROJECT"]=OrleansJobs.Silo ["$EMBEDDED_PROJECT"]=LearningPlatform.Embedded ["$CLI_PROJECT"]=jobs ["$DEMO_PROJECT"]=demo
  ["$SIMULATION_PROJECT"]=OrleansJobs.Simulation ["$BENCH_PROJECT"]=OrleansJobs.Benchmarks
)

need_dotnet() {
  local dir
  for dir in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    command -v dotnet >/dev/null 2>&1 && break
    [[ -n $dir && -x $dir/dotnet ]] && PATH=$dir:$PATH
  done
  need dotnet "(the .NET 10 SDK, https://dot.net)"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  # The compiler's server: a compiler that starts anew for each project takes twice as long.
  export UseSharedCompilation=true
  export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_UI_LANGUAGE=en
  export SkipAddAspireDefaultReferences=true # Aspire's orchestrator and dashboard, 300 MB: no build or test needs them
  (cd "$ROOT" && dotnet --version >/dev/null 2>&1) ||
    fail "the .NET SDK that global.json asks for is not installed; there is: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')"
}

# All projects of the solution, as paths below the root.
solution_projects() {
  sed -n 's/^Project(.*"\([^"]*\.csproj\)".*/\1/p' "$SOLUTION" | tr -d '\r' | tr '\134' / | sort
}

# build TARGET [MSBUILD OPTIONS]: restores and builds it, and tells how that goes. The whole output is in a log.
build() {
  local target=$1 total
  shift
  need_dotnet
  make_home
  : >"$LOG_DIR/build.log"
  dotnet_step 'Restoring the packages' '' restore "$target" "$@" || fail "the packages could not be restored"
  end_phase 'Restored the packages'
  total=$(project_files "$target" | wc -l)
  dotnet_step 'Building' "$total" build "$target" -c "$CONFIGURATION" --no-restore -nodeReuse:false "$@" || fail "the build failed"
  end_phase "Built $total projects"
}

# dotnet_step DOING TOTAL COMMAND...: a phase of a build.
dotnet_step() {
  local log=$LOG_DIR/build.log doing=$1 total=$2
  shift 2
  begin_phase "$doing${total:+ $total projects}"
  (cd "$ROOT" && dotnet "$@" --verbosity minimal -tl:off 2>&1) | follow "$log" "$doing" "$total" && return
  drop_phase
  show_errors "$log"
  return "$EXIT_FAILED"
}

# build_program PROJECT: builds one of PROGRAMS, unless its output is newer than every source. Analyzers are left to `grid test`.
build_program() {
  local output began
  need_dotnet
  if output=$(output_of "$1") && up_to_date "$ROOT/$1" "$output"; then return; fi
  began=$(build_time)
  build "$ROOT/$1" -p:RunAnalyzers=false
  output_of "$1" >/dev/null || fail "the build of $1 made no ${PROGRAMS[$1]}.dll"
  date_output "$1" "$began"
}

# build_solution: with analyzers.
build_solution() {
  local began project
  began=$(build_time)
  build "$SOLUTION"
  for project in "${!PROGRAMS[@]}"; do date_output "$project" "$began"; done
}

build_time() { printf '%s\n' "${EPOCHREALTIME/,/.}"; }

# date_output PROJECT TIME: what a program was built from is what was there then: a build that finds nothing to do leaves an old time, and a
# source may change while it runs.
date_output() { touch -d "@$2" "$(output_of "$1")"; }

# up_to_date PROJECT OUTPUT: no file of the project, or of those that it references, is newer.
up_to_date() {
  local folders newer
  mapfile -t folders < <(project_files "$1" | xargs -rd '\n' -n 1 dirname)
  ((${#folders[@]})) || return 1
  newer=$(find "${folders[@]}" "$ROOT"/Directory.*.* \( -name bin -o -name obj \) -prune -o -type f -newer "$2" -print -quit) && [[ -z $newer ]]
}

# project_files TARGET: a project and all that it references, as its last restore found them; nothing before the first. Or all projects of
# the solution.
project_files() {
  local graph
  if [[ $1 == "$SOLUTION" ]]; then
    solution_projects
    return
  fi
  graph=$(dirname "$1")/obj/$(basename "$1").nuget.dgspec.json
  [[ ! -r $graph ]] || sed -n 's/.*"projectUniqueName": "\([^"]*\)".*/\1/p' "$graph" | sort -u
}

# output_of PROJECT: the path of what the build of one of PROGRAMS made; fails if it made nothing.
output_of() {
  local dir
  dir=$ROOT/$(dirname "$1")/bin/$CONFIGURATION
  find "$dir" -mindepth 2 -maxdepth 2 -name "${PROGRAMS[$1]}.dll" 2>/dev/null | sort | tail -n 1 | grep .
}

show_errors() {
  { grep -E ': (error|warning) |error [A-Z]+[0-9]+:' "$1" || tail -n 30 "$1"; } | sort -u | head -n 40 >&2
  warn "the whole output is in $1"
}
