#!/usr/bin/env bash
# The operator's story on two booted nodes (tests/Pair), each combination of programs beside the originals. docs/PAIR.md tells what is played.
# COMBINATIONS="ours/ours ..." and STEPS="plug ..." for some; WRITE=1 also writes docs/PAIR.md; FRESH=1 makes the tree of Debian again.
# All of it runs in namespaces of its own for mounts, processes and names of networks: when it ends, however it does, the kernel takes all away.
. "$(dirname "$0")/common.sh"
[ "$(uname -s)" = Linux ] && command -v dpkg >/dev/null || die "make pair boots two nodes of Debian: it runs on Debian and its relatives alone"
[ "$(id -u)" = 0 ] || die "make pair mounts, boots nodes and makes networks: run it as root (it uses none of the machine's own addresses)"
[ -z "${WRITE:-}" ] || [ -z "${COMBINATIONS:-}${STEPS:-}" ] || die "WRITE=1 needs a whole run, without COMBINATIONS and STEPS"

needs systemd-nspawn=systemd-container debootstrap=debootstrap ip=iproute2 dpkg-scanpackages=dpkg-dev
unshare --mount --pid --fork --mount-proc ip link show lo >/dev/null 2>&1 || die "no namespaces of mounts and processes can be made here (a container without CAP_SYS_ADMIN?): make pair needs them"
[ -e /sys/fs/cgroup/cgroup.controllers ] || [ -d /sys/fs/cgroup/systemd ] || die "no control groups of systemd at /sys/fs/cgroup: systemd-nspawn needs them"

ls "$ARTIFACTS"/deb/dropin-haproxy_*.deb "$ARTIFACTS"/deb/dropin-keepalived_*.deb >/dev/null 2>&1 || bash build/deb.sh
tree=$ARTIFACTS/pair/debian-12.tar
[ -z "${FRESH:-}" ] || rm -f "$tree"
bash build/pair-tree.sh "$tree"
program=$(built Pair)

name=dropin-pair-$$
result=$ARTIFACTS/pair/result.md
child=
# What a run has left in the file system: $1 is its name.
sweep() {
    local hierarchy try
    for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/systemd /sys/fs/cgroup/unified; do
        for try in $(seq 50); do                                    # what was killed is still ending
            [ -d "$hierarchy/$1" ] || break
            find "$hierarchy/$1" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
        done
    done
    rm -rf --one-file-system "$ARTIFACTS/pair/$1"
}
clean() {
    [ -z "$child" ] || kill -KILL "$child" 2>/dev/null || true      # --kill-child: all that it started goes along
    [ -z "$child" ] || wait "$child" 2>/dev/null || true
    sweep "$name"
}
trap 'clean; trap - EXIT; say "interrupted; nothing is left behind"; exit 130' INT TERM HUP
trap clean EXIT

# Runs that were killed so that they could not clean up themselves.
for left in "$ARTIFACTS"/pair/dropin-pair-*; do
    [ ! -d "$left" ] || kill -0 "${left##*-}" 2>/dev/null || sweep "${left##*/}"
done

folder=$ARTIFACTS/pair/$name
mkdir -p "$folder/tree"
tar -C "$folder/tree" -xf "$tree"
say "two nodes a combination (log: artifacts/pair/log)"
setpriv --pdeathsig KILL nice -n -5 unshare --mount --propagation private --pid --fork --kill-child --mount-proc bash -c '
    mkdir -p /run/netns && mount -t tmpfs -o mode=755 names /run/netns
    log=$1; shift; "$@" 2>&1 | tee "$log"; exit "${PIPESTATUS[0]}"' pair "$ARTIFACTS/pair/log" dotnet "$program" "$folder/tree" "$folder" "$ARTIFACTS/deb" "$result" \
    </dev/null &
child=$!
code=0
wait "$child" || code=$?
child=
if [ -n "${WRITE:-}" ]; then
    sed '/^<!-- results -->$/q' docs/PAIR.md >"$ARTIFACTS/pair/page.md"
    { cat "$ARTIFACTS/pair/page.md"; echo; cat "$result"; } >docs/PAIR.md
    say "docs/PAIR.md written"
fi
exit "$code"
