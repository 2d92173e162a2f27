#!/usr/bin/env python3
"""One request each 20 ms until SIGTERM, then one line: answers, errors, the longest time without an answer and what went wrong first.

client.py ADDRESS PORT [keep]     `keep` keeps its connection as long as the server does; a connection that the server announced to close,
                                  or closed while it was idle, is opened again and the request is asked again, as browsers do.
"""
import signal
import socket
import sys
import time

address, port, keep = sys.argv[1], int(sys.argv[2]), "keep" in sys.argv[3:]
INTERVAL = 0.02
stopped = False


def stop(*_):
    global stopped
    stopped = True


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)


def connect():
    s = socket.create_connection((address, port), timeout=5)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def ask(s):
    """Sends a request; the whole head and body of the answer, empty when the connection was closed before a byte of it."""
    s.sendall(b"GET / HTTP/1.1\r\nHost: trial\r\n" + (b"" if keep else b"Connection: close\r\n") + b"\r\n")
    data = b""
    while True:
        end = data.find(b"\r\n\r\n")
        if end >= 0:
            head = data[:end].lower()
            at = head.find(b"content-length:")
            if at < 0 or len(data) >= end + 4 + int(head[at + 15:].split(b"\r\n")[0]):
                return data
        more = s.recv(65536)
        if not more:
            return data
        data += more


answers = errors = reopened = 0
longest, last, first = 0.0, time.monotonic(), ""
connection = None
due = time.monotonic()
while not stopped:
    reused = connection is not None
    try:
        if connection is None:
            connection = connect()
        try:
            data = ask(connection)
        except OSError:
            if not reused:
                raise
            data = b""
        if not data and reused:             # closed while it was idle
            reopened += 1
            connection.close()
            connection = connect()
            data = ask(connection)
        if not data.startswith(b"HTTP/1.1 200"):
            raise OSError("answer: %r" % data[:40])
        answers += 1
        now = time.monotonic()
        longest, last = max(longest, now - last), now
        if not keep or b"connection: close" in data.lower():
            connection.close()
            connection = None
    except OSError as error:
        errors += 1
        first = first or str(error)
        if connection is not None:
            connection.close()
        connection = None
    due += INTERVAL
    pause = due - time.monotonic()
    if pause > 0:
        time.sleep(pause)
    else:
        due = time.monotonic()
longest = max(longest, time.monotonic() - last)
print("answers=%d errors=%d longest_ms=%d reopened=%d first_error=%s" % (answers, errors, longest * 1000, reopened, first or "-"))
