# What an operator, apt and its helpers do later: purges, ways back, dependencies, upgrades by themselves.

both_serve() {
    equal "haproxy: active, enabled" "active enabled" "$(node systemctl is-active haproxy) $(node systemctl is-enabled haproxy)"
    equal "keepalived: active, enabled" "active enabled" "$(node systemctl is-active keepalived) $(node systemctl is-enabled keepalived)"
    equal "an answer" one "$(answer)"
}
holder() { node sh -c "dpkg -S /usr/sbin/$1 | cut -d: -f1"; }

# apt purge of the removed original while ours run in its place; then a reboot; then back, though dpkg has forgotten all files.
trial_purge() {
    local line user
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    check "ours take their place" ours
    user=$(node id haproxy); remember
    watch client python3 /trials/client.py 127.0.0.1 80
    sleep 1
    check "apt purge of the originals" apt_in purge haproxy keepalived
    sleep 3
    line=$(watched client); figure "client: $line"
    equal "errors" 0 "$(field errors "$line")"
    kept "then"
    equal "user" "$user" "$(node id haproxy)"
    both_serve
    check "reload" node systemctl reload haproxy keepalived
    check "restart" node systemctl restart haproxy keepalived
    both_serve
    reboot_node || return
    both_serve
    # What dpkg has forgotten is edited or deleted; keepalived is not wanted at the next boot.
    rm "$TREE/etc/haproxy/errors/403.http"; remember
    node systemctl disable keepalived >>"$LOG" 2>&1
    check "the originals come back without a question" originals
    kept "then"; gone etc/haproxy/errors/403.http
    equal "still to be deleted" "" "$(left_behind)"
    equal "haproxy: active, enabled" "active enabled" "$(node systemctl is-active haproxy) $(node systemctl is-enabled haproxy)"
    equal "keepalived" disabled "$(node systemctl is-enabled keepalived)"
    check "apt reinstalls them without a question" apt_in install --reinstall haproxy keepalived
    kept "then"; gone etc/haproxy/errors/403.http
    # Between both: ours removed, nothing in their place; then ours, then neither.
    check "ours again" ours; check "apt purge of the originals" apt_in purge haproxy keepalived
    check "ours removed" apt_in remove dropin-haproxy dropin-keepalived
    kept "then"
    check "ours again" ours
    kept "then"; gone etc/haproxy/errors/403.http
    check "ours purged" apt_in purge dropin-haproxy dropin-keepalived
    kept "then"
    equal "left behind" "" "$(left_behind)"
}
gone() { check "a deleted file stays deleted" test ! -e "$TREE/$1"; }
# What waits for an original after ours were removed, and is to go when it came.
left_behind() { node sh -c 'dpkg-divert --list "*" | grep dropin; ls -d /etc/dpkg/dpkg.cfg.d/dropin* /var/lib/dropin-*/beside 2>/dev/null' | paste -sd ' '; }

# A reboot finds everything as it was.
trial_reboot() {
    tree bookworm; boot || return
    check "ours run" ours_that_run
    for _ in 1 2 3; do
        reboot_node || return
        sleep 4
        both_serve
        equal "failed units" "" "$(node systemctl --failed --plain --no-legend)"
        check "the address is there" node_sh 'ip -4 address show dev eth0 | grep -q 192.0.2.10/24'
    done
}

