#!/usr/bin/env bash
# Ours beside the original, in turns, on the same work; the table of docs/BENCHMARKS.md.
# ROWS="http-keepalive-32 tcp" for some rows; OURS=, ORIGINAL= other binaries; BENCH_SECONDS (3), ROUNDS (4); WRITE=1 also writes docs/BENCHMARKS.md.
. "$(dirname "$0")/common.sh"
for needed in wrk nginx taskset; do
    PATH=$PATH:/usr/sbin command -v $needed >/dev/null || die "$needed is missing: run 'make deps'"
done
export PATH=$PATH:/usr/sbin
original=${ORIGINAL:-/usr/sbin/haproxy}
[ -x "$original" ] || die "no haproxy to compare with ($original): run 'make deps'"
binary=$(ours)
say "benchmarks: $binary beside $original, in turns (results in artifacts/bench/)"
ulimit -n "$(ulimit -Hn)"
report=$ARTIFACTS/bench/$(date -u +%Y%m%d-%H%M%S).md
tool Benchmarks "$original" "$binary" "$report" --seconds "${BENCH_SECONDS:-3}" --rounds "${ROUNDS:-4}" ${ROWS:-}
if [ -n "${WRITE:-}" ]; then
    {
        echo "# Benchmarks"
        echo
        echo "Made by \`make bench WRITE=1${ROWS:+ ROWS=\"$ROWS\"}\`. Ratios hold on one machine in one run; absolute figures do not travel."
        echo
        cat "$report"
    } >docs/BENCHMARKS.md
    say "docs/BENCHMARKS.md written"
fi
