# Configurations that need the freedom which a hardened unit might take; each with the original's unit and with ours.

# A configuration of haproxy under its unit: haproxy_case NAME GLOBAL FRONTEND COMMAND EXPECTED.
haproxy_case() {
    local name=$1 found
    configure
    python3 - "$TREE/etc/haproxy/haproxy.cfg" "$2" "$3" <<'PY'
import sys
path, more, rest = sys.argv[1:]
text = open(path).read().replace("    daemon\n", "    daemon\n" + more, 1)
if "external-check" in more:                # in a chroot there is nothing to execute
    text = text.replace("    chroot /var/lib/haproxy\n", "")
open(path, "w").write(text + rest)
PY
    node systemctl reset-failed haproxy 2>/dev/null
    if ! node systemctl restart haproxy >>"$LOG" 2>&1; then
        found="does not start: $(node journalctl -u haproxy -o cat -n 12 | grep -vE 'exited|Exiting|Stop' | paste -sd ' ' | cut -c1-400)"
    else
        sleep "${WAIT:-1}"
        found=$(node timeout 10 sh -c "$4" 2>&1 | grep . | tail -1)
    fi
    if [ "$found" = "$5" ]; then printf '    ok: %s: %s: %s\n' "$WHOSE" "$name" "$found"; else say_fail "$WHOSE: $name: expected '$5', found '$found'"; fi
    node journalctl -u haproxy --since -2s -o cat | grep -iE 'not permitted|denied|read-only' | head -2 | sed 's/^/        /'
}

# A check by a program: external_check NAME GLOBAL PROGRAM COMMAND EXPECTED.
external_check() {
    node rm -f /tmp/checked /tmp/set-id /tmp/sudo
    WAIT=3 haproxy_case "$1" "$2" "
backend checked
    option external-check
    external-check path /usr/bin:/bin
    external-check command /usr/local/bin/$3
    server one 127.0.0.1:80 check inter 500
" "$4" "$5"
}

