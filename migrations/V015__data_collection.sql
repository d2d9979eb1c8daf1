-- Sessions that record market data and trade nothing.

alter table sessions drop constraint sessions_session_id_check;
alter table sessions add constraint sessions_session_id_check check (session_id ~ '^(bt|pp|lv|dc)_.');
alter table sessions drop constraint sessions_mode_check;
alter table sessions add constraint sessions_mode_check
  check (mode in ('backtest', 'paper', 'live', 'collection'));

-- What a data collection has besides its session. contents: rows, times and bytes of what it holds, counted
-- once it has ended; null until somebody asked.
create table collections (
  session_id text primary key references sessions,
  streams    text[] not null,
  contents   jsonb
);

create index collections_by_start on sessions (started_at, session_id) where mode = 'collection';
