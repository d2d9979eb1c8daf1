"""The bridge by TCP, with nothing but Python. A token in SANDPIPER_TOKEN, host:port in SANDPIPER_TCP."""
import itertools
import json
import os
import socket
import struct
import sys


class Refused(Exception):
    """What the platform turned down: a code as in HTTP, and why."""

    def __init__(self, frame):
        super().__init__(f"{frame['failureCode']}: {frame['message']}")
        self.code = frame["failureCode"]


class Bridge:
    """Frames of JSON, each after its length in four bytes, big-endian."""

    def __init__(self):
        host, port = os.environ.get("SANDPIPER_TCP", "127.0.0.1:7000").rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.stream = self.socket.makefile("rb")
        self.numbers = itertools.count(1)
        self.heard = []
        self.ask("login", {"token": os.environ["SANDPIPER_TOKEN"]})

    def write(self, frame):
        data = json.dumps(frame).encode()
        self.socket.sendall(struct.pack(">I", len(data)) + data)

    def read(self):
        length = self.stream.read(4)
        if len(length) < 4:
            sys.exit("the platform closed the connection")
        return json.loads(self.stream.read(struct.unpack(">I", length)[0]))

    def ask(self, address, body):
        """The answer; what is heard until it comes waits for its turn."""
        reply = f"reply-{next(self.numbers)}"
        self.write({"type": "send", "address": address, "body": body, "replyAddress": reply})
        while True:
            frame = self.read()
            if frame["type"] == "err":
                raise Refused(frame)
            if frame.get("address") == reply:
                return frame["body"]
            self.heard.append(frame)

    def listen(self, address):
        self.write({"type": "register", "address": address})

    def next(self):
        frame = self.heard.pop(0) if self.heard else self.read()
        if frame["type"] == "err":
            raise Refused(frame)
        return frame["body"]
