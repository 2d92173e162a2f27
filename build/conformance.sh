#!/usr/bin/env bash
# HAProxy's own regression tests on our binary (or PROGRAM), judged by tests/Conformance/Expected.toml.
# TESTS="part of a name ..." runs some; PROMOTE=1 moves what passes now to the list of passes; JOBS, LIMIT (seconds a test).
. "$(dirname "$0")/common.sh"
if ! command -v varnishtest >/dev/null; then
    echo "skipped: varnishtest is missing (package varnish); 'make deps' installs it"
    echo "conformance: 0 passed, 0 failed, 1 skipped"
    exit 0
fi
if ! bash build/fetch-reg-tests.sh; then
    echo "skipped: the suite cannot be fetched on this machine"
    echo "conformance: 0 passed, 0 failed, 1 skipped"
    exit 0
fi
program=${PROGRAM:-$(ours)}
say "regression tests of HAProxy 2.6 on $program"
options=()
[ -z "${JOBS:-}" ] || options+=(--jobs "$JOBS")
[ -z "${LIMIT:-}" ] || options+=(--limit "$LIMIT")
[ -z "${PROMOTE:-}" ] || options+=(--promote)
# Another program than ours is not judged by our list: all that fails is shown.
[ -z "${PROGRAM:-}" ] || options+=(--no-list)
tool Conformance "$ARTIFACTS/reg-tests/reg-tests" "$program" tests/Conformance/Expected.toml "$ARTIFACTS/conformance" "${options[@]}" ${TESTS:-}
