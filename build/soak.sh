#!/usr/bin/env bash
# Mixed load on our haproxy for MINUTES (30): keep-alive, a connection a request, chunked and 1 MB bodies, mode tcp, aborts, garbage, slow and idle
# clients. Prints memory, descriptors and CPU once a minute and fails where memory or descriptors keep growing after the first third, or a good client
# was refused. Beside it a master is reloaded every 20 s under load; it must not grow either. FULL=1 lets the clients run without pauses.
. "$(dirname "$0")/common.sh"
minutes=${MINUTES:-30}
program=$(ours)
front=${PORT:-31080}; origin=$((front + 10)); tcp=$((front + 1)); mastered=$((front + 2)); log=$((front + 14)); nobody=$((front + 19))
folder=$(mktemp -d)
children=()
trap 'kill "${children[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
mkdir "$folder/www"; head -c 1048576 /dev/urandom > "$folder/www/big"; head -c 30000 /dev/zero | tr '\0' x > "$folder/www/chunked"; chmod -R a+rX "$folder"
cat > "$folder/nginx.conf" <<END
worker_processes 1; daemon off; pid $folder/nginx.pid; error_log $folder/nginx.err;
events { worker_connections 4000; }
http { access_log off; keepalive_requests 1000000; client_body_temp_path $folder; proxy_temp_path $folder; fastcgi_temp_path $folder; uwsgi_temp_path $folder;
  scgi_temp_path $folder; server { listen 127.0.0.1:$origin; location / { return 200 "hello\n"; } location /big { root $folder/www; }
  location /chunked { root $folder/www; ssi on; ssi_types *; } } }
END
cat > "$folder/haproxy.cfg" <<END
global
    maxconn 6000
    nbthread 2
    log 127.0.0.1:$log local0
    stats socket $folder/cli level admin
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
    server gone 127.9.9.9:$nobody check inter 1s fall 1
backend close
    option httpclose
    server web01 127.0.0.1:$origin
listen raw
    bind 127.0.0.1:$tcp
    mode tcp
    option tcplog
    server web01 127.0.0.1:$origin
END
sed "s/nbthread 2/nbthread 1/; s/:$front/:$mastered/; s|stats socket.*|stats socket $folder/cli2 level admin expose-fd listeners|; /server gone/d; /^listen raw/,\$d" \
    "$folder/haproxy.cfg" > "$folder/reloaded.cfg"
if [ -n "${FULL:-}" ]; then : > "$folder/pace.lua"; else echo 'function delay() return math.random(5, 40) end' > "$folder/pace.lua"; fi

start() { "$@" & children+=($!); started=$!; }
start nginx -c "$folder/nginx.conf" >/dev/null 2>&1
start "$program" -db -f "$folder/haproxy.cfg" >/dev/null 2>"$folder/stderr"; pid=$started
start "$program" -W -f "$folder/reloaded.cfg" >/dev/null 2>"$folder/master.stderr"; master=$started
# The load begins when the checks have found out who is there: until then a request may go to the server that is not.
python3 - "$folder/cli" <<'END'
import socket, sys, time
for _ in range(300):
    time.sleep(0.1)
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(sys.argv[1])
            s.sendall(b"show stat\n")
            states = {l.split(",")[1]: l.split(",")[17] for l in s.makefile().read().split("\n") if l.startswith("web,")}
        if states["gone"] == "DOWN" and states["web01"] == states["web02"] == "UP": sys.exit(0)
    except (OSError, KeyError): pass
sys.exit("the servers are not what they should be")
END
seconds=$((minutes * 60))
load=()
drive() { local name=$1; shift; start wrk -t1 -d${seconds}s -s "$folder/pace.lua" "$@" >"$folder/$name" 2>&1; load+=("$name"); }
drive keep -c64 http://127.0.0.1:$front/
drive close -c16 -H 'Connection: close' http://127.0.0.1:$front/close
drive big -c4 http://127.0.0.1:$front/big
drive chunked -c8 http://127.0.0.1:$front/chunked
drive raw -c16 http://127.0.0.1:$tcp/
drive reloaded -c8 http://127.0.0.1:$mastered/
start python3 build/soak.py "$front" "$seconds"

# kB that belong to a process (shared pages by their share), descriptors, milliseconds of CPU so far.
memory() { awk '/^Pss:/ {print $2}' "/proc/$1/smaps_rollup"; }
descriptors() { ls "/proc/$1/fd" | wc -l; }
cpu() { awk '{print ($14 + $15) * 10}' "/proc/$1/stat"; }
first=0; worst=0; first_fd=0; worst_fd=0; before=$(cpu "$pid"); master_first=0; master_last=0
printf '%6s %10s %12s %10s %16s %12s\n' minute memory,kB descriptors cpu,ms/s master,memory,kB descriptors
for minute in $(seq 1 "$minutes"); do
    for _ in 1 2 3; do sleep 19.5; kill -USR2 "$master"; done
    kill -0 "$pid" 2>/dev/null || { echo "it died:"; cat "$folder/stderr"; exit 1; }
    kill -0 "$master" 2>/dev/null || { echo "the master died:"; cat "$folder/master.stderr"; exit 1; }
    sleep 1.5
    m=$(memory "$pid"); d=$(descriptors "$pid"); c=$(cpu "$pid"); mm=$(memory "$master")
    printf '%6s %10s %12s %10s %16s %12s\n' "$minute" "$m" "$d" $(((c - before) / 60)) "$mm" "$(descriptors "$master")"
    before=$c; master_last=$mm
    if [ "$minute" -le $(((minutes + 2) / 3)) ]; then
        [ "$m" -gt "$first" ] && first=$m; [ "$d" -gt "$first_fd" ] && first_fd=$d; [ "$mm" -gt "$master_first" ] && master_first=$mm
    else
        [ "$m" -gt "$worst" ] && worst=$m; [ "$d" -gt "$worst_fd" ] && worst_fd=$d
    fi
    true
done
sleep 10
failed=0
for name in "${load[@]}"; do
    echo "$name: $(grep -hE 'requests in' "$folder/$name" | xargs) $(grep -hE 'Non-2xx|Socket errors' "$folder/$name" | xargs)"
    # Reads cut off at the end of the run are no failures; wrong answers and refused connections are.
    if grep -qE 'Non-2xx' "$folder/$name"; then failed=1; fi
    if grep -qE 'Socket errors: connect [1-9]' "$folder/$name"; then failed=1; fi
done
echo "at rest: $(descriptors "$pid") descriptors, $(memory "$pid") kB; master: $(descriptors "$master") descriptors, $(memory "$master") kB"
kill -USR1 "$pid"; kill -TERM "$master"
[ "$failed" = 0 ] || { echo "good clients were refused"; exit 1; }
if [ "$worst" -gt $((first + first / 5 + 2000)) ]; then echo "memory grew from $first to $worst kB"; exit 1; fi
if [ "$worst_fd" -gt $((first_fd + first_fd / 5 + 50)) ]; then echo "descriptors grew from $first_fd to $worst_fd"; exit 1; fi
if [ "$master_last" -gt $((master_first + master_first / 5 + 2000)) ]; then echo "the master's memory grew from $master_first to $master_last kB"; exit 1; fi
echo "memory: $first kB at most in the first third, $worst kB after it; descriptors $first_fd and $worst_fd; master $master_first and $master_last kB"
