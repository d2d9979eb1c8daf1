-- What strategies write down besides log lines, and what is done to them while they run. `idx` numbers
-- the notes of one input across these tables and log_lines.

create table alerts (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  idx        integer not null,
  strategy   text not null,
  level      text not null check (level in ('info', 'warn', 'error')),
  text       text not null,
  entry      bigint generated always as identity,
  primary key (session_id, seq, idx)
);
create unique index alerts_in_order on alerts (session_id, entry);

create table metrics (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  idx        integer not null,
  strategy   text not null,
  name       text not null,
  value      double precision not null,
  entry      bigint generated always as identity,
  primary key (session_id, seq, idx)
);
create unique index metrics_in_order on metrics (session_id, entry);

-- text: of a marker; null for a point of the line `series`.
create table plot_points (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  idx        integer not null,
  strategy   text not null,
  pane       text not null,
  series     text not null,
  value      double precision not null,
  text       text,
  entry      bigint generated always as identity,
  primary key (session_id, seq, idx)
);
create unique index plot_points_in_order on plot_points (session_id, entry);

create table strategy_events (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  idx        integer not null,
  strategy   text not null,
  kind       text not null check (kind in ('suspended', 'reloaded', 'parameters', 'command')),
  detail     text not null,
  entry      bigint generated always as identity,
  primary key (session_id, seq, idx)
);
create unique index strategy_events_in_order on strategy_events (session_id, entry);

alter table log_lines add column entry bigint generated always as identity;
create unique index log_lines_in_order on log_lines (session_id, entry);
