# What operators have made of their machines, and what happens to machines.

# haproxy as its operator has it, a line a fact. The unit's own limits count only where a drop-in sets them.
operators_haproxy() {
    node_sh 'md5sum /etc/haproxy/conf.d/a.cfg /srv/git/haproxy.cfg /etc/default/haproxy /etc/logrotate.d/haproxy /etc/systemd/system/haproxy.service* /etc/systemd/system/haproxy.service.d/* 2>/dev/null
        readlink /etc/haproxy/haproxy.cfg
        systemctl is-active haproxy; systemctl is-enabled haproxy; systemctl show -P Description -P LimitNOFILE -P NRestarts -P FragmentPath haproxy | grep -E "mine|12345|^[0-9]$|^/etc"
        for c in reload reload-or-restart try-reload-or-restart; do systemctl $c haproxy; echo $c $?; done; service haproxy reload; echo service reload $?; service haproxy status >/dev/null; echo service status $?
        sleep 1; curl -s http://127.0.0.1/; curl -s http://127.0.0.1:82/; test -S /run/mine.sock; echo socket $?
        id haproxy; id collector'
}
same_haproxy() { operators_haproxy >"$TRIALS_DIR/habits-now" 2>&1; if diff "$TRIALS_DIR/habits" "$TRIALS_DIR/habits-now" >"$TRIALS_DIR/habits-diff"; then figure "ok: $1: all $(wc -l <"$TRIALS_DIR/habits") facts as before"; else say_fail "$1: $(paste -sd ' ' "$TRIALS_DIR/habits-diff")"; fi; }

# A drop-in with a reload, a limit and a protection of its own; haproxy.cfg a link into another folder, a folder of more files; members of the
# group; an edited logrotate; then a unit of the operator's own instead of the drop-in; then units that are masked.
trial_habits() {
    local unit
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    node_sh 'mkdir -p /srv/git /etc/systemd/system/haproxy.service.d /etc/haproxy/conf.d
        mv /etc/haproxy/haproxy.cfg /srv/git/ && ln -s /srv/git/haproxy.cfg /etc/haproxy/haproxy.cfg
        printf "frontend more\n    bind :82\n    http-request return status 200 content-type text/plain string two\n" >/etc/haproxy/conf.d/a.cfg
        printf "EXTRAOPTS=\"-f /etc/haproxy/conf.d -S /run/mine.sock\"\n" >>/etc/default/haproxy; echo "# mine" >>/etc/logrotate.d/haproxy
        printf "[Unit]\nDescription=mine\n[Service]\nLimitNOFILE=12345\nExecReload=\nExecReload=/usr/sbin/haproxy -c -q -f /etc/haproxy/haproxy.cfg\nExecReload=/bin/kill -USR2 \$MAINPID\nProtectSystem=strict\nReadWritePaths=/run /var/lib/haproxy\n" >/etc/systemd/system/haproxy.service.d/mine.conf
        useradd -r collector; usermod -aG haproxy collector; usermod -aG adm haproxy
        systemctl daemon-reload; systemctl restart haproxy' >>"$LOG" 2>&1
    operators_haproxy >"$TRIALS_DIR/habits" 2>&1; same_haproxy "asked twice"
    equal "they are there" "2 1 1" "$(grep -cE '^(one$|two)' "$TRIALS_DIR/habits") $(grep -c '^12345$' "$TRIALS_DIR/habits") $(grep -c '^mine$' "$TRIALS_DIR/habits")"
    check "ours take their place" ours; same_haproxy ours
    check "apt purge of the originals" apt_in purge haproxy keepalived; same_haproxy "after it"
    check "the originals come back" originals; same_haproxy originals
    node_sh 'rm -r /etc/systemd/system/haproxy.service.d; for u in haproxy keepalived; do sed "s/^Description=.*/Description=mine/" /lib/systemd/system/$u.service >/etc/systemd/system/$u.service; done; systemctl daemon-reload; systemctl restart haproxy keepalived'
    operators_haproxy >"$TRIALS_DIR/habits" 2>&1
    check "ours under units of the operator's" ours; same_haproxy ours
    check "keepalived: reload, restart" node_sh 'systemctl reload keepalived && systemctl restart keepalived && systemctl is-active keepalived'
    equal "keepalived's unit" /etc/systemd/system/keepalived.service "$(node systemctl show -P FragmentPath keepalived)"
    check "the originals come back" originals; same_haproxy originals
    node_sh 'rm /etc/systemd/system/haproxy.service /etc/systemd/system/keepalived.service; systemctl daemon-reload; systemctl disable --now haproxy keepalived; systemctl mask haproxy keepalived' >>"$LOG" 2>&1
    newer 0.2.0 "$TREE/repo/newer"
    for unit in ours "apt_in install /repo/newer/*.deb" "apt_in purge haproxy keepalived" originals; do
        check "masked units: $unit" $unit
        equal "still masked and stopped" "masked masked inactive inactive" "$(node systemctl is-enabled haproxy keepalived | paste -sd ' ') $(node systemctl is-active haproxy keepalived | paste -sd ' ')"
    done
    node systemctl unmask haproxy keepalived >>"$LOG" 2>&1
    equal "unmasked" "disabled disabled" "$(node systemctl is-enabled haproxy keepalived | paste -sd ' ')"
    check "a held original stays" node_sh 'apt-mark hold haproxy && ! apt-get -y -qq install /repo/dropin-haproxy_*.deb && dpkg -s haproxy | grep -q "^Status: hold ok installed"'
    node apt-mark unhold haproxy >>"$LOG"
    check "ours beside the original's keepalived" apt_in install '/repo/dropin-haproxy_*.deb'
    equal "executables belong to" "dropin-haproxy keepalived" "$(holder haproxy) $(holder keepalived)"
}

