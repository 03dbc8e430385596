# Sourced by the scripts of this folder: stands in the root of the repository,
# gives ccache what it needs for our builds only, and counts gates.
#
#   gate NAME COMMAND...       runs COMMAND, says how it ended and how long it
#                              took, counts it, goes on either way
#   test_gate PRESET ARG...    the same for ctest; counts its tests instead
#   count_from FILE            counts the "N passed, N failed" that ends FILE, the
#                              output of the last gate, instead of that gate
#   finish                     names the gates and tests that failed, prints
#                              "N passed, N failed"; fails if one did

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
    last_gate=passed
    printf -- '-- %s: ok (%d s)\n' "$name" $((SECONDS - start))
  else
    failed=$((failed + 1))
    failures+=("$name")
    last_gate=failed
    printf -- '-- %s: FAILED with %d (%d s)\n' "$name" $status \
      $((SECONDS - start))
    [[ $gates_stop == no ]] || finish
  fi
}

test_gate() {
  local preset=$1 log before=$failed
  # A stop waits until the tests that failed are known.
  local stop=$gates_stop gates_stop=no
  shift
  log=$(mktemp)
  gate "tests, $preset" run_ctest "$log" "$preset" "$@"
  local line names=()
  line=$(grep -E 'tests failed out of [0-9]+' "$log" || true)
  mapfile -t names < <(failed_tests "$log")
  rm -f "$log"
  if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
    replace_gate $((BASH_REMATCH[2] - BASH_REMATCH[1])) "${BASH_REMATCH[1]}" \
      "${names[@]/#/tests, $preset: }"
  fi
  if ((failed > before)) && [[ $stop == yes ]]; then finish; fi
}

# failed_tests LOG: the names below "The following tests FAILED:", with why.
failed_tests() {
  sed -n '/^The following tests FAILED:/,/^$/s/^[[:space:]]*[0-9]* - //p' "$1"
}

# replace_gate PASSED FAILED NAME...: counts what the last gate ran in place of
# the gate, so that a test that fails is one failure and not two.  A gate that
# failed although nothing in it did stays one.
replace_gate() {
  local right=$1 wrong=$2
  shift 2
  if [[ $last_gate == passed ]]; then
    passed=$((passed - 1))
  elif ((wrong > 0)); then
    failed=$((failed - 1))
    unset 'failures[-1]'
  fi
  passed=$((passed + right))
  failed=$((failed + wrong))
  failures+=("$@")
}

run_ctest() {
  local log=$1 preset=$2
  shift 2
  ctest --preset "$preset" -j"$jobs" "$@" 2>&1 | tee "$log"
  return "${PIPESTATUS[0]}"
}

count_from() {
  local line names=()
  line=$(tail -n 1 "$1")
  mapfile -t names < <(sed -n 's/^FAILED: //p' "$1")
  if [[ $line =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    replace_gate "${BASH_REMATCH[1]}" "${BASH_REMATCH[2]}" "${names[@]}"
  fi
}

finish() {
  printf '\n'
  if ((failed > 0)); then printf 'FAILED: %s\n' "${failures[@]}"; fi
  printf '%d passed, %d failed\n' "$passed" "$failed"
  ((failed == 0)) && exit 0
  exit 1
}
