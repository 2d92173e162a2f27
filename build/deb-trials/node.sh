# Trees of a release and booted nodes in them. A tree is an overlay on a base which debootstrap made once, so it costs nothing and goes when
# its trial ends. A node has a network of its own: loopback, and eth0 with its other end eth1. What apt needs lies in the base already.
# MIRROR_DEBIAN, MIRROR_UBUNTU: other mirrors than debootstrap's own; MIRROR_SECURITY: where Debian's security updates are, beside that mirror if not said.
IN_EVERY_BASE=systemd,systemd-sysv,dbus,rsyslog,logrotate,procps,iproute2,python3-minimal,ca-certificates,curl,sudo,adduser,needrestart,iputils-ping

say_fail() { printf '    FAILED: %s\n' "$*"; FAILED+=("$TRIAL: $*"); }
check() { local text=$1; shift; if "$@" >>"$LOG" 2>&1; then printf '    ok: %s\n' "$text"; else say_fail "$text"; fi; }
equal() { if [ "$2" = "$3" ]; then printf '    ok: %s: %s\n' "$1" "$2"; else say_fail "$1: expected '$2', found '$3'"; fi; }
figure() { printf '    %s\n' "$*"; }

# The mirror that a tree came from.
mirror_of() { awk '$1 == "deb" { print $2; exit }' "$1/etc/apt/sources.list"; }

