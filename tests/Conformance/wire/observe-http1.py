#!/usr/bin/env python3
"""Shows the HTTP/1 wire fixtures to an installed haproxy and writes down what it makes of them.

usage: observe-http1.py HAPROXY FIXTURE.txt...        (the format is in fixtures/wire/README.md)

Cases that say `deviation` keep what they say. Everything runs on loopback; the ports are 21000 to 21003.
"""
import os, re, socket, subprocess, sys, tempfile, threading, time

CONFIG = """global
  stats socket {dir}/sock level admin
defaults
  mode http
  timeout client 3s
  timeout server 3s
  timeout connect 2s
  timeout http-request 1s
  http-reuse never
  retries 0
frontend strict
  bind 127.0.0.1:21000
  default_backend b
frontend relaxed
  bind 127.0.0.1:21001
  option accept-invalid-http-request
  default_backend r
backend b
  server s 127.0.0.1:21002
backend r
  option accept-invalid-http-response
  server s 127.0.0.1:21002
"""
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def decode(text):
    text = re.sub(r"\\\*(\d+)\{([^}]*)\}", lambda m: m.group(2) * int(m.group(1)), text.replace("\n", ""))
    return re.sub(r"\\(r|n|t|\\|x..)", lambda m: {"r": "\r", "n": "\n", "t": "\t", "\\": "\\"}.get(m.group(1)) or chr(int(m.group(1)[1:], 16)), text).encode("latin1")


def encode(data):
    out = ""
    for c in data:
        out += {13: "\\r", 10: "\\n\n", 9: "\\t", 92: "\\\\"}.get(c) or (chr(c) if 32 <= c < 127 else "\\x%02x" % c)
    out = re.sub(r"((?:X-A: 1\\r\\n\n){20,})", lambda m: "\\*%d{X-A: 1\\r\\n}\n" % m.group(1).count("\n"), out)
    out = re.sub(r"((?:x-a: 1\\r\\n\n){20,})", lambda m: "\\*%d{x-a: 1\\r\\n}\n" % m.group(1).count("\n"), out)
    out = re.sub(r"([a-z])\1{50,}", lambda m: "\\*%d{%s}" % (len(m.group(0)), m.group(1)), out)
    return out if out.endswith("\n") or not out else out + "\n"


def read(path):
    preamble, cases = "", []
    for block in re.split(r"(?m)^(?==== )", open(path, encoding="ascii").read()):
        if not block.startswith("=== "):
            preamble = block
            continue
        head, *sections = re.split(r"(?m)^--- ", block)
        name, *keys = head[4:].rstrip("\n").split("\n")
        parts = {}
        for section in sections:
            title, _, body = section.partition("\n")
            parts[title.split(" ")[0]] = (title, body)
        cases.append((name, keys, parts))
    return preamble, cases


