# Other releases, the upgrade of a release, and nodes without systemd.

# Over the originals of $1 and back, in a booted node.
release_story() {
    tree "$1"; boot || return
    check "the originals run" originals_that_run
    figure "originals: $(node sh -c 'dpkg-query -W haproxy keepalived' | paste -sd ' ')"
    remember
    replacement ours
    check "unit files" node systemctl cat haproxy keepalived
    figure "units: $(node systemctl show -P FragmentPath haproxy keepalived | grep . | paste -sd ' ')"
    check "haproxy -c" node haproxy -c -f /etc/haproxy/haproxy.cfg
    check "haproxy -vv" node haproxy -vv
    check "keepalived -t" node keepalived -t
    check "libraries are found: linked" node_sh '! ldd /usr/sbin/haproxy /usr/sbin/keepalived | grep "not found"'
    libraries
    check "apt purge of the originals" apt_in purge haproxy keepalived
    kept "after it"
    both_serve
    reboot_node || return
    sleep 4; both_serve
    check "the address is there" node_sh 'ip -4 address show dev eth0 | grep -q 192.0.2.10/24'
    check "originals come back without a question" originals
    kept "then"
    equal "left behind" "" "$(left_behind)"
    both_serve
    # dpkg alone, which removes the replaced package after ours are unpacked.
    check "dpkg -i over the originals" node_sh 'dpkg -i /repo/*.deb || { apt-get -y -qq install -f; dpkg -i /repo/*.deb; }'
    check "unit files after dpkg -i" node_sh 'test -e /lib/systemd/system/haproxy.service && test -e /lib/systemd/system/keepalived.service'
    kept "after dpkg -i"
    both_serve
    check "back with dpkg's memory" originals
    kept "after the way back"
    both_serve
}

# What is loaded by need: digests (libssl), a regular expression (libpcre2), a password (libcrypt).
libraries() {
    cat >"$TREE/root/libraries.cfg" <<'CFG'
userlist people
    user one password $5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5
defaults
    mode http
    timeout client 5s
    timeout connect 5s
    timeout server 5s
frontend by-need
    bind 127.0.0.1:8443
    http-request deny deny_status 401 if { path /secret } !{ http_auth(people) }
    http-request return status 200 content-type text/plain lf-string "%[path,sha2(256),hex]" if { path_reg ^/a+$ }
    http-request return status 200
CFG
    node haproxy -f /root/libraries.cfg >>"$LOG" 2>&1 & sleep 1
    equal "digest and regular expression" "$(printf /aaa | sha256sum | cut -d' ' -f1 | tr a-f A-F)" "$(node curl -s http://127.0.0.1:8443/aaa)"
    equal "a password that is right and one that is wrong" "200 401" "$(node curl -s -o /dev/null -w '%{http_code}' -u 'one:Hello world!' http://127.0.0.1:8443/secret) $(node curl -s -o /dev/null -w '%{http_code}' -u one:two http://127.0.0.1:8443/secret)"
    figure "loaded: $(node_sh 'cat /proc/$(pgrep -f libraries.cfg | head -1)/maps' | grep -oE '[^/]*(ssl|crypto|pcre2|crypt)[^/]*\.so[.0-9]*' | sort -u | paste -sd ' ')"
    node pkill -f libraries.cfg
}

trial_bookworm() { release_story bookworm; }
trial_trixie() { release_story trixie; }
trial_jammy() { release_story jammy; }
trial_noble() { release_story noble; }

