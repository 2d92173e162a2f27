#!/usr/bin/env python3
"""Listens for VRRP on an interface until SIGTERM, then one line: adverts, the longest time between two, adverts of priority 0.

adverts.py INTERFACE
"""
import select
import signal
import socket
import sys
import time

stopped = False


def stop(*_):
    global stopped
    stopped = True


signal.signal(signal.SIGTERM, stop)
signal.signal(signal.SIGINT, stop)
s = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x0800))
s.bind((sys.argv[1], 0x0800))
adverts = zero = 0
longest, last = 0.0, time.monotonic()
while not stopped:
    if not select.select([s], [], [], 0.1)[0]:
        continue
    packet, whence = s.recvfrom(2048)
    if whence[2] == socket.PACKET_OUTGOING or len(packet) < 28 or packet[9] != 112:
        continue
    now = time.monotonic()
    longest, last = max(longest, now - last), now
    adverts += 1
    if packet[(packet[0] & 15) * 4 + 2] == 0:
        zero += 1
longest = max(longest, time.monotonic() - last)
print("adverts=%d longest_ms=%d goodbyes=%d" % (adverts, longest * 1000, zero))
