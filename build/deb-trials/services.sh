# What systemctl does with ours and with the originals: one story, told of both, and the lines that differ.

# Waits the seconds of $1, then until neither unit is between two states.
rest() {
    sleep "$1"
    for _ in $(seq 100); do
        [[ " $(node systemctl show -P ActiveState haproxy keepalived | paste -sd ' ') " == *ing\ * ]] || return 0
        sleep 0.1
    done
}
state() { node systemctl show -P ActiveState -P SubState -P Result -P NRestarts "$1" | paste -sd ' '; }
mainpid() { node systemctl show -P MainPID "$1"; }
worker() { node pgrep -P "$(mainpid haproxy)" -x haproxy | tail -1; }
answer() { node curl -s -m 2 "http://127.0.0.1:${1:-80}/" || echo "no answer ($?)"; }
fresh() { node systemctl reset-failed haproxy keepalived 2>/dev/null; node systemctl restart haproxy keepalived; sleep 1; }
told() { printf '%s: %s\n' "$1" "$2"; }
# How often eth0 has the pair's address.
addresses() { node ip -4 -o address show dev eth0 to 192.0.2.10 | wc -l; }
# A command of the node as its exit code.
code() { node "$@" >>"$LOG" 2>&1; echo $?; }

haproxy_story() {
    local main cfg=$TREE/etc/haproxy/haproxy.cfg before
    fresh; main=$(mainpid haproxy); before=$(worker)
    told "reload, good file" "$(code systemctl reload haproxy)"; rest 1
    told "  master is the same" "$([ "$(mainpid haproxy)" = "$main" ] && echo yes || echo no)"
    told "  worker is another" "$([ "$(worker)" != "$before" ] && echo yes || echo no)"
    told "  state" "$(state haproxy)"
    sed -i 's/bind :80/bindd :80/' "$cfg"; before=$(worker)
    told "reload, broken file" "$(code systemctl reload haproxy)"; rest 1
    told "  status" "$(code systemctl status haproxy)"
    told "  state" "$(state haproxy)"
    told "  worker is the same" "$([ "$(worker)" = "$before" ] && echo yes || echo no)"
    told "  answer" "$(answer)"
    told "SIGUSR2 without a check" "$(code systemctl kill -s USR2 --kill-whom=main haproxy)"; rest 1
    told "  state" "$(state haproxy)"
    told "  answer" "$(answer)"
    told "restart, broken file" "$(code systemctl restart haproxy)"; rest 2
    told "  state" "$(state haproxy)"
    sed -i 's/bindd :80/bind :80/' "$cfg"
    told "reset-failed and start" "$(code systemctl reset-failed haproxy) $(code systemctl start haproxy)"
    told "  answer" "$(answer)"
    told "stop" "$(code systemctl stop haproxy)"
    told "  state" "$(state haproxy)"
    told "  pid file" "$(code test -e /run/haproxy.pid)"
    told "start" "$(code systemctl start haproxy)"
    told "systemctl kill" "$(code systemctl kill haproxy)"; rest 2
    told "  state" "$(state haproxy)"
    told "  answer" "$(answer)"
    fresh; node kill -9 "$(worker)"; rest 3
    told "kill -9 of the worker: state" "$(state haproxy)"
    told "  answer" "$(answer)"
    fresh; node kill -9 "$(mainpid haproxy)"; rest 3
    told "kill -9 of the master: state" "$(state haproxy)"
    told "  answer" "$(answer)"
    told "  processes" "$(node pgrep -xc haproxy)"
    fresh; node kill -TERM "$(mainpid haproxy)"; rest 3
    told "kill of the master: state" "$(state haproxy)"
    fresh; node kill -USR1 "$(mainpid haproxy)"; rest 3
    told "SIGUSR1 to the master: state" "$(state haproxy)"
    told "pid file" "$(code sh -c '[ "$(cat /run/haproxy.pid)" = "$(systemctl show -P MainPID haproxy)" ]')"
    told "master's socket" "$(node python3 /trials/cli.py /run/haproxy-master.sock 'show proc' | awk 'NF { print $2 }' | paste -sd ' ')"
    told "socket in /run/haproxy" "$(node stat -c '%a %U:%G' /run/haproxy /run/haproxy/admin.sock | paste -sd ' ')"
    cp "$cfg" "$TREE/etc/haproxy/other.cfg"; sed -i 's/:80/:81/' "$TREE/etc/haproxy/other.cfg"
    cp "$TREE/etc/default/haproxy" "$TREE/root/default"
    printf 'CONFIG="/etc/haproxy/other.cfg"\nEXTRAOPTS="-S /run/other.sock -n 321"\n' >>"$TREE/etc/default/haproxy"
    fresh
    told "CONFIG of /etc/default: answer" "$(answer 81)"
    told "EXTRAOPTS of /etc/default" "$(node python3 /trials/cli.py /run/haproxy/admin.sock 'show info' | sed -n 's/^Maxconn: //p') $(code test -S /run/other.sock)"
    told "  reload" "$(code systemctl reload haproxy)"
    cp "$TREE/root/default" "$TREE/etc/default/haproxy"; rm "$TREE/etc/haproxy/other.cfg"
    fresh
    told "connected at once after a start, of 20" "$(node sh -c 'n=0; for i in $(seq 20); do systemctl reset-failed haproxy; systemctl restart haproxy && curl -s -m 1 http://127.0.0.1/ >/dev/null && n=$((n + 1)); done; echo $n')"
    printf '[Unit]\nAfter=haproxy.service\n[Service]\nType=oneshot\nExecStart=/usr/bin/curl -sf -m 1 http://127.0.0.1/\n' >"$TREE/etc/systemd/system/after.service"
    node systemctl daemon-reload
    told "a unit After=haproxy is answered, of 20" "$(node sh -c 'n=0; for i in $(seq 20); do systemctl stop haproxy after; systemctl reset-failed haproxy after 2>/dev/null; systemctl start haproxy after && n=$((n + 1)); done; echo $n')"
}

