#!/usr/bin/env bash
# artifacts/deb/*.deb from packaging/deb and the executables of artifacts/bin (published first where one is missing or FRESH=1 asks for it).
# ARCH=arm64 makes those of another machine, in artifacts/deb-arm64/, by debhelper's usual cross build. Reproducible: all times are the changelog's. CHECK=1 builds twice, compares the bytes and runs lintian, which is installed with the rest.
. "$(dirname "$0")/common.sh"

needs dh=debhelper dpkg-buildpackage=dpkg-dev ${CHECK:+lintian=lintian} "${CROSS[@]}"
DEBS=$ARTIFACTS/deb$FOREIGN

names=(haproxy keepalived halog)
published "${names[@]}"

# The packages into $1: a tree of packaging/deb and bin/, built by debhelper.
packages() {
    local out=$1 tree=$1/dropin
    rm -rf "$out"; mkdir -p "$tree/bin"
    cp -r packaging/deb/. "$tree/"
    for name in "${names[@]}"; do cp "$BIN/$name" "$tree/bin/"; done
    (cd "$tree" && umask 022 && dpkg-buildpackage -b -us -uc ${FOREIGN:+-a "$ARCH"} >"../build.log" 2>&1) || { tail -30 "$out/build.log" >&2; die "dpkg-buildpackage failed (whole log: $out/build.log)"; }
    rm -rf "$tree"
}

say "building packages"
packages "$DEBS"
if [ -n "${CHECK:-}" ]; then
    packages "$DEBS-again"
    for deb in "$DEBS"/*.deb; do cmp "$deb" "$DEBS-again/${deb##*/}" || die "two builds differ: ${deb##*/}"; done
    rm -rf "$DEBS-again"
    say "two builds: equal bytes"
    as_root=(); [ "$(id -u)" != 0 ] || as_root=(--allow-root)
    lintian "${as_root[@]}" --fail-on error "$DEBS"/*.changes || die "lintian has errors"
fi
for deb in "$DEBS"/*.deb; do say "${deb#"$ROOT"/}: $(stat -c %s "$deb" | awk '{ printf "%.2f MB", $1 / 1e6 }')"; done
