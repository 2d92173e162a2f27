#!/usr/bin/env bash
# Our haproxy on loopback with the quick-start configuration, in the foreground until ^C. PORT= moves it (site, +1 statistics, +2 +3 servers).
. "$(dirname "$0")/common.sh"
port=${PORT:-8080}
program=$(ours)
config=packaging/quickstart/haproxy.cfg
export QUICKSTART_PORT=$port QUICKSTART_STATS=$((port + 1)) QUICKSTART_WEB01=$((port + 2)) QUICKSTART_WEB02=$((port + 3))
QUICKSTART_SOCKET=$(mktemp -u "${TMPDIR:-/tmp}/dropin-quickstart-XXXXXX.sock"); export QUICKSTART_SOCKET

"$program" -c -q -f "$config" || { "$program" -c -f "$config" || true; die "the quick-start configuration does not start with $program"; }
cat <<TEXT

  the site          http://127.0.0.1:$port/        (two web servers take turns; a cookie keeps a browser on one)
  statistics        http://127.0.0.1:$((port + 1))/        user admin, password admin
  the CLI           echo "show info" | socat $QUICKSTART_SOCKET -
  configuration     $config
  stop              ^C

TEXT
# The shell stays to tidy up. A job in the background of a script ignores SIGINT, so ^C reaches haproxy as a TERM from here.
"$program" -db -f "$config" &
child=$!
trap 'kill -TERM $child 2>/dev/null || true' TERM INT HUP
while code=0; wait $child || code=$?; kill -0 $child 2>/dev/null; do :; done
rm -f "$QUICKSTART_SOCKET"
echo
case $code in 0|130|143) say "stopped"; exit 0 ;; *) die "$program ended with code $code" ;; esac