haproxy_freedom() {
    mkdir -p "$TREE/home/site" "$TREE/srv/state" "$TREE/usr/local/bin"
    printf '<h1>home</h1>\n' >"$TREE/home/site/page"
    printf '#!/bin/sh\nping -c1 -W1 127.0.0.1 >/dev/null && echo "$HAPROXY_SERVER_NAME" >>/tmp/checked\nexit 0\n' >"$TREE/usr/local/bin/check"
    printf '#!/bin/sh\n/usr/local/bin/set-id -u >/tmp/set-id\nsudo -n id -un >/tmp/sudo 2>&1\nexit 0\n' >"$TREE/usr/local/bin/check-as-root"
    printf '#!/bin/sh\nexec sleep 1234\n' >"$TREE/usr/local/bin/program"
    cp "$TREE/usr/bin/id" "$TREE/usr/local/bin/set-id"
    chmod 755 "$TREE"/usr/local/bin/*; chmod 4755 "$TREE/usr/local/bin/set-id"
    echo 'haproxy ALL=(ALL) NOPASSWD: ALL' >"$TREE/etc/sudoers.d/haproxy"
    haproxy_case "the trials' own (chroot, user, port 80, log)" '' '' 'curl -s http://127.0.0.1/' one
    haproxy_case "log in the chroot" '' '' 'curl -s http://127.0.0.1/ >/dev/null; sleep 1; tail -1 /var/log/haproxy.log | grep -c "GET / HTTP"' 1
    haproxy_case "socket in /run" '    stats socket /run/other.sock mode 600 level admin
' '' 'python3 /trials/cli.py /run/other.sock "show info" | grep -c ^Name' 1
    haproxy_case "socket in /etc/haproxy" '    stats socket /etc/haproxy/stats.sock mode 600 level admin
' '' 'python3 /trials/cli.py /etc/haproxy/stats.sock "show info" | grep -c ^Name' 1
    haproxy_case "socket in /tmp" '    stats socket /tmp/stats.sock mode 666 level admin
' '' 'python3 /trials/cli.py /tmp/stats.sock "show info" | grep -c ^Name' 1
    haproxy_case "file below /home" '' '
frontend home
    bind :81
    http-request return status 200 content-type text/html file /home/site/page
' 'curl -s http://127.0.0.1:81/' '<h1>home</h1>'
    haproxy_case "listener on a Unix socket below /srv" '' '
frontend unix
    bind unix@/srv/state/web.sock mode 666
    http-request return status 200 content-type text/plain string unix
' 'curl -s --unix-socket /srv/state/web.sock http://a/' unix
    external_check "external-check with ping" "    external-check
    insecure-fork-wanted
    insecure-setuid-wanted
" check 'sort -u /tmp/checked' one
    external_check "external-check with a set-uid program and sudo" "    external-check
    insecure-fork-wanted
    insecure-setuid-wanted
" check-as-root 'cat /tmp/set-id /tmp/sudo | paste -sd " "' '0 root'
    external_check "external-check likewise, not asked for" "    external-check
    insecure-fork-wanted
" check-as-root '[ "$(cat /tmp/set-id)" = 0 ] && echo root || echo denied' denied
    haproxy_case "section program" '' '
program helper
    command /usr/local/bin/program
' 'pgrep -fc "^sleep 1234"' 1
    haproxy_case "transparent bind to a foreign address" '' '
frontend foreign
    bind 198.51.100.7:8080 transparent
    http-request return status 200
' 'ss -ltn | grep -c 198.51.100.7:8080' 1
    haproxy_case "interface" '' '
frontend wire
    bind :8081 interface eth0
    http-request return status 200
' 'ss -ltn | grep -c "%eth0:8081"' 1
    haproxy_case "namespace" '' '
frontend elsewhere
    bind :8082 namespace trial
    http-request return status 200 content-type text/plain string ns
' 'ip netns exec trial ip link set lo up; ip netns exec trial curl -s http://127.0.0.1:8082/' ns
    haproxy_case "source as the client (transparent proxy)" '' '
frontend through
    bind :8083
    default_backend as_client
backend as_client
    source 198.51.100.9
    server one 127.0.0.1:80
' 'curl -s -o /dev/null -m 2 -w "%{http_code}" http://127.0.0.1:8083/' 503
    haproxy_case "set-tos" '' '
frontend marked
    bind :8084
    http-request set-tos 0x10
    http-request return status 200 content-type text/plain string marked
' 'curl -s http://127.0.0.1:8084/' marked
    haproxy_case "state file in /var/lib/haproxy" '    server-state-file /var/lib/haproxy/state
' '
backend stateful
    load-server-state-from-file global
    server one 127.0.0.1:80
' 'python3 /trials/cli.py /run/haproxy/admin.sock "set weight stateful/one 50" >/dev/null; python3 /trials/cli.py /run/haproxy/admin.sock "show servers state" >/var/lib/haproxy/state; systemctl reload haproxy; sleep 1; python3 /trials/cli.py /run/haproxy/admin.sock "get weight stateful/one"' '50 (initial 1)'
    haproxy_case "sockets handed over (-x)" '' '' 'systemctl reload haproxy && systemctl reload haproxy && sleep 1 && curl -s http://127.0.0.1/' one
    haproxy_case "many descriptors" '    maxconn 8000
' '' 'python3 /trials/cli.py /run/haproxy/admin.sock "show info" | sed -n "s/^Maxconn: //p"' 8000
    haproxy_case "log to a file's socket and to stdout" '    log stdout format raw local0
' '' 'curl -s http://127.0.0.1/ >/dev/null; sleep 1; journalctl -u haproxy -o cat --since -3s | grep -c "GET / HTTP" | sed "s/^[1-9][0-9]*/some/"' some
    haproxy_case "set-dumpable" '    set-dumpable
' '' 'stat -c %U /proc/$(pgrep -P $(cat /run/haproxy.pid) -x haproxy)/status' haproxy
    haproxy_case "cpu-map, nice thread" '    nbthread 2
    cpu-map auto:1/1-2 0-1
' '' 'curl -s http://127.0.0.1/' one
    haproxy_case "options of sockets" '' '
frontend ut
    bind :8085 tcp-ut 30s tfo defer-accept
    http-request return status 200 content-type text/plain string ut
' 'curl -s http://127.0.0.1:8085/' ut
}

# A configuration of keepalived under its unit: keepalived_case NAME TEXT COMMAND EXPECTED.
keepalived_case() {
    local found
    printf '%s\n' "$2" >"$TREE/etc/keepalived/keepalived.conf"
    node systemctl reset-failed keepalived 2>/dev/null
    node sh -c 'rm -f /tmp/said* /run/said*'
    if ! node systemctl restart keepalived >>"$LOG" 2>&1; then found="does not start"
    else
        sleep "${WAIT:-5}"
        found=$(node timeout 10 sh -c "$3" 2>&1 | tail -1)
    fi
    if [ "$found" = "$4" ]; then printf '    ok: %s: %s: %s\n' "$WHOSE" "$1" "$found"; else
        say_fail "$WHOSE: $1: expected '$4', found '$found'"
        node journalctl -u keepalived -o cat -n 12 | sed 's/^/        /'
    fi
    node systemctl stop keepalived
}

instance() { printf 'vrrp_instance web {\n    state MASTER\n    interface eth0\n    virtual_router_id 51\n    priority 110\n    advert_int 1\n%s\n    virtual_ipaddress {\n        192.0.2.10/24\n    }\n}\n' "$1"; }

