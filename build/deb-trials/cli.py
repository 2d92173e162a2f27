#!/usr/bin/env python3
"""One command to a statistics socket: cli.py SOCKET COMMAND"""
import socket
import sys

s = socket.socket(socket.AF_UNIX)
s.settimeout(3)
s.connect(sys.argv[1])
s.sendall(sys.argv[2].encode() + b"\n")
s.shutdown(socket.SHUT_WR)
while True:
    data = s.recv(65536)
    if not data:
        break
    sys.stdout.write(data.decode("utf-8", "replace"))
