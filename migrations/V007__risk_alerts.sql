-- Broken risk rules: orders that were turned down, and stops of trading. `idx` numbers the alerts of one
-- input. Without an order, signal_id and order_id are null.

create table risk_alerts (
  session_id  text not null references sessions,
  seq         bigint not null,
  time        bigint not null,
  idx         integer not null,
  rule        text not null,
  action      text not null check (action in ('block', 'cancel', 'close')),
  level       text not null check (level in ('info', 'warn', 'error')),
  strategy    text,
  signal_id   text references signals,
  order_id    text references orders,
  limit_value numeric,
  value       numeric,
  text        text not null,
  entry       bigint generated always as identity,
  primary key (session_id, seq, idx),
  check (order_id is null or signal_id is not null)
);
create unique index risk_alerts_in_order on risk_alerts (session_id, entry);