# Packages that need haproxy or keepalived by name; what apt counts as wanted by hand; what it would remove or bring back.
trial_apt() {
    local name
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    node apt-mark auto haproxy >/dev/null
    for name in 'needs-haproxy|Depends: haproxy' 'needs-version|Depends: haproxy (>= 2.2)' 'needs-newer|Depends: haproxy (>= 2.8)' 'likes-keepalived|Recommends: keepalived'; do
        mkdir -p "$TREE/tmp-deb/DEBIAN"
        printf 'Package: %s\nVersion: 1\nArchitecture: all\nMaintainer: trial <t@example.org>\nDescription: trial\n%s\n' "${name%%|*}" "${name#*|}" >"$TREE/tmp-deb/DEBIAN/control"
        dpkg-deb --root-owner-group -b "$TREE/tmp-deb" "$TREE/repo/${name%%|*}.deb" >>"$LOG"; rm -r "$TREE/tmp-deb"
    done
    check "a package that depends on the original" apt_in install /repo/needs-haproxy.deb /repo/needs-version.deb
    check "ours take the original's place under it" ours
    equal "dependants are there" "ii ii" "$(node sh -c 'dpkg -l needs-haproxy needs-version | tail -2' | awk '{ print $1 }' | paste -sd ' ')"
    figure "apt-mark showmanual: $(node sh -c 'apt-mark showmanual | grep -E "haproxy|keepalived"' | paste -sd ' '); showauto: $(node sh -c 'apt-mark showauto | grep -E "haproxy|keepalived"' | paste -sd ' ')"
    check "Recommends: keepalived is met by ours" apt_in install /repo/likes-keepalived.deb
    equal "keepalived's file belongs to" dropin-keepalived "$(holder keepalived)"
    figure "Depends: haproxy (>= 2.8): apt-get -s install: $(node sh -c 'apt-get -s install /repo/needs-newer.deb 2>&1 | grep -E "^(Inst|Remv|E:)|Depends:" | head -3' | paste -sd ';')"
    equal "autoremove would take of ours" "" "$(node sh -c 'apt-get -s autoremove | grep -E "^Remv.*dropin"')"
    check "autoremove" apt_in autoremove
    both_serve
    for action in upgrade dist-upgrade 'install --fix-broken'; do
        equal "$action would bring or take" "" "$(node sh -c "apt-get -s $action | grep -E '^(Inst|Remv).*(haproxy|keepalived)'")"
    done
    # A security update of the original with a higher version, and one with a version above ours in every way.
    repository; for version in 2.6.99-1+deb12u9 9.9; do
        fake_original "$version"
        check "apt-get update" update
        equal "upgrade with haproxy $version in an archive would bring" "" "$(node sh -c "apt-get -s upgrade | grep -E '^(Inst|Remv)'")"
        equal "full-upgrade likewise" "" "$(node sh -c "apt-get -s dist-upgrade | grep -E '^(Inst|Remv)'")"
    done
    figure "apt-get install haproxy would: $(node sh -c "apt-get -s install haproxy | grep -E '^(Inst|Remv)'" | cut -c1-60 | paste -sd ';')"
    figure "apt-get install dropin-haproxy is: $(node sh -c "apt-get -s install dropin-haproxy 2>&1 | grep -c 'already the newest'") (1: the newest already)"
}

# A repository in the node, of a distributor named dropin, of what lies in /repo/apt; the packages of the release stay known.
repository() {
    mkdir -p "$TREE/repo/apt"
    echo 'deb [trusted=yes] file:/repo/apt ./' >"$TREE/etc/apt/sources.list.d/trial.list"
    index
}
# Without a network the lists of the release stay as they are.
update() { apt_in -o Dir::Etc::sourcelist=sources.list.d/trial.list -o Dir::Etc::sourceparts=- -o APT::Get::List-Cleanup=0 update; }
index() {
    (cd "$TREE/repo/apt" && dpkg-scanpackages -m . >Packages 2>>"$LOG"
        { printf 'Origin: dropin\nLabel: dropin\nSuite: stable\nCodename: stable\nDate: %s\n' "$(date -Ru)"
          printf 'SHA256:\n %s %s Packages\n' "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)"; } >Release)
}
fake_original() {
    mkdir -p "$TREE/tmp-deb/DEBIAN"
    printf 'Package: haproxy\nVersion: %s\nArchitecture: amd64\nMaintainer: trial <t@example.org>\nDescription: trial\n' "$1" >"$TREE/tmp-deb/DEBIAN/control"
    dpkg-deb --root-owner-group -b "$TREE/tmp-deb" "$TREE/repo/apt/haproxy_$1_amd64.deb" >>"$LOG"; rm -r "$TREE/tmp-deb"
    index
}

