#!/usr/bin/env bash
# Mixed load on our haproxy for MINUTES (30): keep-alive, a connection a request, 1 MB bodies, garbage, slow and idle clients.
# Prints memory and descriptors once a minute and fails where they keep growing after the first third.
set -u
cd "$(dirname "$0")/.." || exit 1
. build/common.sh
minutes=${MINUTES:-30}
program=${PROGRAM:-artifacts/bin/haproxy}
[ -x "$program" ] || bash build/publish.sh || exit 1
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$folder"' EXIT
front=31080; origin=31090
mkdir "$folder/www"; head -c 1048576 /dev/urandom > "$folder/www/big"
cat > "$folder/nginx.conf" <<END
worker_processes 1; daemon off; pid $folder/nginx.pid; error_log $folder/nginx.err;
events { worker_connections 4000; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path $folder; proxy_temp_path $folder; fastcgi_temp_path $folder; uwsgi_temp_path $folder;
  scgi_temp_path $folder; server { listen 127.0.0.1:$origin; location / { return 200 "hello\n"; } location /big { root $folder/www; } } }
END
cat > "$folder/haproxy.cfg" <<END
global
    maxconn 6000
    log 127.0.0.1:31514 local0
defaults
    mode http
    log global
    option httplog
    option forwardfor
    timeout client 5s
    timeout server 5s
    timeout connect 1s
    timeout http-request 2s
frontend site
    bind 127.0.0.1:$front
    acl api path_beg /api
    http-request set-header x-request-kind api if api
    http-request deny if { path_end .php }
    use_backend close if { path_beg /close }
    default_backend web
backend web
    cookie SRV insert indirect nocache
    server web01 127.0.0.1:$origin cookie a check inter 1s
    server web02 127.0.0.1:$origin cookie b check inter 1s
    server gone 127.0.0.1:31099 check inter 1s
backend close
    option httpclose
    server web01 127.0.0.1:$origin
END
nginx -c "$folder/nginx.conf" >/dev/null 2>&1 &
"$program" -db -f "$folder/haproxy.cfg" >/dev/null 2>"$folder/stderr" &
pid=$!
sleep 1
seconds=$((minutes * 60))
wrk -t1 -c64 -d${seconds}s http://127.0.0.1:$front/ >"$folder/keep" 2>&1 &
wrk -t1 -c16 -d${seconds}s -H 'Connection: close' http://127.0.0.1:$front/close >"$folder/close" 2>&1 &
wrk -t1 -c4 -d${seconds}s http://127.0.0.1:$front/big >"$folder/big" 2>&1 &
python3 - "$front" "$seconds" <<'END' &
import os, random, socket, sys, time
port, seconds = int(sys.argv[1]), int(sys.argv[2])
end, idle, seed = time.time() + seconds, [], random.Random(7)
while time.time() < end:
    try:
        s = socket.create_connection(("127.0.0.1", port), 2)
        kind = seed.randrange(6)
        if kind == 0: s.sendall(os.urandom(seed.randrange(1, 4000)))
        elif kind == 1: s.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n"); idle.append(s); s = None
        elif kind == 2: s.sendall(b"GET /big HTTP/1.1\r\nhost: a\r\n\r\n"); s.recv(100)
        elif kind == 3: s.sendall(b"POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
        elif kind == 4: s.sendall(b"POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\nabc")
        else: idle.append(s); s = None
        if s: s.close()
        if len(idle) > 500: idle.pop(seed.randrange(len(idle))).close()
    except OSError: pass
    time.sleep(0.005)
END
start=0; worst=0
for minute in $(seq 1 "$minutes"); do
    sleep 57
    kill -0 "$pid" 2>/dev/null || { echo "it died:"; cat "$folder/stderr"; exit 1; }
    memory=$(awk '/^RssAnon/ {print $2}' /proc/$pid/status); descriptors=$(ls /proc/$pid/fd | wc -l)
    echo "minute $minute: $memory kB private, $descriptors descriptors"
    if [ "$minute" -le $(((minutes + 2) / 3)) ]; then [ "$memory" -gt "$start" ] && start=$memory; else [ "$memory" -gt "$worst" ] && worst=$memory; fi
done
wait %3 %4 %5 2>/dev/null
grep -hE 'requests in|Non-2xx|Socket errors' "$folder/keep" "$folder/close" "$folder/big"
sleep 7
echo "at rest: $(ls /proc/$pid/fd | wc -l) descriptors"
kill -USR1 "$pid"
if [ "$worst" -gt $((start + start / 5 + 2000)) ]; then echo "memory grew from $start to $worst kB"; exit 1; fi
echo "memory: $start kB in the first third, at most $worst kB after it"
