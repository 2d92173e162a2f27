#!/usr/bin/env bash
# Everything that decides whether a change may land: tools, build, publish, every test project, the conformance suite.
# The last line sums all suites. Exit code 1 when anything failed.
. "$(dirname "$0")/common.sh"
RESULTS=$ARTIFACTS/test-results
rm -rf "$RESULTS"; mkdir -p "$RESULTS"
started=$SECONDS
broken=0

bash build/deps.sh
bash build/build.sh
bash build/publish.sh
export DROPIN_HAPROXY=$ARTIFACTS/bin/haproxy

# A project that hangs must not hold the others: its time is bounded, and what it did not report counts as failed.
run_project() {
    local project=$1 name dll
    name=$(basename "$project" .csproj)
    dll=$ARTIFACTS/bin/$name/$(echo "$CONFIGURATION" | tr '[:upper:]' '[:lower:]')/$name.dll
    say "tests of $name"
    if ! timeout -k 10 "${TEST_TIMEOUT:-900}" dotnet test "$dll" --logger "trx;LogFileName=$name.trx" --results-directory "$RESULTS" \
            --nologo -v q </dev/null >"$RESULTS/$name.log" 2>&1; then
        tail -n 200 "$RESULTS/$name.log"
        if [ ! -s "$RESULTS/$name.trx" ]; then echo "$name: no result (crashed, or longer than ${TEST_TIMEOUT:-900} s)"; broken=$((broken + 1)); fi
    fi
}

for project in $(grep -lE 'Tests\.props' tests/*/*.csproj | sort); do run_project "$project"; done

say "conformance: HAProxy's own regression tests"
if ! timeout -k 10 900 bash build/conformance.sh </dev/null >"$RESULTS/conformance.log" 2>&1; then
    grep -q '^conformance:' "$RESULTS/conformance.log" || broken=$((broken + 1))
    tail -n 60 "$RESULTS/conformance.log"
fi
grep -E "^PROMOTE" "$RESULTS/conformance.log" || true

say "summary (in $((SECONDS - started)) s)"
bash build/summary.sh "$RESULTS" "$broken"
