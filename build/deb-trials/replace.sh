# Originals that run are replaced by ours, and ours by the originals.

# Time away and lines of the units at a replacement by $1 (ours or originals).
replacement() {
    local what=$1 line adverts
    remember
    watch client python3 /trials/client.py 127.0.0.1 80
    watch vip python3 /trials/adverts.py eth1
    sleep 2
    check "apt installs $what without a question" "$what"
    sleep 4
    line=$(watched client); adverts=$(watched vip)
    figure "$what: client: $line"
    figure "$what: adverts: $adverts"
    kept "after $what"
    for unit in haproxy keepalived; do
        equal "$unit is enabled" enabled "$(node systemctl is-enabled $unit)"
        equal "$unit is active" active "$(node systemctl is-active $unit)"
    done
    check "the address is there" node_sh 'ip -4 address show dev eth0 | grep -q 192.0.2.10/24'
    equal "an answer" one "$(node curl -s http://192.0.2.10/)"
}

trial_replace() {
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    node_sh 'systemctl status haproxy keepalived --no-pager; journalctl -o cat -u haproxy; journalctl -o cat -u keepalived' >"$TRIALS_DIR/status-originals"
    replacement ours
    node_sh 'systemctl status haproxy keepalived --no-pager; journalctl -o cat -u haproxy; journalctl -o cat -u keepalived' >"$TRIALS_DIR/status-ours"
    replacement originals
}