class Origin:
    def __init__(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", 21002))
        self.listener.listen(64)
        self.answer, self.got, self.turn = OK, {}, 0
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            threading.Thread(target=self.serve, args=(self.listener.accept()[0], self.turn), daemon=True).start()

    def serve(self, conn, turn):
        conn.settimeout(0.03)
        data, answered, start = b"", False, time.time()
        try:
            while time.time() - start < 2.5:
                try:
                    piece = conn.recv(65536)
                    if not piece:
                        break
                    data += piece
                    self.got[turn] = data
                except socket.timeout:
                    if data and not answered:
                        answered = True
                        conn.sendall(self.answer)
                        if self.shut:
                            conn.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        conn.close()


def exchange(port, data):
    conn = socket.create_connection(("127.0.0.1", port))
    try:
        conn.sendall(data)
    except OSError:
        pass
    conn.settimeout(0.12)
    out, start = b"", time.time()
    while time.time() - start < 1.6:
        try:
            piece = conn.recv(65536)
            if not piece:
                break
            out += piece
        except socket.timeout:
            if out:
                break
        except OSError:
            break
    conn.close()
    return out


def errors(path, seen):
    conn = socket.socket(socket.AF_UNIX)
    conn.connect(path)
    conn.sendall(b"show errors\n")
    text = b""
    while True:
        piece = conn.recv(65536)
        if not piece:
            break
        text += piece
    fresh = None
    for section in re.split(r"\n(?=\[)", text.decode("latin1")):
        event = re.search(r"event #(\d+)", section)
        if not event or event.group(1) in seen:
            continue
        seen.add(event.group(1))
        fresh = re.search(r"error at position (\d+)", section).group(1), re.search(r"H1 msg state (\w+)", section).group(1)
    return fresh


def dechunk(data):
    body = b""
    while True:
        size, _, data = data.partition(b"\r\n")
        if not size:
            return body, None
        length = int(size, 16)
        if length == 0:
            return body, data[:-2] if data != b"\r\n" else b""
        body, data = body + data[:length], data[length + 2:]


def describe(message, none, tunnel):
    head, _, rest = message.partition(b"\r\n\r\n")
    head += b"\r\n\r\n"
    out = "--- out\n" + encode(head)
    if none:
        return out
    if tunnel:
        return out + "--- body tunnel\n" + encode(rest)
    if b"\r\ntransfer-encoding: chunked" in head.lower():
        data, trailers = dechunk(rest)
        out += "--- body chunked%s\n" % ("" if trailers is not None else " unfinished") + encode(data)
        return out + ("--- trailers\n" + encode(trailers) if trailers else "")
    if b"\r\ncontent-length: " in head:
        return out + "--- body length\n" + encode(rest)
    if not head.startswith((b"HTTP/", b"RTSP/", b"ICY")):
        return out
    return out + "--- body close\n" + encode(rest)


def observe(origin, sock, seen, keys, data):
    port = 21001 if "accept-invalid" in keys else 21000
    response = "response" in keys
    method = next((k.split(" ")[1] for k in keys if k.startswith("method ")), "GET")
    client = "1.0" if "client 1.0" in keys else "1.1"
    request = data
    if response:
        request = b"%s %s HTTP/%s\r\nHost: a:1\r\n%s\r\n" % (
            method.encode(), b"a:1" if method == "CONNECT" else b"/", client.encode(),
            b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: aaaaaaaaaaaaaaaaaaaaaaaa\r\n" if "upgrade" in keys else b"")
    origin.turn += 1
    turn = origin.turn
    origin.answer, origin.shut = (data if response else OK), "close" in keys
    out = exchange(port, request)
    time.sleep(0.01)
    error = errors(sock, seen)
    got = origin.got.get(turn, b"")
    relaxed = "--- relaxed %s %s\n" % (error[0], "") if error else ""
    status = int(out.split(b" ")[1]) if out.count(b" ") > 1 and out.split(b" ")[1].isdigit() else 0
    failed = b"<html><body><h1>%d " % status in out
    if failed:
        return "--- bad %d %s %s\n" % (status, *(error or ("-", "-")))
    if response:
        first = out.partition(b"\r\n\r\n")[0]
        code = first.split(b" ")[1]
        none = method == "HEAD" or int(code) < 200 and code != b"101" or code in (b"204", b"304") and method != "CONNECT"
        text = describe(out, none, method == "CONNECT" and code[:1] == b"2" or code == b"101")
    else:
        persist = b"connection: close" not in out
        text = describe(got, False, got.startswith(b"CONNECT ")) + "--- persist %s\n" % ("yes" if persist else "no")
    return text + relaxed.replace(" \n", "\n")


def main():
    haproxy, files = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory() as where:
        config = os.path.join(where, "haproxy.cfg")
        open(config, "w").write(CONFIG.format(dir=where))
        process = subprocess.Popen([haproxy, "-db", "-f", config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(0.5)
            origin, seen = Origin(), set()
            for path in files:
                preamble, cases = read(path)
                text = preamble
                for name, keys, parts in cases:
                    text += "=== " + name + "\n" + "".join(k + "\n" for k in keys) + "--- in\n" + parts["in"][1].rstrip("\n") + "\n"
                    if any(k.startswith("deviation") for k in keys):
                        text += "".join("--- %s\n%s" % (title, body.rstrip("\n") + "\n" if body.strip() else "") for key, (title, body) in parts.items() if key != "in")
                    else:
                        text += observe(origin, os.path.join(where, "sock"), seen, keys, decode(parts["in"][1]))
                    text += "\n"
                open(path, "w", encoding="ascii").write(text)
        finally:
            process.terminate()


main()
