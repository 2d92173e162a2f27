#!/usr/bin/env python3
"""A mail server on 127.0.0.1:2525 that takes all and writes DATA to /tmp/mail-said for each mail."""
import socket


def serve(connection):
    said = connection.makefile("rb")
    body = False
    connection.sendall(b"220 trial\r\n")
    for line in said:
        word = line[:4].upper()
        if body:
            if line != b".\r\n":
                continue
            body = False
        elif word == b"DATA":
            with open("/tmp/mail-said", "w") as note:
                note.write("DATA\n")
            body = True
            connection.sendall(b"354 go on\r\n")
            continue
        elif word == b"QUIT":
            connection.sendall(b"221 bye\r\n")
            return
        connection.sendall(b"250 ok\r\n")


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 2525))
listener.listen()
while True:
    connection = listener.accept()[0]
    try:
        serve(connection)
    except OSError:
        pass
    connection.close()
