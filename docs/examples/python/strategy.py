#!/usr/bin/env python3
"""A whole strategy outside the platform: hears a session's trades by TCP, places orders.

Long while a fast average of the prices is above a slow one, flat otherwise. Needs nothing but Python.

    SANDPIPER_TOKEN=sp_… strategy.py SESSION STRATEGY [ORDERS]

SANDPIPER_TCP names host:port of the bridge, 127.0.0.1:7000 by default. Ends after ORDERS orders, 10 by default.
"""
import sys

from bridge import Bridge, Refused

def main(session, strategy, orders):
    bridge = Bridge()
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
        except Refused as refusal:
            sys.exit(str(refusal))
        long = not long
        orders -= 1
        print(order["order_id"], order["signal_id"], order["side"], flush=True)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) == 4 else 10)
