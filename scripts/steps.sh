# Sourced by the scripts here: named steps, each with its time and a log of its own under build/logs.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs="$root/build/logs"
mkdir -p "$logs"

# attempt NAME COMMAND...: runs the command quietly; when it fails, shows the end of its log and returns its exit code.
attempt() {
  local name=$1 status=0 start=$SECONDS
  shift
  local log="$logs/${name// /-}.log"
  printf '%-42s ' "$name ..."
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ "$status" = 0 ]; then
    printf 'ok %5d s\n' $((SECONDS - start))
    return 0
  fi
  printf 'FAILED with exit code %d after %d s\n' "$status" $((SECONDS - start))
  tail -n "${STEP_TAIL:-40}" "$log" | sed 's/^/    | /'
  printf 'Failed: %s. The whole log: %s\n' "$name" "$log"
  return "$status"
}

# step NAME COMMAND...: as above, and ends the script when the command fails.
step() {
  attempt "$@" || exit $?
}
