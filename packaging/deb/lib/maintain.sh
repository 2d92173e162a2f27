# What the maintainer scripts of both packages do. NAME is the original's name. Read by postinst and prerm, while the package is there.
# Why so: docs/DECISIONS.md, section Packages.
PACKAGE=dropin-$NAME
SHARE=/usr/share/$PACKAGE
STATE=/var/lib/$PACKAGE
MADE=$STATE/made            # "md5 path" of each file that we wrote; "absent path" of one that the operator had taken away, "found path" of one that was there
BESIDE=$STATE/beside        # where an original lays its files while the operator's stand in their places
HOOK=/etc/dpkg/dpkg.cfg.d/$PACKAGE

original_status() { dpkg-query -W -f '${db:Status-Status}' "$NAME" 2>/dev/null || echo not-installed; }
original_conffiles() { dpkg-query -W -f '${Conffiles}\n' "$NAME" 2>/dev/null | awk 'NF { print $1 }' || true; }
sum_of() { md5sum "$1" | cut -d ' ' -f 1; }
recorded() { [ ! -e "$MADE" ] || awk -v p="$1" '$2 == p { print $1 }' "$MADE"; }

record() {
    mkdir -p "$STATE"
    { [ ! -e "$MADE" ] || awk -v p="$2" '$2 != p' "$MADE"; [ -z "$1" ] || echo "$1 $2"; } >"$MADE.new"
    mv "$MADE.new" "$MADE"
}

# The name on the way is one that logrotate, cron and run-parts pass over, should we be killed here.
lay() { mkdir -p "$(dirname "$2")"; cp -p "$1" "$2.dpkg-new"; chown root:root "$2.dpkg-new"; mv "$2.dpkg-new" "$2"; record "$(sum_of "$2")" "$2"; LAID=$2; }

