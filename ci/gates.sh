# Sourced by the scripts of this folder: stands in the root of the repository,
# gives ccache what it needs for our builds only, and counts gates.
#
#   gate NAME COMMAND...       runs COMMAND, says how it ended and how long it
#                              took, counts it, goes on either way
#   test_gate PRESET ARG...    the same for ctest; counts its tests
#   count_from FILE            adds the "N passed, N failed" that ends FILE
#   finish                     prints "N passed, N failed"; fails if one did

cd "$(dirname "${BASH_SOURCE[0]}")/.."

# Paths below the root are made relative, so that every clone shares the cache.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
export CTEST_OUTPUT_ON_FAILURE=1
jobs=$(nproc)

passed=0
failed=0
failures=()
gates_stop=${gates_stop:-no}  # yes: the first failure is the last gate

gate() {
  local name=$1 start=$SECONDS status=0
  shift
  printf '\n== %s\n' "$name"
  "$@" || status=$?
  if ((status == 0)); then
    passed=$((passed + 1))
    printf -- '-- %s: ok (%d s)\n' "$name" $((SECONDS - start))
  else
    failed=$((failed + 1))
    failures+=("$name")
    printf -- '-- %s: FAILED with %d (%d s)\n' "$name" $status \
      $((SECONDS - start))
    [[ $gates_stop == no ]] || finish
  fi
}

test_gate() {
  local preset=$1 log
  shift
  log=$(mktemp)
  gate "tests, $preset" run_ctest "$log" "$preset" "$@"
  # The gate itself was counted once; its tests are what one wants to know.
  local line
  line=$(grep -E 'tests failed out of [0-9]+' "$log" || true)
  rm -f "$log"
  if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
    local wrong=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
    passed=$((passed + all - wrong))
    failed=$((failed + wrong))
  fi
}

run_ctest() {
  local log=$1 preset=$2
  shift 2
  ctest --preset "$preset" -j"$jobs" "$@" 2>&1 | tee "$log"
  return "${PIPESTATUS[0]}"
}

count_from() {
  local line
  line=$(tail -n 1 "$1")
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1]))
    failed=$((failed + BASH_REMATCH[2]))
  fi
}

finish() {
  printf '\n'
  local name
  for name in "${failures[@]}"; do printf 'FAILED: %s\n' "$name"; done
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0)) && exit 0
  exit 1
}
