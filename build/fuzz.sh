#!/usr/bin/env bash
# Every fuzz target for SECONDS_PER_TARGET (60); TARGET="name ..." for some. What is found is kept in fixtures/fuzz/TARGET and replayed by make test.
. "$(dirname "$0")/common.sh"
say "fuzzing (${SECONDS_PER_TARGET:-60} s a target)"
tool Fuzz "${SECONDS_PER_TARGET:-60}" ${TARGET:-}