# Debian 12 becomes 13 under ours.
trial_upgrade_of_release() {
    local user
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    laid_by "$TRIALS_DIR/laid-bookworm"
    check "ours take their place" ours
    remember; user=$(node id haproxy)
    shut
    sed -i 's/bookworm/trixie/g' "$TREE/etc/apt/sources.list"
    check "the new release is fetched" in_base "$TREE" 'apt-get clean; apt-get update -qq && apt-get -y -qq -d full-upgrade'
    boot || return
    sleep 4; both_serve
    equal "full-upgrade would take or bring" "" "$(node sh -c "apt-get -s dist-upgrade | grep -E '^(Inst|Remv) (dropin-|haproxy|keepalived)'")"
    watch client python3 /trials/client.py 127.0.0.1 80
    check "full-upgrade" node_sh 'NEEDRESTART_SUSPEND=1 apt-get -y -qq -o Dpkg::Options::=--force-confold full-upgrade'
    figure "client: $(watched client)"
    equal "release" trixie "$(. "$TREE/etc/os-release"; echo "$VERSION_CODENAME")"
    kept "then"
    equal "user" "$user" "$(node id haproxy)"
    reboot_node || return
    sleep 4; both_serve
    equal "executables belong to" "dropin-haproxy dropin-keepalived" "$(holder haproxy) $(holder keepalived)"
    equal "failed units" "" "$(node systemctl --failed --plain --no-legend | grep -E 'haproxy|keepalived')"
    check "autoremove" apt_in autoremove
    both_serve
    check "originals of the new release" in_base "$TREE" 'apt-get -y -qq -d install haproxy keepalived'
    check "originals come back" originals
    both_serve
    laid_by "$TRIALS_DIR/laid-trixie"
    renewed "$TRIALS_DIR/laid-bookworm" "$TRIALS_DIR/laid-trixie"
    kept "the others"
}

# A tree in which no systemd runs: a container, a chroot. $1: a policy-rc.d that forbids starts.
trial_without_systemd() {
    tree bookworm
    inside() { systemd-nspawn -q --register=no --keep-unit --private-network --resolv-conf=off --as-pid2 --directory="$TREE" /bin/sh -c "$1" 2>&1 </dev/null; }
    printf '#!/bin/sh\nexit 101\n' >"$TREE/usr/sbin/policy-rc.d"; chmod +x "$TREE/usr/sbin/policy-rc.d"
    check "installed where starts are forbidden" inside 'apt-get -y -qq install /repo/*.deb'
    check "enabled for the next boot" inside 'test -L /etc/systemd/system/multi-user.target.wants/haproxy.service && test -L /etc/systemd/system/multi-user.target.wants/keepalived.service'
    check "removed and installed again" inside 'apt-get -y -qq purge dropin-haproxy dropin-keepalived && apt-get -y -qq install /repo/*.deb'
    rm "$TREE/usr/sbin/policy-rc.d"
    configure
    # The init scripts, called by hand.
    inside '
        ip link set lo up; ip link add eth0 type veth peer name eth1; ip link set eth0 up; ip link set eth1 up; ip address add 192.0.2.1/24 dev eth0
        step() { "$@" >/tmp/out 2>&1; echo "$? ${*##*/}"; }
        for name in haproxy keepalived; do s=/etc/init.d/$name; step $s status; step $s start; sleep 1; step $s status; step $s reload; sleep 1; step $s restart; sleep 1; step $s force-reload; sleep 1; step $s status; done
        sleep 4; curl -s http://192.0.2.10/
        sed -i "s/bind :80/bindd :80/" /etc/haproxy/haproxy.cfg
        step /etc/init.d/haproxy reload; step /etc/init.d/haproxy restart; curl -s http://192.0.2.10/
        sed -i "s/bindd :80/bind :80/" /etc/haproxy/haproxy.cfg
        step service haproxy reload; step invoke-rc.d haproxy restart; step invoke-rc.d keepalived restart; sleep 4
        curl -s http://192.0.2.10/; cat /run/haproxy.pid | wc -l; pgrep -c haproxy; pgrep -c keepalived
        for name in haproxy keepalived; do step /etc/init.d/$name stop; sleep 1; step /etc/init.d/$name status; step /etc/init.d/$name stop; done
        pgrep -c haproxy; pgrep -c keepalived; ip -4 address show dev eth0 | grep -c 192.0.2.10
    ' >"$TRIALS_DIR/sysv-ours"
    check "originals in their place" in_base "$TREE" 'apt-get -y -qq install haproxy keepalived'
    equal "left behind" "" "$(cd "$TREE" && grep dropin var/lib/dpkg/diversions; ls -d etc/dpkg/dpkg.cfg.d/dropin* 2>/dev/null)"
    figure "init scripts: $(paste -sd, "$TRIALS_DIR/sysv-ours")"
}
