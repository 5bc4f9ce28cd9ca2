# shellcheck shell=bash
# Packages, for whoever installs OrleansJobs.

help_pack() {
  cat <<'TEXT'
usage: grid pack [--version V] [--output DIR]

Makes the NuGet packages of all libraries, with their symbols, and that of the command-line client, which is a .NET tool. Prints each with
its size.

  --version V   the packages' version, such as 1.2.3 or 1.2.3-beta.1; without it that of Directory.Build.props
  --output DIR  where they go (.grid/packages, which is emptied before)
TEXT
}

cmd_pack() {
  local output='' options=()
  while (($#)); do
    case $1 in
      -h | --help) help_pack && return ;;
      --version) need_value "$@" && need_version "$2" && options+=("-p:Version=$2") && shift 2 ;;
      --output) need_value "$@" && output=$(realpath -m -- "$2") && shift 2 ;;
      *) usage_error "pack: unknown option '$1'" ;;
    esac
  done
  make_home
  if [[ -z $output ]]; then
    output=$GRID_HOME/packages
    rm -rf "$output"
  fi
  mkdir -p "$output" 2>/dev/null || fail "pack: cannot make the folder $output"
  pack "$output" ${options[@]+"${options[@]}"}
  print_packages "$output"
}

need_version() {
  [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || usage_error "--version must be like 1.2.3 or 1.2.3-beta.1, not '$1'"
}

# The packages' version is a part of the projects' lock files, which are those of a build.
readonly UNLOCKED=(-p:RestorePackagesWithLockFile=false "-p:NuGetLockFilePath=none")

# pack FOLDER [MSBUILD OPTIONS]: as for a release, so in a place of its own: what is built here to be run keeps its paths and its version.
pack() {
  local output=$1
  shift
  need_dotnet
  : >"$LOG_DIR/build.log"
  set -- --artifacts-path "$GRID_HOME/release" -p:ContinuousIntegrationBuild=true -p:RunAnalyzers=false "${UNLOCKED[@]}" "$@"
  dotnet_step 'Restoring the packages' '' restore "$SOLUTION" "$@" || fail "the packages could not be restored"
  end_phase 'Restored the packages'
  dotnet_step 'Packing' '' pack "$SOLUTION" -c "$CONFIGURATION" --no-restore -nodeReuse:false --output "$output" "$@" || fail "the packages could not be made"
  end_phase 'Packed'
}

# print_packages FOLDER: those that were made now; in the folder there may be others.
print_packages() {
  local file count=0
  while read -r file; do
    printf '%-48s %6d KB\n' "$(basename "$file")" $((($(stat -c %s "$file") + 1023) / 1024))
    count=$((count + 1))
  done < <(sed -n "s/.*Successfully created package '\(.*\.nupkg\)'.*/\1/p" "$LOG_DIR/build.log" | sort)
  say "$count packages in $(shown "$1")"
  ((count > 0))
}
