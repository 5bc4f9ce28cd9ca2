# shellcheck shell=bash
# Throughput.


help_bench() {
  cat <<'TEXT'
usage: grid bench [SCENARIO…] [--json FILE] [options]

Measures throughput on this machine: `e2e` (both engines, both stores) and `e2e-adonet`, which are run when none is named; `store-64`,
`store-256`, `store-512`, a store alone with so many writers; `backlog-10k`, `backlog-1m`, `backlog-5m`, `backlog-1m-ring`, dispatch from a backlog
of so many jobs; `pages-20k`, `pages-2m`, the first answers of all pages over HTTP with so many jobs, which fail from 200 ms on at the 95th percentile;
`dashboards-50`, what 50 open dashboards cost of the throughput, in percent.
PostgreSQL scenarios use a private server.

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
  build_program "$BENCH_PROJECT"
  bench=$(output_of "$BENCH_PROJECT")
  dotnet "$bench" ${arguments[@]+"${arguments[@]}"}
}
