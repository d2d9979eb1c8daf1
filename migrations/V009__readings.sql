-- What strategies had before their eyes when they decided.
--
-- The bar's columns are null together: where a signal was raised between bars. `values` holds the
-- indicators by name; null for one that was still warming up.
create table readings (
  session_id      text not null references sessions,
  seq             bigint not null,
  time            bigint not null,
  idx             integer not null,
  strategy        text not null,
  symbol          text,
  interval_micros bigint,
  open_time       bigint,
  open            double precision,
  high            double precision,
  low             double precision,
  close           double precision,
  volume          double precision,
  values          jsonb not null,
  entry           bigint generated always as identity,
  primary key (session_id, seq, idx),
  check (num_nulls(symbol, interval_micros, open_time, open, high, low, close, volume) in (0, 8))
);
create unique index readings_in_order on readings (session_id, entry);
create index readings_by_strategy on readings (session_id, strategy, seq);

-- From a signal to what followed.
create index signals_by_strategy on signals (session_id, strategy, seq);
create index orders_by_signal on orders (signal_id);
create index order_events_by_signal on order_events (signal_id);
create index fills_by_signal on fills (signal_id);
create index risk_alerts_by_signal on risk_alerts (signal_id);
