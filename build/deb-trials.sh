#!/usr/bin/env bash
# Trials of the packages in fresh trees and booted nodes (debootstrap, systemd-nspawn); needs root and a mirror. TRIALS="name ..." for some of
# them, TRIALS_DIR=folder for trees and logs. Exit code 1 when one fails. docs/PACKAGES.md has the table of their outcomes.
. "$(dirname "$0")/common.sh"
TRIALS_DIR=${TRIALS_DIR:-$ARTIFACTS/deb-trials}
LOG=$TRIALS_DIR/log
FAILED=()
mkdir -p "$TRIALS_DIR"
for part in build/deb-trials/*.sh; do . "$part"; done

[ "$(id -u)" = 0 ] || die "the trials make trees and boot nodes: run them as root"
needs debootstrap=debootstrap systemd-nspawn=systemd-container
ls "$ARTIFACTS"/deb/dropin-haproxy_*.deb >/dev/null 2>&1 || bash build/deb.sh

# Each function trial_NAME is a trial, in the order of the files.
all=$(cat build/deb-trials/*.sh | sed -n 's/^trial_\([a-z0-9_]*\)().*/\1/p')
cleanup() { shut; [ -z "${TREE:-}" ] || [ -n "${KEEP:-}" ] || drop_tree; }
trap cleanup EXIT
for TRIAL in ${TRIALS:-$all}; do
    NSPAWN= LEADER= TREE=$TRIALS_DIR/tree-$TRIAL before=${#FAILED[@]}
    say "$TRIAL"
    set +e
    "trial_$TRIAL"
    set -e
    cleanup
    if [ ${#FAILED[@]} = "$before" ]; then say "$TRIAL: passed"; else say "$TRIAL: FAILED"; fi
done
trap - EXIT
[ ${#FAILED[@]} = 0 ] || { printf 'FAILED: %s\n' "${FAILED[@]}" >&2; exit 1; }
