#!/usr/bin/env bash
# artifacts/rpm/*.rpm from packaging/rpm, the files it shares with packaging/deb and the executables of artifacts/bin (published first where one is
# missing or FRESH=1 asks for it). ARCH=aarch64 makes those of another machine, in artifacts/rpm-arm64/. CHECK=1 also lists the contents, installs into an empty root without scripts and runs rpmlint where it is installed.
. "$(dirname "$0")/common.sh"

command -v rpmbuild >/dev/null || command -v apt-get >/dev/null || die "rpmbuild is missing: install rpm-build"
needs rpmbuild=rpm
published haproxy keepalived halog
RPMS=$ARTIFACTS/rpm$FOREIGN

say "building packages"
tree=$RPMS/tree
rm -rf "$RPMS"; mkdir -p "$tree"/{bin,units,lib,samples/haproxy,samples/keepalived}
cp "$BIN"/{haproxy,keepalived,halog} "$tree/bin/"
cp -r packaging/deb/man packaging/deb/completions "$tree/"
cp packaging/rpm/settle.sh "$tree/lib/"
# Fedora's names for what Debian keeps in /etc/default; its unit also reads a directory of files.
sed -e '/EnvironmentFile=-\/etc\/default/d' -e 's|"EXTRAOPTS=[^"]*"|"OPTIONS=-S /run/haproxy-master.sock" "CFGDIR=/etc/haproxy/conf.d"|' \
    -e 's|\$EXTRAOPTS|$OPTIONS|; s|-f \$CONFIG|-f $CONFIG -f $CFGDIR|' packaging/deb/debian/dropin-haproxy.haproxy.service >"$tree/units/haproxy.service"
sed -e 's|/etc/default/keepalived|/etc/sysconfig/keepalived|; s|\$DAEMON_ARGS|$KEEPALIVED_OPTIONS|' packaging/deb/debian/dropin-keepalived.keepalived.service >"$tree/units/keepalived.service"
sed '/errorfile/d' packaging/deb/haproxy/etc/haproxy/haproxy.cfg >"$tree/samples/haproxy/haproxy.cfg"
sed 's|if \[ -x /usr/lib/rsyslog/rsyslog-rotate.*|systemctl kill -s HUP rsyslog.service 2>/dev/null \|\| true|' packaging/deb/haproxy/etc/logrotate.d/haproxy >"$tree/samples/haproxy/logrotate"
printf '# More options of the command line (haproxy -h), read by the unit:\n#OPTIONS="-S /run/haproxy-master.sock"\n' >"$tree/samples/haproxy/sysconfig"
printf '# Options for the command line of keepalived (keepalived --help), read by the unit.\nKEEPALIVED_OPTIONS="-D"\n' >"$tree/samples/keepalived/sysconfig"
cp packaging/deb/keepalived/etc/keepalived/keepalived.conf.sample "$tree/samples/keepalived/"
mkdir -p "$tree/bus"; cp packaging/deb/keepalived/bus-policy.conf "$tree/bus/policy.conf"; cp -r packaging/deb/keepalived/interfaces "$tree/bus/"
cp -r packaging/deb/keepalived/mibs "$tree/mibs"
cp packaging/deb/haproxy/tmpfiles.conf "$tree/haproxy.tmpfiles"
printf 'u haproxy - "haproxy" /var/lib/haproxy /sbin/nologin\n' >"$tree/haproxy.sysusers"

stamp=$(date -u -d "$(sed -n 's/^ -- .*>  //p' packaging/deb/debian/changelog | head -1)" +%s)
SOURCE_DATE_EPOCH=$stamp rpmbuild -bb --target "$GNU_ARCH" --define "_topdir $RPMS" --define "_sourcedir $tree" --define "_rpmdir $RPMS/out" \
    --define 'use_source_date_epoch_as_buildtime 1' --define 'clamp_mtime_to_source_date_epoch 1' --define '_buildhost localhost' --define '_binary_payload w19.zstdio' \
    packaging/rpm/dropin.spec >"$RPMS/build.log" 2>&1 || { tail -20 "$RPMS/build.log" >&2; die "rpmbuild failed (whole log: $RPMS/build.log)"; }
mv "$RPMS"/out/*/*.rpm "$RPMS/"
rm -rf "$RPMS"/{out,tree,BUILD,BUILDROOT,SOURCES,SPECS,SRPMS,RPMS}

if [ -n "${CHECK:-}" ]; then
    root=$(mktemp -d)
    trap 'rm -rf "$root"' EXIT
    for package in "$RPMS"/*.rpm; do
        say "${package##*/}"
        rpm -qlp "$package"
        rpm -qp --requires --provides --conflicts "$package" | sort -u
    done
    rpm --root "$root" --dbpath /var/lib/rpm --nodeps --noscripts --ignorearch -i "$RPMS"/*.rpm
    if [ -n "$FOREIGN" ]; then say "$ARCH: the executables are not started here"; else
        "$root/usr/sbin/haproxy" -v | head -1
        "$root/usr/sbin/keepalived" -v 2>&1 | head -1
        "$root/usr/bin/genhash" -h >/dev/null 2>&1 || [ $? = 1 ]
        "$root/usr/bin/halog" -h >/dev/null
    fi
    rpm --root "$root" --dbpath /var/lib/rpm -qa
    if command -v rpmlint >/dev/null; then rpmlint "$RPMS"/*.rpm || true; fi
fi
for package in "$RPMS"/*.rpm; do say "${package#"$ROOT"/}: $(stat -c %s "$package" | awk '{ printf "%.2f MB", $1 / 1e6 }')"; done
