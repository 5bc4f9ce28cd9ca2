# shellcheck shell=bash
# Throughput.

readonly BENCH_PROJECT=benchmarks/OrleansJobs.Benchmarks/OrleansJobs.Benchmarks.csproj

help_bench() {
  cat <<'TEXT'
usage: grid bench [SCENARIO…] [--json FILE] [options]

Measures throughput on this machine: `e2e` (both engines, both stores), `e2e-adonet`; all scenarios when none is named. PostgreSQL scenarios use a private server.

  --json FILE  also write the figures as a JSON array of {scenario, engine, store, unit, median, min, max, runs}

Further options go to the benchmark program: `--engine orleans|embedded` and `--store postgres|sqlite` choose among the scenarios,
`--runs` and `--jobs` say how much is run. Without PostgreSQL it says so, with exit code 3.
TEXT
}

cmd_bench() {
  local arguments=() bench
  while (($#)); do
    case $1 in
      -h | --help) help_bench && return ;;
      --json) need_value "$@" && arguments+=(--json "$(realpath -m "$2")") && shift 2 ;;
      *) arguments+=("$1") && shift ;;
    esac
  done
  build_orleans bench "$BENCH_PROJECT"
  bench=$(output_of "$BENCH_PROJECT" OrleansJobs.Benchmarks)
  dotnet "$bench" ${arguments[@]+"${arguments[@]}"}
}
