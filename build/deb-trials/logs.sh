# rsyslog with our snippet and the original's: the socket in the chroot, the file of its own, rotation.

# The log's story of what is installed now.
logs_story() {
    node systemctl restart haproxy; sleep 1
    node curl -s http://127.0.0.1/ >/dev/null; sleep 1
    told "socket in the chroot" "$(node stat -c %F /var/lib/haproxy/dev/log)"
    told "file" "$(node stat -c '%a %U:%G' /var/log/haproxy.log)"
    told "a request's line" "$(node tail -1 /var/log/haproxy.log | grep -c 'GET / HTTP/1.1')"
    told "its form" "$(node tail -1 /var/log/haproxy.log | sed 's/haproxy\[[0-9]*\].*/haproxy[N]/; s/[0-9]/9/g')"
    told "lines in syslog" "$(node grep -c 'haproxy\[' /var/log/syslog)"
    # A worker that writes to the socket which rsyslog opened in the chroot, as without systemd.
    told "the socket itself" "$(node_sh "logger -u /var/lib/haproxy/dev/log -t haproxy by-hand && sleep 0.5 && grep -c by-hand /var/log/haproxy.log")"
    told "logrotate" "$(code logrotate -f /etc/logrotate.d/haproxy)"
    sleep 1; node curl -s http://127.0.0.1/ >/dev/null; sleep 1
    told "rotated" "$(node sh -c 'ls /var/log/haproxy.log*' | paste -sd ' ')"
    told "file after it" "$(node stat -c '%a %U:%G' /var/log/haproxy.log)"
    told "a line after it" "$(node grep -c 'GET / HTTP/1.1' /var/log/haproxy.log)"
    told "rotated again" "$(code logrotate -f /etc/logrotate.d/haproxy) $(node sh -c 'ls /var/log/haproxy.log*' | paste -sd ' ')"
    node systemctl stop haproxy; node rm -rf /run/haproxy
    told "tmpfiles" "$(code systemd-tmpfiles --create) $(node stat -c '%a %U:%G' /run/haproxy)"
}

trial_logs() {
    for what in originals ours; do
        tree bookworm; boot || return
        check "$what run" "${what}_that_run"
        logs_story >"$TRIALS_DIR/logs-$what"
        shut
    done
    figure "the original's:"; sed 's/^/        /' "$TRIALS_DIR/logs-originals"
    check "ours are the same" diff "$TRIALS_DIR/logs-originals" "$TRIALS_DIR/logs-ours"
    diff "$TRIALS_DIR/logs-originals" "$TRIALS_DIR/logs-ours" | grep '^[<>]' | sed 's/^/        /'
}
