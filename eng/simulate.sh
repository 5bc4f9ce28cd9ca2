# shellcheck shell=bash
# The simulator: the core under a virtual clock, with faults.


help_simulate() {
  cat <<'TEXT'
usage: grid simulate [--seeds N] [--seed K] [--verbose]
       grid simulate --mutations [--only TEXT]

Runs the core under a virtual clock with the seeds K to K+N-1, on every core of this machine: silos crash, freeze, are cut off and drain,
messages and writes go wrong, and a checker for each invariant judges the history. A violation is told with its seed, the command that
replays it and the history of the job or class concerned; the exit code is then 1. See docs/simulation.md.

  --seeds N     how many seeds (1000)
  --seed K      the first one (1); `today` for the first of this day, as the tests run them
  --verbose     tell of every violation, and with `--seeds 1` the whole history
  --mutations   break the core and the protocol on purpose, one way after the other, and see each caught; exit code 1 if one is not
  --only TEXT   only mutations with this in their name
TEXT
}

cmd_simulate() {
  local argument simulation
  for argument in "$@"; do
    if [[ $argument == -h || $argument == --help ]]; then
      help_simulate
      return
    fi
  done
  build_program "$SIMULATION_PROJECT"
  simulation=$(output_of "$SIMULATION_PROJECT")
  dotnet "$simulation" "$@"
}
