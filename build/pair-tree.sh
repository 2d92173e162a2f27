#!/usr/bin/env bash
# $1: a tar of Debian 12 for the nodes of `make pair`, made once: debootstrap, what the originals depend on, and a folder with the originals'
# packages, which is the tree's only package archive (nodes have no way outside). MIRROR= for another mirror than debootstrap's own.
. "$(dirname "$0")/common.sh"
tar=$1
[ ! -s "$tar" ] || exit 0

if [ -z "${2:-}" ]; then
    [ "$(id -u)" = 0 ] || die "a tree of Debian is made by root"
    work=$(mktemp -d /var/tmp/dropin-tree.XXXXXX)
    trap 'rm -rf --one-file-system "$work"' EXIT
    say "a tree of Debian 12 for the nodes (once, about a minute): ${tar#"$ROOT"/}"
    # What debootstrap mounts is gone when its namespace is, before anything is removed.
    unshare --mount --propagation private --pid --fork --kill-child --mount-proc bash build/pair-tree.sh "$tar" "$work"
    exit
fi

log=$2/log tree=$2/tree
run() { "$@" >>"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; die "failed: $*"; }; }
inside() { run env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 chroot "$tree" "$@"; }

run debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,iproute2,procps,rsyslog,logrotate,adduser bookworm "$tree" ${MIRROR:-}

printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d"; chmod 755 "$tree/usr/sbin/policy-rc.d"
inside apt-get update
dependencies=$(chroot "$tree" apt-get install -s --no-install-recommends haproxy keepalived | awk '/^Inst/ && $2 != "haproxy" && $2 != "keepalived" { print $2 }')
inside apt-get install -y --no-install-recommends $dependencies
mkdir -p "$tree/srv/debian"
inside sh -c 'cd /srv/debian && apt-get download haproxy keepalived'
(cd "$tree/srv/debian" && dpkg-scanpackages . 2>>"$log" >Packages) || die "dpkg-scanpackages failed"
rm "$tree/usr/sbin/policy-rc.d"

echo 'deb [trusted=yes] file:/srv/debian ./' >"$tree/etc/apt/sources.list"
printf 'APT::Get::Assume-Yes "true";\nAPT::Install-Recommends "false";\nDpkg::Use-Pty "0";\n' >"$tree/etc/apt/apt.conf.d/90pair"
run rm -rf "$tree"/var/lib/apt/lists "$tree"/var/cache/apt/archives "$tree"/usr/share/doc "$tree"/usr/share/locale
mkdir -p "$tree/var/lib/apt/lists/partial" "$tree/var/cache/apt/archives/partial"
inside apt-get update
inside systemctl enable systemd-networkd
inside systemctl mask getty.target console-getty.service
mkdir -p "$(dirname "$tar")"
run tar -C "$tree" -cf "$tar.part" .
mv "$tar.part" "$tar"