# Files of /etc: written where nothing stands, renewed where nobody has edited ours, otherwise left. None is a conffile of dpkg's.
place_samples() {
    theirs=$(original_conffiles) LAID=
    for sample in $(cd "$SHARE/etc" && find . -type f | sort); do
        path=/etc/${sample#./} was=
        was=$(recorded "$path")
        if [ -e "$path" ] || [ -L "$path" ]; then
            if [ -z "$was" ]; then record found "$path"                          # deleted later it stays deleted
            elif [ -f "$path" ] && [ "$(sum_of "$path")" = "$was" ]; then lay "$SHARE/etc/$sample" "$path"; fi
        elif [ -n "$was" ]; then
            :                                               # ours was deleted: it stays deleted
        elif printf '%s\n' "$theirs" | grep -qxF "$path"; then
            record absent "$path"                           # the original's was deleted: likewise
        else
            lay "$SHARE/etc/$sample" "$path"
        fi
        if [ -n "$LAID" ]; then tell_readers "$path"; LAID=; fi
    done
}

# dpkg tells a log daemon of files in its own packages only; these are ours, so ours tell it. It restarts at the end of dpkg's run.
tell_readers() {
    case $1 in /etc/rsyslog.d/*) [ -n "${DPKG_ROOT:-}" ] || dpkg-trigger --no-await /etc/rsyslog.d || true ;; esac
}

# A purge of the removed original deletes its conffiles, also those in use here. A diversion sends it to names that do not exist.
protect_files_of_the_original() {
    mkdir -p "$STATE"
    original_status >"$STATE/original"
    for path in $( (cat "$SHARE/conffiles-of-the-original"; original_conffiles) | sort -u); do
        dpkg-divert --quiet --package "$PACKAGE" --no-rename --divert "$SHARE/purged$path" --add "$path"
    done
    remember_enabled
}

release_files_of_the_original() {
    dpkg-divert --list "*" | sed -n "s/^diversion of \(.*\) to .* by $PACKAGE\$/\1/p" | while read -r path; do
        dpkg-divert --quiet --package "$PACKAGE" --no-rename --remove "$path"
    done
}

# An original of which dpkg remembers nothing (it was purged, or never there) would be asked about at each file that it finds: without a
# terminal its installation stops there. So its files go beside; dpkg notes their sums and asks nothing. When it is installed, settle takes
# the diversions away: the operator's files are then edited ones of the original's, and what was deleted stays deleted.
await_the_original() {
    [ "$(original_status)" = not-installed ] || return 0
    rm -rf "$BESIDE"
    while read -r path; do
        if [ -e "$path" ] || [ -L "$path" ] || [ -n "$(recorded "$path")" ]; then
            mkdir -p "$BESIDE${path%/*}"
            dpkg-divert --quiet --package "$PACKAGE" --no-rename --divert "$BESIDE$path" --add "$path"
        fi
    done <"$SHARE/conffiles-of-the-original"
    [ -d "$BESIDE" ] || return 0
    sed "s/@NAME@/$NAME/g" "$SHARE/settle.sh" >"$STATE/settle"
    mkdir -p "${HOOK%/*}"
    echo "post-invoke=if [ -e $STATE/settle ]; then sh $STATE/settle || true; fi" >"$HOOK"
}

# Ours are back before an original was.
await_no_more() { [ ! -e "$STATE/settle" ] || sh "$STATE/settle" purge; }

# What we wrote and nobody edited goes with the package, so that the original finds its place free and asks nothing.
take_unedited_samples() {
    [ -e "$MADE" ] || return 0
    cp "$MADE" "$MADE.was"
    while read -r sum path; do
        if [ "$sum" = found ]; then
            if [ -e "$path" ] || [ -L "$path" ]; then record '' "$path"; else record absent "$path"; fi
        elif [ -f "$path" ] && [ "$(sum_of "$path")" = "$sum" ]; then rm -f "$path"; record '' "$path"; tell_readers "$path"; fi
    done <"$MADE.was"
    rm -f "$MADE.was"
}

# The user of haproxy's workers. Its numbers are kept: a running process and its sockets have them. keepalived has none: a user
# keepalived_script that suddenly exists would take over every script which runs as root today.
keep_user() {
    [ "$NAME" = haproxy ] || return 0
    local uid gid who group
    mkdir -p "$STATE"
    if ! getent passwd haproxy >/dev/null; then
        # Who may use the sockets: the group's members as they were, by the last state of /etc/group or that of our installation.
        who=$(sed -n 's/^haproxy:[^:]*:[^:]*://p' /etc/group- 2>/dev/null || true)
        [ -n "$who" ] || who=$(cat "$STATE/members" 2>/dev/null || true)
        if [ -e "$STATE/ids" ] && read -r uid gid <"$STATE/ids" && ! getent passwd "$uid" >/dev/null; then
            getent group haproxy >/dev/null || addgroup --system --quiet --gid "$gid" haproxy
            adduser --system --quiet --uid "$uid" --ingroup haproxy --home /var/lib/haproxy --no-create-home haproxy
        else
            adduser --system --quiet --home /var/lib/haproxy --no-create-home --group haproxy
        fi
        for who in $(echo "$who" | tr , ' '); do ! getent passwd "$who" >/dev/null || usermod -aG haproxy "$who" || true; done
        for group in $(cat "$STATE/groups" 2>/dev/null || true); do ! getent group "$group" >/dev/null || usermod -aG "$group" haproxy || true; done
    fi
    echo "$(id -u haproxy) $(id -g haproxy)" >"$STATE/ids"
    getent group haproxy | cut -d : -f 4 >"$STATE/members"
    id -nG haproxy >"$STATE/groups"
}

remember_enabled() {
    if [ -L "/etc/systemd/system/multi-user.target.wants/$NAME.service" ]; then : >"$STATE/enabled"; else rm -f "$STATE/enabled"; fi
}

sysv_links() {
    [ -z "${DPKG_ROOT:-}" ] || return 0
    # The original's removal takes the x bit away from its init script, which is ours to start with now.
    if [ -f "/etc/init.d/$NAME" ]; then
        chmod +x "/etc/init.d/$NAME"
        update-rc.d "$NAME" defaults >/dev/null || true
    fi
    if ! [ -d /run/systemd/system ] && [ -x "/etc/init.d/$NAME" ]; then invoke-rc.d --skip-systemd-native "$NAME" start || true; fi
}

# Where /lib is a link to usr/lib the unit has two names. `dpkg -i` over an original that has it under the other one takes it away again
# when it removes the original's files, after ours were unpacked.
keep_unit() {
    unit=$(dpkg-query -L "$PACKAGE" | grep "/systemd/system/$NAME.service\$")
    [ -e "${DPKG_ROOT:-}$unit" ] || install -D -m 644 "$SHARE/$NAME.service" "${DPKG_ROOT:-}$unit"
}

# An upgrade of ours: a reload executes the new file under the same number. haproxy refuses no connection, keepalived keeps its addresses.
reload_what_runs() {
    [ -z "${DPKG_ROOT:-}" ] || return 0
    if [ -d /run/systemd/system ] && ! systemctl -q is-active "$NAME.service"; then return 0; fi
    invoke-rc.d "$NAME" reload || true
}

stop_without_systemd() {
    if [ -z "${DPKG_ROOT:-}" ] && ! [ -d /run/systemd/system ] && [ -x "/etc/init.d/$NAME" ]; then
        invoke-rc.d --skip-systemd-native "$NAME" stop || true
    fi
}

repair_after_purge_of_the_original() {
    [ "$(cat "$STATE/original" 2>/dev/null)" = config-files ] && [ "$(original_status)" = not-installed ] || return 0
    keep_user
    sysv_links
    # Without a state of its own a unit counts as new, and the next upgrade would enable one that was disabled.
    if [ -e "$STATE/enabled" ]; then deb-systemd-helper enable "$NAME.service" >/dev/null || true
    else deb-systemd-helper update-state "$NAME.service" >/dev/null || true; fi
    [ ! -d /run/systemd/system ] || systemctl daemon-reload || true
    echo not-installed >"$STATE/original"
}
