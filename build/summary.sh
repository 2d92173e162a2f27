#!/usr/bin/env bash
# Sums the result files of all suites. Skipped tests are listed with their reasons; the last line is the total.
. "$(dirname "$0")/common.sh"
results=$1 passed=0 failed=${2:-0} skipped=0
shopt -s nullglob

# Skipped tests by reason: their names when they are few, their number when they are many.
skips() {
    sed 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | awk -F '\t' '
        { reason = $1; sub(/[ \r]+$/, "", reason); count[reason]++; if (count[reason] <= 8) names[reason] = names[reason] "\n        " $2 }
        END { for (r in count) { print "    skipped (" count[r] "): " r names[r]; if (count[r] > 8) print "        ... and " count[r] - 8 " more" } }'
}

for trx in "$results"/*.trx; do
    # One result element a line, whatever the writer's layout.
    flat=$(tr '\n' ' ' <"$trx" | sed 's/<UnitTestResult /\n&/g; s/<\/Results>/\n/g' | grep '^<UnitTestResult ' || true)
    p=$(grep -c 'outcome="Passed"' <<<"$flat" || true)
    f=$(grep -cE 'outcome="(Failed|Error|Timeout|Aborted)"' <<<"$flat" || true)
    s=$(grep -c 'outcome="NotExecuted"' <<<"$flat" || true)
    printf '%-32s %5d passed %4d failed %4d skipped\n' "$(basename "$trx" .trx)" "$p" "$f" "$s"
    grep 'outcome="NotExecuted"' <<<"$flat" | sed -E 's/.*testName="([^"]*)".*<(Message|StdOut)>([^<]*)<.*/\3\t\1/; s/^<UnitTestResult.*testName="([^"]*)".*/no reason given\t\1/' | skips || true
    grep -E 'outcome="(Failed|Error|Timeout|Aborted)"' <<<"$flat" | sed -E 's/.*testName="([^"]*)".*/    FAILED: \1/' || true
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
if line=$(grep -E '^conformance: [0-9]+ passed' "$results/conformance.log" 2>/dev/null | tail -1); then
    read -r _ p _ f _ s _ <<<"${line//,/}"
    printf '%-32s %5d passed %4d failed %4d skipped\n' conformance "$p" "$f" "$s"
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
fi
total="$passed passed, $failed failed, $skipped skipped"
echo "$total" >"$results/total"
[ -n "${TOTAL_LATER:-}" ] || { echo; echo "$total"; }
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