# What each base holds beside debootstrap's: downloads for the trials, two ends of a wire, the configurations.
base() {
    local release=$1 base=$TRIALS_DIR/base-$1 options=()
    [ ! -e "$base/.complete" ] || return 0
    say "base tree of $release"
    rm -rf "$base"
    case $release in
    bookworm|trixie)
        debootstrap --variant=minbase --include="$IN_EVERY_BASE" "$release" "$base" ${MIRROR_DEBIAN:-} >>"$LOG" 2>&1 || die "debootstrap $release failed ($LOG)"
        mirror=$(mirror_of "$base")
        printf 'deb %s %s main\n' "$mirror" "$release" "$mirror" "$release-updates" "${MIRROR_SECURITY:-${mirror%/}-security}" "$release-security" >"$base/etc/apt/sources.list"
        ;;
    jammy|noble)
        options=(--no-check-gpg)
        [ ! -e /usr/share/keyrings/ubuntu-archive-keyring.gpg ] || options=(--keyring=/usr/share/keyrings/ubuntu-archive-keyring.gpg)
        debootstrap "${options[@]}" --variant=minbase --components=main,universe --include="$IN_EVERY_BASE" "$release" "$base" "${MIRROR_UBUNTU:-}" /usr/share/debootstrap/scripts/gutsy >>"$LOG" 2>&1 \
            || die "debootstrap $release failed ($LOG)"
        mirror=$(mirror_of "$base")
        printf 'deb %s %s main universe\n' "$mirror" "$release" "$mirror" "$release-updates" "$mirror" "$release-security" >"$base/etc/apt/sources.list"
        ;;
    esac
    rm -f "$base"/etc/apt/sources.list.d/*
    cp /etc/resolv.conf "$base/etc/resolv.conf"
    in_base "$base" 'apt-get update -qq && apt-get -y -qq full-upgrade && apt-get clean && apt-get install -y -qq -d haproxy keepalived unattended-upgrades && apt-get install -y -qq -d --reinstall libssl3* ' \
        || die "apt-get in the base tree of $release failed ($LOG)"
    # The wire: what leaves eth0 arrives at eth1, where a trial listens.
    cat >"$base/etc/systemd/system/trial-wire.service" <<'UNIT'
[Unit]
DefaultDependencies=no
After=systemd-sysctl.service
Before=network-pre.target network.target
Wants=network-pre.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'ip link add eth0 type veth peer name eth1 && ip link set eth0 up && ip link set eth1 up && ip address add 192.0.2.1/24 dev eth0'
[Install]
WantedBy=sysinit.target
UNIT
    in_base "$base" 'systemctl enable trial-wire.service; systemctl disable apt-daily.timer apt-daily-upgrade.timer; systemctl mask systemd-networkd.service systemd-resolved.service apt-daily.timer apt-daily-upgrade.timer'
    : >"$base/.complete"
}

in_base() { DEBIAN_FRONTEND=noninteractive chroot "$1" /bin/sh -c "$2" >>"$LOG" 2>&1 </dev/null; }

# A fresh tree of a release for this trial: TREE.
tree() {
    base "$1"
    RELEASE=$1 TREE=$TRIALS_DIR/tree-$TRIAL
    drop_tree
    mkdir -p "$TREE.upper" "$TREE.work" "$TREE"
    mount -t overlay "dropin-trial-$TRIAL" -o "lowerdir=$TRIALS_DIR/base-$1,upperdir=$TREE.upper,workdir=$TREE.work" "$TREE" || die "no overlay at $TREE"
    mkdir -p "$TREE/trials" "$TREE/repo" "$TREE/etc/haproxy" "$TREE/etc/keepalived"
    rmdir "$TREE/etc/haproxy" "$TREE/etc/keepalived"
    echo trial >"$TREE/etc/hostname"; printf '127.0.0.1 localhost\n127.0.1.1 trial\n' >"$TREE/etc/hosts"
    cp "$ARTIFACTS"/deb/*.deb "$TREE/repo/"
}

drop_tree() {
    if mountpoint -q "$TREE"; then umount "$TREE" || umount -l "$TREE"; fi
    rm -rf "$TREE" "$TREE.upper" "$TREE.work"
}

# Boots TREE and waits until systemd says that it is up.
boot() {
    SYSTEMD_NSPAWN_API_VFS_WRITABLE=network systemd-nspawn -q --boot --register=no --keep-unit --private-network --resolv-conf=off --timezone=off \
        --machine=trial --bind-ro="$ROOT/build/deb-trials:/trials" --directory="$TREE" </dev/null >"$TRIALS_DIR/console-$TRIAL.log" 2>&1 &
    NSPAWN=$! LEADER=
    for _ in $(seq 300); do
        LEADER=$(leader)
        case $(node systemctl is-system-running 2>/dev/null) in running|degraded) return 0 ;; esac
        kill -0 "$NSPAWN" 2>/dev/null || break
        sleep 0.2
    done
    tail -5 "$TRIALS_DIR/console-$TRIAL.log"
    say_fail "the node does not boot"
    return 1
}

# The node's first process, as it is called outside: the child of nspawn's that is first in a namespace of processes.
leader() { local p; for p in $(pgrep -P "$NSPAWN") 0; do [ "$(awk '/^NSpid:/ { print $NF, NF }' "/proc/$p/status" 2>/dev/null)" != "1 3" ] || break; done; echo "$p"; }

# Waits until the node has gone, asked to go by its own systemctl.
shut() {
    [ -n "${NSPAWN:-}" ] || return 0
    node systemctl poweroff >/dev/null 2>&1 || true
    for _ in $(seq 200); do kill -0 "$NSPAWN" 2>/dev/null || break; sleep 0.1; done
    kill "$NSPAWN" 2>/dev/null || true
    wait "$NSPAWN" 2>/dev/null || true
    NSPAWN=
}

reboot_node() { shut; boot; }

# A command inside the node.
enter() { exec nsenter -t "$LEADER" -m -u -i -n -p -C -- /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@" </dev/null; }
node() { (enter "$@"); }
node_sh() { node /bin/sh -c "$1"; }
apt_in() { node_sh "apt-get -y -qq $*" >>"$LOG" 2>&1; }
ours() { apt_in install '/repo/dropin-haproxy_*.deb /repo/dropin-keepalived_*.deb'; }
originals() { apt_in install haproxy keepalived; }
# The originals, configured as an operator does it, running.
originals_that_run() { originals && configure && node systemctl restart haproxy keepalived && sleep 5; }
ours_that_run() { ours && configure && node systemctl restart haproxy keepalived && sleep 5; }

# Watchers run beside a trial; `watched NAME` ends one and prints its line.
watch() { local name=$1; shift; enter "$@" >"$TRIALS_DIR/watch-$name" 2>&1 & eval "WATCH_$name=$!"; sleep 0.3; }
watched() {
    local name=$1 of
    eval "of=\$WATCH_$1"
    # nsenter waits for its child in the node, which takes the signal.
    pkill -TERM -P "$of" || true
    while kill -0 "$of" 2>/dev/null; do sleep 0.05; done
    cat "$TRIALS_DIR/watch-$name"
}
field() { tr ' ' '\n' <<<"$2" | sed -n "s/^$1=//p"; }

# The files of both programs in /etc: remember notes their sums, kept tells whether each is there unchanged, and names what came beside.
etc_files() { find etc/haproxy etc/keepalived etc/default/haproxy etc/default/keepalived etc/init.d/haproxy etc/init.d/keepalived etc/rsyslog.d/49-haproxy.conf etc/logrotate.d/haproxy -type f ! -name '*.dpkg-dist' 2>/dev/null | sort; }
remember() { (cd "$TREE" && etc_files | xargs md5sum) >"$TRIALS_DIR/sums"; }
# What an original's packages (of the release in the tree's archive) lay into /etc, in a folder: laid_by FOLDER.
laid_by() {
    local deb
    rm -rf "$1"; mkdir -p "$1"
    for deb in "$TREE"/var/cache/apt/archives/{haproxy,keepalived}_*.deb; do dpkg-deb -x "$deb" "$1"; done
}
# dpkg renews what nobody edited: expects of each file in the sums that is as the packages of $1 laid it what those of $2 lay, of all others what they were.
renewed() {
    local sum path
    while read -r sum path; do
        if [ -f "$1/$path" ] && [ "$(md5sum <"$1/$path")" = "$sum  -" ] && [ -f "$2/$path" ]; then (cd "$2" && md5sum "$path"); else echo "$sum  $path"; fi
    done <"$TRIALS_DIR/sums" >"$TRIALS_DIR/sums.new"
    figure "renewed by dpkg, as nobody edited them: $(diff "$TRIALS_DIR/sums" "$TRIALS_DIR/sums.new" | sed -n 's/^> [0-9a-f]*  //p' | paste -sd ' ')"
    mv "$TRIALS_DIR/sums.new" "$TRIALS_DIR/sums"
}
kept() {
    local added
    if (cd "$TREE" && md5sum --quiet -c "$TRIALS_DIR/sums" >>"$LOG" 2>&1); then printf '    ok: %s: all %s files in /etc as before\n' "$1" "$(wc -l <"$TRIALS_DIR/sums")"; else say_fail "$1: files in /etc"; fi
    added=$(cd "$TREE" && etc_files | grep -vxFf <(awk '{ print $2 }' "$TRIALS_DIR/sums") | paste -sd ' ')
    [ -z "$added" ] || figure "beside them: $added"
}

# The configurations of most trials: one site that answers by itself, one address on eth0.
configure() {
    mkdir -p "$TREE/etc/haproxy" "$TREE/etc/keepalived"
    cp "$ROOT/build/deb-trials/haproxy.cfg" "$TREE/etc/haproxy/haproxy.cfg"
    cp "$ROOT/build/deb-trials/keepalived.conf" "$TREE/etc/keepalived/keepalived.conf"
}

# Packages of ours with another version and executables whose bytes differ: newer VERSION DIRECTORY.
newer() {
    local deb tree=$TRIALS_DIR/newer
    mkdir -p "$2"
    for deb in "$ARTIFACTS"/deb/dropin-*.deb; do
        rm -rf "$tree"
        dpkg-deb -R "$deb" "$tree"
        sed -i "s/^Version: .*/Version: $1/" "$tree/DEBIAN/control"
        for program in "$tree"/usr/sbin/*; do echo "$1" >>"$program"; done
        (cd "$tree" && find . -type f -not -path './DEBIAN/*' -printf '%P\0' | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
        dpkg-deb --root-owner-group -b "$tree" "$2" >>"$LOG"
    done
    rm -rf "$tree"
}
