#!/usr/bin/env python3
"""Restarts keepalived, waits until systemd calls it ready and for the first advert on an interface; the tenths of seconds between: ready.py INTERFACE"""
import socket
import subprocess
import sys
import time

subprocess.run(["systemctl", "stop", "keepalived"], check=True)
time.sleep(0.5)
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
s.bind((sys.argv[1], 0x0800))
s.settimeout(10)
subprocess.run(["systemctl", "start", "keepalived"], check=True)
ready = time.monotonic()
while True:
    packet, whence = s.recvfrom(2048)
    if whence[2] != socket.PACKET_OUTGOING and packet[9] == 112:
        break
print("%.1f" % (time.monotonic() - ready))
