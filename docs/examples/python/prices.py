#!/usr/bin/env python3
"""Feeds trades in: every paper session whose data is bridge:FEED gets them. Needs nothing but Python.

    SANDPIPER_TOKEN=sp_… prices.py FEED SYMBOL < trades.csv

Each line is TIME,PRICE,AMOUNT with the time in UTC microseconds; without a time it is now. SANDPIPER_TCP names host:port of
the bridge, 127.0.0.1:7000 by default. Prints how many trades were taken.
"""
import itertools
import sys
import time

from bridge import Bridge, Refused

AT_A_TIME = 100


def trade(symbol, line):
    moment, price, amount = line.strip().split(",")
    event = {"type": "trade", "symbol": symbol, "price": float(price), "amount": float(amount)}
    return {**event, "time": int(moment)} if moment else event


def publish(bridge, feed, events):
    while True:
        try:
            return bridge.ask("market.publish", {"feed": feed, "events": events})
        except Refused as refusal:
            if refusal.code != 409:
                sys.exit(str(refusal))
            time.sleep(0.05)  # the session is behind: the same again, later


def main(feed, symbol):
    bridge = Bridge()
    taken = 0
    lines = iter(sys.stdin)
    while events := [trade(symbol, line) for line in itertools.islice(lines, AT_A_TIME)]:
        publish(bridge, feed, events)
        taken += len(events)
    print(taken, "trades taken")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
