# shellcheck shell=bash
# Building: the SDK, and what to do where the Orleans packages are not to be had.

readonly CONFIGURATION=Release
readonly SOLUTION=$ROOT/OrleansJobs.sln

need_dotnet() {
  local dir
  for dir in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
    command -v dotnet >/dev/null 2>&1 && break
    [[ -n $dir && -x $dir/dotnet ]] && PATH=$dir:$PATH
  done
  need dotnet "(the .NET 10 SDK, https://dot.net)"
  export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
  export DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_UI_LANGUAGE=en
  (cd "$ROOT" && dotnet --version >/dev/null 2>&1) ||
    fail "the .NET SDK that global.json asks for is not installed; there is: $(dotnet --list-sdks | cut -d' ' -f1 | paste -sd' ')"
}

# All projects of the solution, as paths below the root.
solution_projects() {
  sed -n 's/^Project(.*"\([^"]*\.csproj\)".*/\1/p' "$SOLUTION" | tr -d '\r' | tr '\134' / | sort
}

# Projects that reference a Microsoft.Orleans package, themselves or through other projects.
orleans_projects() {
  local -A needs=()
  local project reference grew=1
  while ((grew)); do
    grew=0
    while read -r project; do
      [[ -n ${needs[$project]:-} ]] && continue
      if grep -q 'PackageReference Include="Microsoft\.Orleans\.' "$ROOT/$project"; then
        needs[$project]=1 grew=1
        continue
      fi
      while read -r reference; do
        [[ -n ${needs[$reference]:-} ]] && needs[$project]=1 grew=1
      done < <(project_references "$project")
    done < <(solution_projects)
  done
  printf '%s\n' "${!needs[@]}" | sort
}

# What a project references, as paths below the root.
project_references() {
  local path
  sed -n 's/.*ProjectReference Include="\([^"]*\)".*/\1/p' "$ROOT/$1" | tr '\134' / | while read -r path; do
    realpath -m --relative-to="$ROOT" "$ROOT/$(dirname "$1")/$path"
  done
}

free_projects() { comm -23 <(solution_projects) <(orleans_projects); }

# Packages that the project itself names, without those of Orleans.
own_packages() {
  grep -o 'PackageVersion Include="[^"]*"' "$ROOT/Directory.Packages.props" | cut -d'"' -f2 | grep -v '^Microsoft\.Orleans\.'
}

# judge_restore LOG: prints the Orleans packages that are missing. Fails if none is, or if the restore failed for any other reason: a
# project that does not need Orleans failed, or another package that this repository names is missing. That packages on which only
# Orleans depends are missing too, or come in another version, is a consequence and no reason.
judge_restore() {
  awk -v root="$ROOT/" -v orleans="$(orleans_projects | paste -sd' ')" -v own="$(own_packages | paste -sd' ')" '
    BEGIN {
      for (i = split(orleans, list, " "); i > 0; i--) needs[list[i]]
      for (i = split(own, list, " "); i > 0; i--) named[list[i]]
    }
    !/ error / { next }
    {
      project = $0
      sub(/ *: error .*/, "", project)
      if (index(project, root) == 1) project = substr(project, length(root) + 1)
      if (!(project in needs) || !/ error NU(1101|1102|1103|1603|1605|1608):/) { other = 1; next }
      package = $0
      if (!sub(/.*Unable to find .*package /, "", package) && !sub(/.* but /, "", package) && !sub(/.*downgrade: /, "", package)) next
      sub(/\.? .*/, "", package)
      if (package ~ /^Microsoft\.Orleans\./) missing[package]
      else if (package in named) other = 1
    }
    END {
      for (package in missing) { print package; found = 1 }
      exit !found || other
    }' "$1" | sort
}

# Restores a project or solution; its output goes to a log. 0 restored · 3 only Orleans packages are missing (then in ORLEANS_MISSING)
# · 1 anything else.
restore() {
  local log=$LOG_DIR/restore.log
  (cd "$ROOT" && dotnet restore "$1" --verbosity minimal >"$log" 2>&1) && return 0
  if ORLEANS_MISSING=$(judge_restore "$log"); then
    ORLEANS_MISSING=${ORLEANS_MISSING//$'\n'/, }
    return "$EXIT_NO_ORLEANS"
  fi
  show_errors "$log"
  return "$EXIT_FAILED"
}

show_errors() {
  { grep -E ': (error|warning) |error [A-Z]+[0-9]+:' "$1" || tail -n 30 "$1"; } | sort -u | head -n 40 >&2
  warn "the whole output is in $1"
}

# build TARGET: builds what was restored.
build() {
  local log=$LOG_DIR/build.log
  (cd "$ROOT" && dotnet build "$1" -c "$CONFIGURATION" --no-restore --verbosity quiet -nodeReuse:false >"$log" 2>&1) && return
  show_errors "$log"
  fail "the build failed"
}

# build_orleans COMMAND PROJECT: restores and builds a project that needs Orleans, or says why not and exits 3.
build_orleans() {
  need_dotnet
  make_home
  local status=0
  restore "$ROOT/$2" || status=$?
  if ((status == EXIT_NO_ORLEANS)); then
    warn "'$1' needs Orleans, and the package sources of this machine lack: $ORLEANS_MISSING"
    exit "$EXIT_NO_ORLEANS"
  fi
  ((status == 0)) || fail "the restore failed"
  build "$ROOT/$2"
}

# build_plain PROJECT: restores and builds a project that does not need Orleans.
build_plain() {
  need_dotnet
  make_home
  restore "$ROOT/$1" || fail "the restore failed"
  build "$ROOT/$1"
}

# build_if_newer PROJECT ASSEMBLY: builds a project that does not need Orleans, unless its output is newer than every source.
build_if_newer() {
  local output sources=("$ROOT/$(dirname "$1")" "$ROOT/Directory.Build.props" "$ROOT/Directory.Packages.props" "$ROOT/src") newer
  output=$(find "$ROOT/$(dirname "$1")/bin/$CONFIGURATION" -mindepth 2 -maxdepth 2 -name "$2.dll" 2>/dev/null | sort | tail -n 1) || output=''
  if [[ -n $output ]]; then
    newer=$(find "${sources[@]}" \( -name bin -o -name obj \) -prune -o -type f -newer "$output" -print -quit)
    [[ -n $newer ]] || return 0
  fi
  build_plain "$1"
  touch "$(output_of "$1" "$2")" # a build that found nothing to do leaves the old time
}

# output_of PROJECT ASSEMBLY: the path of what a build made.
output_of() {
  local dir
  dir=$ROOT/$(dirname "$1")/bin/$CONFIGURATION
  find "$dir" -mindepth 2 -maxdepth 2 -name "$2.dll" 2>/dev/null | sort | tail -n 1 | grep . || fail "the build of $1 made no $2.dll"
}

# write_filter NAME < projects: makes a solution filter of just these projects in .grid.
write_filter() {
  local separator='' project solution
  solution=$(realpath -m --relative-to="$GRID_HOME" "$SOLUTION")
  {
    printf '{"solution":{"path":"%s","projects":[' "$solution"
    while read -r project; do
      printf '%s"%s"' "$separator" "${project//\//\\\\}"
      separator=,
    done
    printf ']}}\n'
  } >"$GRID_HOME/$1"
}
