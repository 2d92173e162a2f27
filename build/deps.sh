#!/usr/bin/env bash
# Installs what the build and the tests use: a linker for Native AOT, the originals to compare with, HTTP tools.
# Only what is missing is installed, only as root, only with the machine's own package manager. No packaged service is
# ever started: the tests start what they need themselves, on loopback or inside their own namespaces.
. "$(dirname "$0")/common.sh"

# command -> Debian package
wanted='haproxy:haproxy nginx:nginx-light wrk:wrk h2load:nghttp2-client varnishtest:varnish socat:socat ip:iproute2 keepalived:keepalived
        curl:curl openssl:openssl perl:perl-base ps:procps xz:xz-utils dbus-daemon:dbus
        snmpd:snmpd snmptrapd:snmptrapd snmpwalk:snmp'

missing=()
command -v clang >/dev/null || command -v gcc >/dev/null || missing+=(gcc libc6-dev)
[ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
for pair in $wanted; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${pair%%:*}" >/dev/null || missing+=("${pair##*:}")
done
[ ${#missing[@]} -gt 0 ] || { say "tools: all there"; exit 0; }

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "missing: ${missing[*]}" >&2
    echo "Install these packages (Debian names), or run this as root on Debian. Tests which need them are skipped and say so." >&2
    if command -v clang >/dev/null || command -v gcc >/dev/null; then exit 0; fi
    die "without a C linker (clang or gcc) no Native AOT executable can be made"
fi

say "installing ${missing[*]}"
made_policy=
if [ ! -e /usr/sbin/policy-rc.d ]; then       # forbids the packages to start their services while they are configured
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod 755 /usr/sbin/policy-rc.d
    made_policy=1
fi
trap '[ -z "$made_policy" ] || rm -f /usr/sbin/policy-rc.d' EXIT

export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
apt-get update -qq >"$log" 2>&1 </dev/null || true      # a third-party source that does not answer is not our matter
if ! apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null; then
    tail -20 "$log" >&2
    die "apt-get could not install: ${missing[*]}"
fi
rm -f "$log"
# On a machine with systemd the packages enable their units: not for us.
for unit in haproxy keepalived nginx varnish varnishncsa snmpd snmptrapd; do
    if [ -d /run/systemd/system ] && [[ " ${missing[*]} " == *" ${unit/nginx/nginx-light} "* ]]; then
        systemctl disable "$unit" "$unit.socket" >/dev/null 2>&1 || true
    fi
done
