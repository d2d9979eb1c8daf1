#!/usr/bin/env python3
"""A whole strategy outside the platform: hears a session's trades by TCP, places orders.

Long while a fast average of the prices is above a slow one, flat otherwise. Needs nothing but Python.

    SANDPIPER_TOKEN=sp_… strategy.py SESSION STRATEGY [ORDERS]

SANDPIPER_TCP names host:port of the bridge, 127.0.0.1:7000 by default. Ends after ORDERS orders, 10 by default.
"""
import itertools
import json
import os
import socket
import struct
import sys


class Bridge:
    """Frames of JSON, each after its length in four bytes, big-endian."""

    def __init__(self, address, token):
        host, port = address.rsplit(":", 1)
        self.socket = socket.create_connection((host, int(port)), timeout=60)
        self.stream = self.socket.makefile("rb")
        self.numbers = itertools.count(1)
        self.heard = []
        self.ask("login", {"token": token})

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
                raise PermissionError(f"{frame['failureCode']}: {frame['message']}")
            if frame.get("address") == reply:
                return frame["body"]
            self.heard.append(frame)

    def listen(self, address):
        self.write({"type": "register", "address": address})

    def next(self):
        frame = self.heard.pop(0) if self.heard else self.read()
        if frame["type"] == "err":
            raise PermissionError(f"{frame['failureCode']}: {frame['message']}")
        return frame["body"]


def main(session, strategy, orders):
    bridge = Bridge(os.environ.get("SANDPIPER_TCP", "127.0.0.1:7000"), os.environ["SANDPIPER_TOKEN"])
    bridge.listen(f"session.inputs.{session}")
    fast = slow = None
    long = False
    last = None
    while orders > 0:
        event = bridge.next()
        if last is not None and event["seq"] != last + 1:
            print(f"missed {event['seq'] - last - 1} inputs", file=sys.stderr)
        last = event["seq"]
        if event["type"] != "trade":
            continue
        price = event["price"]
        fast = price if fast is None else fast + (price - fast) * 2 / (3 + 1)
        slow = price if slow is None else slow + (price - slow) * 2 / (12 + 1)
        if (fast > slow) == long:
            continue
        try:
            order = bridge.ask("trading.place", {
                "session_id": session, "strategy": strategy, "symbol": event["symbol"],
                "side": "sell" if long else "buy", "quantity": "0.1",
                "reason": f"python: averages crossed at input {last}"})
        except PermissionError as refusal:
            sys.exit(str(refusal))
        long = not long
        orders -= 1
        print(order["order_id"], order["signal_id"], order["side"], flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) == 4 else 10)