# unattended-upgrades with a newer version of ours and a higher one of the original's in a repository that it may use.
trial_unattended() {
    local line
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    check "ours take their place" ours
    check "unattended-upgrades" apt_in install unattended-upgrades
    repository; newer 0.2.0 "$TREE/repo/apt"; fake_original 9.9
    echo 'Unattended-Upgrade::Origins-Pattern { "origin=dropin"; };' >"$TREE/etc/apt/apt.conf.d/99origins"
    check "apt-get update" update
    watch client python3 /trials/client.py 127.0.0.1 80
    watch vip python3 /trials/adverts.py eth1
    sleep 2
    check "unattended-upgrade" node_sh 'unattended-upgrade -v'
    sleep 3
    line=$(watched client); figure "client: $line"; equal "errors" 0 "$(field errors "$line")"
    line=$(watched vip); figure "adverts: $line"; equal "goodbyes" 0 "$(field goodbyes "$line")"
    figure "log: $(node sh -c 'grep -E "Packages that|upgraded" /var/log/unattended-upgrades/unattended-upgrades.log' | sed 's/.*INFO //' | paste -sd ';')"
    equal "versions" "0.2.0 0.2.0" "$(node dpkg-query -W -f '${Version} ' dropin-haproxy dropin-keepalived | sed 's/ $//')"
    both_serve
}

# needrestart after a new libssl: what it names, what it would restart and does.
trial_needrestart() {
    local what
    for what in originals ours; do
        tree bookworm; boot || return
        check "$what run" "${what}_that_run"
        # A digest, which loads OpenSSL.
        sed -i 's/^    bind :80/&\n    http-request set-var(txn.digest) path,sha2(256),hex/' "$TREE/etc/haproxy/haproxy.cfg"
        node systemctl restart haproxy; node curl -s http://127.0.0.1/ >/dev/null
        check "libssl3 is unpacked again" node_sh 'DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -y -qq install --reinstall libssl3'
        figure "$what: needrestart -b -r l: $(node sh -c 'needrestart -b -r l 2>/dev/null | grep -E "SVC.*(haproxy|keepalived)"' | paste -sd ' ')"
        node sh -c 'needrestart -b -r l 2>/dev/null | grep SVC' >"$TRIALS_DIR/needrestart-$what"
        check "needrestart -r a" node_sh 'needrestart -r a'
        sleep 4
        figure "$what after needrestart -r a: $(node sh -c 'needrestart -b -r l 2>/dev/null | grep -E "SVC.*(haproxy|keepalived)"' | paste -sd ' ')"
        both_serve
        shut
    done
    equal "ours that use OpenSSL are named" "NEEDRESTART-SVC: haproxy.service" "$(grep -E 'haproxy|keepalived' "$TRIALS_DIR/needrestart-ours")"
}

trial_reconfigure() {
    local line
    tree bookworm; boot || return
    check "the originals run" originals_that_run
    check "ours take their place" ours
    remember; sleep 4
    watch client python3 /trials/client.py 127.0.0.1 80
    watch vip python3 /trials/adverts.py eth1
    sleep 1
    check "dpkg-reconfigure" node_sh 'dpkg-reconfigure dropin-haproxy dropin-keepalived'
    sleep 3
    line=$(watched client); figure "client: $line"; equal "errors" 0 "$(field errors "$line")"
    line=$(watched vip); figure "adverts: $line"; equal "goodbyes" 0 "$(field goodbyes "$line")"
    kept "then"
    both_serve
    node systemctl disable --now haproxy >>"$LOG" 2>&1
    check "dpkg-reconfigure of a disabled one" node_sh 'dpkg-reconfigure dropin-haproxy'
    equal "haproxy" "inactive disabled" "$(node systemctl is-active haproxy) $(node systemctl is-enabled haproxy)"
}
