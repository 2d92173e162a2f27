"""The bad half of the soak's clients: garbage, half messages, aborts, resets, slow bytes, silence. Usage: soak.py PORT SECONDS"""
import os
import random
import socket
import struct
import sys
import time

port, seconds = int(sys.argv[1]), int(sys.argv[2])
end, seed = time.time() + seconds, random.Random(7)
idle = []        # held open without a word, or with half a head
slow = []        # (socket, what is still to be sent): a byte a round
chunks = b"".join(b"%x\r\n%s\r\n" % (n, b"y" * n) for n in (1, 5, 300, 16000, 7)) + b"0\r\n\r\n"


def reset(s):
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def one(kind):
    s = socket.create_connection(("127.0.0.1", port + (seed.randrange(8) == 0)), 2)
    if kind == 0:
        s.sendall(os.urandom(seed.randrange(1, 4000)))
    elif kind == 1:
        s.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n")
        idle.append(s)
        return
    elif kind == 2:
        s.sendall(b"GET /big HTTP/1.1\r\nhost: a\r\n\r\n")
        s.recv(100)
        if seed.randrange(2):
            reset(s)
            return
    elif kind == 3:
        s.sendall(b"POST /x HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n")
    elif kind == 4:
        s.sendall(b"POST /x HTTP/1.1\r\nhost: a\r\ncontent-length: 100000\r\n\r\nabc")
        if seed.randrange(2):
            reset(s)
            return
    elif kind == 5:
        idle.append(s)
        return
    elif kind == 6:
        slow.append([s, b"GET / HTTP/1.1\r\nhost: slow.example\r\ncookie: SRV=a\r\n\r\n"])
        return
    elif kind == 7:
        s.sendall(b"POST /api HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n" + chunks)
        s.recv(65536)
    elif kind == 8:
        s.sendall(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n" * 5)
        s.shutdown(socket.SHUT_WR)
        while s.recv(65536):
            pass
    else:
        reset(s)
        return
    s.close()


while time.time() < end:
    try:
        one(seed.randrange(10))
    except OSError:
        pass
    for item in list(slow):
        try:
            if item[1]:
                item[0].sendall(item[1][:1])
                item[1] = item[1][1:]
            else:
                item[0].recv(1000)
                item[0].close()
                slow.remove(item)
        except OSError:
            item[0].close()
            slow.remove(item)
    while len(idle) > 500:
        idle.pop(seed.randrange(len(idle))).close()
    time.sleep(0.01)
