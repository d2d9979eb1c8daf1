-- What a backtest has besides its session. from_time, to_time: the range that was asked for, null for an
-- open end. start_time: of its first event. end_time: of its data, null when that was not known.
-- cancelled: ended by somebody before its data were at their end.
create table backtests (
  session_id text primary key references sessions,
  from_time  bigint,
  to_time    bigint,
  start_time bigint not null,
  end_time   bigint,
  cancelled  boolean not null
);

create index backtests_by_start on sessions (started_at, session_id) where mode = 'backtest';
