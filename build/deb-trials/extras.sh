# What lies beside the programs: the example of sysctl, the pair's examples, shell completions, manual pages.

# The words that bash offers after these: completion WORD...
completion() {
    node bash -c '. "/usr/share/bash-completion/completions/$1"; f=$(complete -p "$1" | sed -n "s/.*-F \([^ ]*\).*/\1/p")
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}; "$f" "$1" "${@: -1}" "${@: -2:1}"; echo "${COMPREPLY[@]}"' - "$@"
}

trial_extras() {
    local examples=/usr/share/doc/dropin-haproxy/examples program
    tree bookworm; boot || return
    check "ours run" ours_that_run
    sed -i 's/bind :80/bind 203.0.113.9:80/' "$TREE/etc/haproxy/haproxy.cfg"
    equal "an address of another node, as it is" 1 "$(code systemctl restart haproxy)"
    check "the example of sysctl" node_sh "cp $examples/60-nonlocal-bind.conf /etc/sysctl.d/ && sysctl -p /etc/sysctl.d/60-nonlocal-bind.conf"
    node systemctl reset-failed haproxy
    equal "an address of another node, with the example" 0 "$(code systemctl restart haproxy)"
    reboot_node || return
    equal "after a reboot" "active 1" "$(node systemctl is-active haproxy) $(node cat /proc/sys/net/ipv4/ip_nonlocal_bind)"
    check "the pair's examples" node_sh 'for f in /usr/share/doc/dropin-keepalived/examples/pair-node*.conf; do keepalived -t -f $f || exit 1; done'
    for program in haproxy keepalived halog genhash; do
        check "completions of $program are valid" node bash -n "/usr/share/bash-completion/completions/$program"
        figure "$program -<tab>: $(completion "$program" - | wc -w) words"
    done
    check "-f offers a file" test -n "$(completion haproxy -f /etc/haproxy/haproxy.c)"
    check "manual pages are there" node_sh 'dpkg -L dropin-haproxy dropin-keepalived | grep /man/ | xargs ls'
    for unit in haproxy keepalived; do check "systemd-analyze verify $unit" node_sh "! systemd-analyze verify --man=no $unit.service 2>&1 | grep -i $unit"; done
}