keepalived_freedom() {
    node useradd -r -M keepalived_script 2>/dev/null
    printf '#!/bin/sh\nid -un >/tmp/said-user\nsudo -n -u nobody id -un >/tmp/said-sudo 2>&1\nsu -s /bin/sh nobody -c "id -un" >/tmp/said-su 2>&1\nmkdir -p /srv/mounted; mount -t tmpfs tmpfs /srv/mounted; sysctl -qw net.ipv4.ip_nonlocal_bind=1\nsystemctl restart rsyslog && echo done >/tmp/said-all\n' >"$TREE/usr/local/bin/notify"
    printf '#!/bin/sh\nid -un >/tmp/said-track\nexit 0\n' >"$TREE/usr/local/bin/track"
    printf '#!/bin/sh\nexec sleep 4321\n' >"$TREE/usr/local/bin/watched"
    chmod 755 "$TREE"/usr/local/bin/*
    keepalived_case "an address" "$(instance '')" 'ip -4 address show dev eth0 | grep -c 192.0.2.10/24' 1
    keepalived_case "notify as root: sudo, su, mount for all, sysctl, a service" "$(printf 'global_defs {\n    script_user root\n}\n'; instance '    notify_master /usr/local/bin/notify')" \
        'sleep 1; echo $(cat /tmp/said-user /tmp/said-sudo /tmp/said-su /tmp/said-all) $(grep -c " /srv/mounted " /proc/mounts) $(cat /proc/sys/net/ipv4/ip_nonlocal_bind); umount /srv/mounted; sysctl -qw net.ipv4.ip_nonlocal_bind=0' \
        'root nobody nobody done 1 1'
    keepalived_case "track_script as keepalived_script" "$(printf 'vrrp_script t {\n    script /usr/local/bin/track\n    interval 1\n}\n'; instance '    track_script {
        t
    }')" 'cat /tmp/said-track' keepalived_script
    keepalived_case "VMAC, which writes below /proc/sys" "$(instance '    use_vmac vrrp.51')" 'echo $(ip -o link show vrrp.51 | grep -c 00:00:5e:00:01:33) $(cat /proc/sys/net/ipv4/conf/vrrp.51/accept_local)' '1 1'
    keepalived_case "net_namespace" "$(printf 'net_namespace other\n'; instance '' | sed 's/eth0/eth2/')" 'ip netns exec other ip -4 address show dev eth2 | grep -c 192.0.2.10/24' 1
    keepalived_case "rt_priority, nice, no swap" "$(printf 'global_defs {\n    vrrp_rt_priority 20\n    vrrp_no_swap\n    vrrp_process_name vrrp_rt\n}\n'; instance '')" \
        'p=$(pgrep keepalived; pgrep vrrp_rt); for i in $p; do chrt -p $i; done | grep -c "priority: 20"' 1
    # The original counts processes by events of the kernel, which not every kernel gives.
    [ "$WHOSE" = originals ] || keepalived_case "process tracking" "$(printf 'vrrp_track_process w {\n    process sleep 4321\n    weight -50\n    quorum 1\n    param_match initial\n}\n'; instance '    track_process {
        w
    }')" 'sleep 4321 & sleep 2; kill $!; sleep 1; journalctl -u keepalived -o cat --since -9s | grep -c "ffective priority"' 3
    keepalived_case "smtp_alert" "$(printf 'global_defs {\n    notification_email {\n        a@example.org\n    }\n    smtp_server 127.0.0.1 2525\n    smtp_alert\n}\n'; instance '')" 'cat /tmp/mail-said' "DATA"
    keepalived_case "a state file and dumps in /tmp" "$(instance '')" 'kill -USR1 $(cat /run/keepalived.pid); sleep 1; ls /tmp/keepalived.data' /tmp/keepalived.data
    keepalived_case "virtual routes and rules" "$(instance '    virtual_routes {
        198.51.100.0/24 dev eth0
    }
    virtual_rules {
        from 198.51.100.0/24 table 100
    }')" 'echo $(ip route show 198.51.100.0/24 | wc -l) $(ip rule show table 100 | wc -l)' '1 1'
}

trial_hardening() {
    tree bookworm; boot || return
    node sh -c 'ip netns add trial; ip netns add other; ip link add eth2 type veth peer name eth3; ip link set eth2 netns other; ip link set eth3 up; ip netns exec other ip link set eth2 up; ip netns exec other ip addr add 192.0.2.3/24 dev eth2'
    watch mail python3 /trials/mail.py
    for WHOSE in ${WHOSE_UNITS:-originals ours}; do
        check "$WHOSE" "${WHOSE}_that_run"
        node rm -f /tmp/mail-said
        haproxy_freedom
        node systemctl stop haproxy
        keepalived_freedom
        figure "$WHOSE: $(node systemd-analyze security haproxy 2>/dev/null | tail -1 | sed 's/.*haproxy/haproxy/') $(node systemd-analyze security keepalived 2>/dev/null | tail -1 | sed 's/.*keepalived/keepalived/')"
    done
    watched mail >/dev/null
}
