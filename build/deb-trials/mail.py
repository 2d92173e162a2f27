#!/usr/bin/env python3
"""A mail server on 127.0.0.1:2525 that takes all and writes DATA to /tmp/mail-said for each mail."""
import socketserver


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        body = False
        self.wfile.write(b"220 trial\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if body:
                if line != b".\r\n":
                    continue
                body = False
            elif word == b"DATA":
                with open("/tmp/mail-said", "w") as said:
                    said.write("DATA\n")
                body = True
                self.wfile.write(b"354 go on\r\n")
                continue
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer(("127.0.0.1", 2525), Session).serve_forever()
