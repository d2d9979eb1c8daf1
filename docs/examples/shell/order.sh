#!/usr/bin/env bash
# Places a market order and prints it, or says in one line why not and ends with 1. Needs curl.
#
#   SANDPIPER_TOKEN=sp_… order.sh SESSION STRATEGY SYMBOL buy|sell QUANTITY REASON
#
# SANDPIPER_URL is http://127.0.0.1:8080 by default. The key makes it safe to send the same request again.
set -euo pipefail
if [ $# -ne 6 ]; then
  sed -n '2,6s/^# \{0,1\}//p' "$0" >&2
  exit 2
fi
key="$(date +%s%N)-$$"
answer="$(curl --silent --show-error --retry 3 --write-out '\n%{http_code}' \
  --header "Authorization: Bearer ${SANDPIPER_TOKEN}" --header "Idempotency-Key: $key" \
  --header 'Content-Type: application/json' \
  --data "$(printf '{"session_id":"%s","strategy":"%s","symbol":"%s","side":"%s","quantity":"%s","reason":"%s"}' "$@")" \
  "${SANDPIPER_URL:-http://127.0.0.1:8080}/api/trading/orders")"
status="${answer##*$'\n'}"
body="${answer%$'\n'*}"
if [ "$status" = 201 ]; then
  echo "$body"
else
  echo "$status: $body" >&2
  exit 1
fi