keepalived_story() {
    local main conf=$TREE/etc/keepalived/keepalived.conf
    fresh; rest 4; main=$(mainpid keepalived)
    told "address" "$(addresses)"
    told "reload" "$(code systemctl reload keepalived)"; rest 1
    told "  process is the same" "$([ "$(mainpid keepalived)" = "$main" ] && echo yes || echo no)"
    told "  state" "$(state keepalived)"
    sed -i 's/priority 110/prioritty 110/' "$conf"
    told "reload, broken file" "$(code systemctl reload keepalived)"; rest 1
    told "  state" "$(state keepalived)"
    sed -i 's/prioritty 110/priority 110/' "$conf"
    told "  reload of the good file" "$(code systemctl reload keepalived)"; rest 4
    told "stop" "$(code systemctl stop keepalived)"
    told "  state" "$(state keepalived)"
    told "  address" "$(addresses)"
    told "  pid files" "$(node sh -c 'ls /run/keepalived* 2>/dev/null' | paste -sd ' ')"
    fresh; rest 4
    told "pid files while it runs" "$(node sh -c 'ls -d /run/keepalived*' | paste -sd ' ')"
    node kill -9 "$(mainpid keepalived)"; rest 6
    told "kill -9 of the parent: state" "$(state keepalived)"
    told "  address" "$(addresses)"
    fresh; node systemctl kill keepalived; rest 2
    told "systemctl kill: state" "$(state keepalived)"
    mv "$conf" "$conf.away"; node systemctl stop keepalived
    told "start without a file" "$(code systemctl start keepalived)"
    told "  state" "$(state keepalived) $(node systemctl show -P ConditionResult keepalived)"
    mv "$conf.away" "$conf"
    cp "$TREE/etc/default/keepalived" "$TREE/root/default"
    printf 'DAEMON_ARGS="--pid=/run/elsewhere.pid -D"\n' >>"$TREE/etc/default/keepalived"; fresh
    told "DAEMON_ARGS of /etc/default" "$(code test -s /run/elsewhere.pid)"
    cp "$TREE/root/default" "$TREE/etc/default/keepalived"; fresh
    echo 'DAEMON_ARGS="--nobody-knows"' >>"$TREE/etc/default/keepalived"
    told "an option that nobody knows" "$(code systemctl restart keepalived)"; rest 2
    told "  state" "$(state keepalived)"
    cp "$TREE/root/default" "$TREE/etc/default/keepalived"; fresh
    told "ready means: seconds from ready to the first advert" "$(node python3 /trials/ready.py eth1)"
}

# Both stories of $1 (originals or ours).
stories() { haproxy_story >"$TRIALS_DIR/story-haproxy-$1"; keepalived_story >"$TRIALS_DIR/story-keepalived-$1"; }
# A story with the headings of its indented lines, so that each line has a name of its own.
whole() { awk '/^ / { sub(/^ +/, ""); print heading "; " $0; next } { heading = $0; sub(/: [^:]*$/, "", heading); print }' "$1"; }

# Outcomes in which ours differ from the originals on purpose; docs/PACKAGES.md says why.
WANTED_DIFFERENCES='kill -9 of the parent: state: signal 0 failed failed -> success 1 active running
kill -9 of the parent: state; address: 0 -> 1'

trial_systemctl() {
    local name line
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    stories originals
    check "ours take their place" ours
    stories ours
    : >"$TRIALS_DIR/differences"
    for name in haproxy keepalived; do
        whole "$TRIALS_DIR/story-$name-originals" >"$TRIALS_DIR/told-originals"; whole "$TRIALS_DIR/story-$name-ours" >"$TRIALS_DIR/told-ours"
        figure "$name: $(wc -l <"$TRIALS_DIR/told-ours") outcomes"
        equal "$name: the same questions" "$(sed 's/: [^:]*$//' "$TRIALS_DIR/told-originals" | md5sum)" "$(sed 's/: [^:]*$//' "$TRIALS_DIR/told-ours" | md5sum)"
        # The seconds until the first advert are measured, not told: judged below.
        paste -d '\t' "$TRIALS_DIR/told-originals" "$TRIALS_DIR/told-ours" | grep -v '^ready means' \
            | awk -F '\t' '$1 != $2 { value = $2; sub(/.*: /, "", value); print $1 " -> " value }' >>"$TRIALS_DIR/differences"
    done
    while read -r line; do
        if grep -qxF "$line" <<<"$WANTED_DIFFERENCES"; then figure "differs on purpose: $line"; else say_fail "differs (the original's -> ours): $line"; fi
    done <"$TRIALS_DIR/differences"
    while read -r line; do grep -qxF "$line" "$TRIALS_DIR/differences" || say_fail "is said to differ and does not: $line"; done <<<"$WANTED_DIFFERENCES"
    figure "seconds from ready to the first advert: originals $(ready_seconds originals), ours $(ready_seconds ours)"
    check "within a second of one another" awk -v a="$(ready_seconds originals)" -v b="$(ready_seconds ours)" 'BEGIN { exit !(a != "" && b != "" && a - b < 1 && b - a < 1) }'
    equal "connected at once after each start" 20 "$(sed -n 's/^connected at once.*: //p' "$TRIALS_DIR/story-haproxy-ours")"
    equal "units after haproxy.service are answered" 20 "$(sed -n 's/^a unit After.*: //p' "$TRIALS_DIR/story-haproxy-ours")"
}
ready_seconds() { sed -n 's/^ready means.*: //p' "$TRIALS_DIR/story-keepalived-$1"; }
