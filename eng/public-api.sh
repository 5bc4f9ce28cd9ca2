#!/usr/bin/env bash
# public-api.sh [PROJECT...]: writes down anew what each library lets others use: PublicAPI.Unshipped.txt gets what PublicAPI.Shipped.txt lacks.
# PROJECT is a folder of src; without one it is all of them. A release moves the lines of the first file to the second.
set -euo pipefail

cd "$(dirname "$0")/.."

if [[ $# -eq 0 ]]; then
  set -- src/*/
fi

for project in "$@"; do
  project=${project%/}
  echo "$project"
  [[ -f $project/PublicAPI.Shipped.txt ]] || echo '#nullable enable' >"$project/PublicAPI.Shipped.txt"
  echo '#nullable enable' >"$project/PublicAPI.Unshipped.txt"
  RunAnalyzers=true dotnet format analyzers "$project" --diagnostics RS0016 RS0017 --severity warn --verbosity quiet
done
