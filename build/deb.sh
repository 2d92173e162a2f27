#!/usr/bin/env bash
# artifacts/deb/*.deb from packaging/deb and the executables of artifacts/bin (published first where one is missing or FRESH=1 asks for it).
# Reproducible: all times are the changelog's. CHECK=1 builds twice, compares the bytes and runs lintian, which is installed with the rest.
. "$(dirname "$0")/common.sh"

missing=()
command -v dh >/dev/null || missing+=(debhelper)
command -v dpkg-buildpackage >/dev/null || missing+=(dpkg-dev)
command -v lintian >/dev/null || [ -z "${CHECK:-}" ] || missing+=(lintian)
if [ ${#missing[@]} -gt 0 ]; then
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "missing: ${missing[*]}: install these packages (Debian names), or run this as root on Debian"
    say "installing ${missing[*]}"
    log=$(mktemp)
    apt-get update -qq >"$log" 2>&1 </dev/null || true
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null || { tail -20 "$log" >&2; die "apt-get could not install: ${missing[*]}"; }
    rm -f "$log"
fi

names=(haproxy keepalived halog)
for name in "${names[@]}"; do
    if [ -n "${FRESH:-}" ] || [ ! -x "$ARTIFACTS/bin/$name" ]; then bash build/publish.sh; break; fi
done

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