# Runs a command of the node and kills dpkg and apt when dpkg's log has $1 lines more.
killed_after() {
    node_sh "before=\$(wc -l </var/log/dpkg.log); ($2) & of=\$!
        while kill -0 \$of 2>/dev/null && [ \$((\$(wc -l </var/log/dpkg.log) - before)) -lt $1 ]; do :; done
        pkill -9 -x dpkg; pkill -9 -x apt-get; wait; tail -1 /var/log/dpkg.log >/run/killed-at" >>"$LOG" 2>&1
    figure "killed after: $(cut -d ' ' -f 3- "$TREE/run/killed-at" 2>/dev/null || node cut -d ' ' -f 3- /run/killed-at)"
}

# What an operator types after that: dpkg finishes, and what it calls half done is installed again.
mended() { # what was being installed: ours or originals
    node dpkg --configure -a >>"$LOG" 2>&1
    [ -n "$(node dpkg --audit)" ] || return 0
    case $1 in
    ours) node_sh 'dpkg -i /repo/dropin-haproxy_*.deb /repo/dropin-keepalived_*.deb' >>"$LOG" 2>&1 ;;
    originals) apt_in install --reinstall haproxy keepalived ;;
    esac
}

# dpkg killed at each of its states in a replacement, in an upgrade and on the way back; a full disk at a first installation.
trial_accidents() {
    local at
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    remember
    for at in 3 8 12 16 20 24; do
        killed_after $at "apt-get -y -qq install /repo/dropin-haproxy_*.deb /repo/dropin-keepalived_*.deb"
        mended ours
        check "ours again" ours
        kept "then"; both_serve
        killed_after $at "apt-get -y -qq install haproxy keepalived"
        mended originals
        check "the originals again" originals
        equal "dpkg has nothing half done" "" "$(node dpkg --audit)"
        kept "then"; both_serve
    done
    # Without dpkg's memory: what waits for the original must survive as well.
    check "ours" ours; check "apt purge of the originals" apt_in purge haproxy keepalived
    newer 0.2.0 "$TREE/repo/newer"
    for at in 3 6 9; do
        killed_after $at "dpkg -i /repo/newer/*.deb"
        node dpkg --configure -a >>"$LOG" 2>&1
        both_serve
        check "upgraded again" node_sh 'dpkg -i /repo/newer/*.deb && test -z "$(dpkg --audit)"'
        kept "then"; both_serve
        check "a lower version" node_sh 'dpkg -i /repo/dropin-*.deb'
    done
    for at in 4 9 14; do
        killed_after $at "apt-get -y -qq install haproxy keepalived"
        mended originals
        check "the originals again" originals
        equal "left behind, half done" "" "$(left_behind)$(node dpkg --audit)"
        kept "then"; both_serve
        check "ours" ours; check "apt purge of the originals" apt_in purge haproxy keepalived
        kept "then"; both_serve
    done
    check "originals" originals; check "ours purged" apt_in purge dropin-haproxy dropin-keepalived
    node_sh "mkdir /var/lib/dropin-haproxy && mount -t tmpfs -o size=64k none /var/lib/dropin-haproxy; dd if=/dev/zero of=/var/lib/dropin-haproxy/fill bs=1k" >>"$LOG" 2>&1
    equal "a full disk below /var: apt's exit code" 100 "$(code apt-get -y -qq install /repo/dropin-haproxy_0.1.0_amd64.deb)"
    node_sh "umount /var/lib/dropin-haproxy"
    check "with space again: dpkg --configure -a" node dpkg --configure -a
    kept "then"; both_serve
}
