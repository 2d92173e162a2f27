# Ours are upgraded while clients ask.

trial_upgrade() {
    local line main address
    tree bookworm; boot || return
    check "ours run" ours_that_run
    newer 0.2.0 "$TREE/repo/newer"
    sed -i 's/priority 110/priority 110\n    garp_master_refresh 1/' "$TREE/etc/keepalived/keepalived.conf"; node systemctl restart keepalived; sleep 5
    watch addresses ip -o monitor address
    watch new python3 /trials/client.py 192.0.2.10 80
    watch kept python3 /trials/client.py 192.0.2.10 80 keep
    watch vip python3 /trials/adverts.py eth1
    main=$(mainpid haproxy) address=$(mainpid keepalived); sleep 3
    check "apt upgrades both" apt_in install '/repo/newer/*.deb'
    sleep 5
    for name in new kept; do
        line=$(watched $name); figure "client ($name): $line"
        equal "errors ($name)" 0 "$(field errors "$line")"
    done
    line=$(watched vip); figure "adverts: $line"
    equal "goodbyes" 0 "$(field goodbyes "$line")"
    check "no gap between adverts" test "$(field longest_ms "$line")" -lt 1200
    equal "the address was not touched" 0 "$(watched addresses | grep -c 192.0.2.10)"
    equal "haproxy's master" "$main" "$(mainpid haproxy)"
    equal "keepalived" "$address" "$(mainpid keepalived)"
    sleep 1
    check "haproxy runs its new file" node_sh "cmp /proc/$main/exe /usr/sbin/haproxy"
    check "keepalived runs its new file" node_sh "cmp /proc/$address/exe /usr/sbin/keepalived"
    check "nobody runs a deleted file" node_sh '! ls -l /proc/[0-9]*/exe 2>/dev/null | grep -E "(haproxy|keepalived).*deleted"'
    check "units are active" node systemctl is-active haproxy keepalived
}
