#!/usr/bin/env bash
# artifacts/deb/*.deb from packaging/deb and the executables of artifacts/bin (published first where one is missing or FRESH=1 asks for it).
# Reproducible: all times are the changelog's. CHECK=1 builds twice, compares the bytes and runs lintian, which is installed with the rest.
. "$(dirname "$0")/common.sh"

needs dh=debhelper dpkg-buildpackage=dpkg-dev ${CHECK:+lintian=lintian}

names=(haproxy keepalived halog)
published "${names[@]}"

# The packages into $1: a tree of packaging/deb and bin/, built by debhelper.
packages() {
    local out=$1 tree=$1/dropin
    rm -rf "$out"; mkdir -p "$tree/bin"
    cp -r packaging/deb/. "$tree/"
    for name in "${names[@]}"; do cp "$ARTIFACTS/bin/$name" "$tree/bin/"; done
    (cd "$tree" && umask 022 && dpkg-buildpackage -b -us -uc >"../build.log" 2>&1) || { tail -30 "$out/build.log" >&2; die "dpkg-buildpackage failed (whole log: $out/build.log)"; }
    rm -rf "$tree"
}

say "building packages"
packages "$ARTIFACTS/deb"
if [ -n "${CHECK:-}" ]; then
    packages "$ARTIFACTS/deb-again"
    for deb in "$ARTIFACTS"/deb/*.deb; do cmp "$deb" "$ARTIFACTS/deb-again/${deb##*/}" || die "two builds differ: ${deb##*/}"; done
    rm -rf "$ARTIFACTS/deb-again"
    say "two builds: equal bytes"
    as_root=(); [ "$(id -u)" != 0 ] || as_root=(--allow-root)
    lintian "${as_root[@]}" --fail-on error "$ARTIFACTS"/deb/*.changes || die "lintian has errors"
fi
for deb in "$ARTIFACTS"/deb/*.deb; do say "${deb#"$ROOT"/}: $(stat -c %s "$deb" | awk '{ printf "%.2f MB", $1 / 1e6 }')"; done
