# After a whole transaction, when an original may have been erased in it: settle.sh NAME
# Its edited files, which rpm renamed, get their names back; what is missing at a first installation is laid; unit and daemon are as before.
name=$1
share=/usr/share/dropin-$name

settle() { # where from: of our samples, or - where there is none
    if [ ! -e "$1" ] && [ -e "$1.rpmsave" ]; then
        mv "$1.rpmsave" "$1"
    elif [ ! -e "$1" ] && [ "$2" != - ] && [ ! -e "$share/.laid" ]; then
        mkdir -p "${1%/*}"
        cp "$share/$2" "$1"
    fi
}
case $name in
haproxy)
    settle /etc/haproxy/haproxy.cfg haproxy.cfg
    settle /etc/sysconfig/haproxy sysconfig
    settle /etc/logrotate.d/haproxy logrotate
    ;;
keepalived)
    settle /etc/keepalived/keepalived.conf -
    settle /etc/sysconfig/keepalived sysconfig
    ;;
esac
touch "$share/.laid"

[ -x /usr/bin/systemctl ] || exit 0
[ ! -d /run/systemd/system ] || systemctl daemon-reload || :
if [ -e "/run/dropin-$name.enabled" ]; then systemctl --no-reload enable "$name.service" || :; fi
if [ -d /run/systemd/system ]; then
    if systemctl -q is-active "$name.service"; then systemctl reload "$name.service" || :
    elif [ -e "/run/dropin-$name.active" ]; then systemctl start "$name.service" || :
    fi
fi
rm -f "/run/dropin-$name.enabled" "/run/dropin-$name.active"
