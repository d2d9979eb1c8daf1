-- Order books among the recorded inputs, and how a session's orders fill.

-- `seq` goes on counting across bars, trades, quotes and books. first_id: null for a snapshot. bids,
-- asks: price and size by turns, as the source gave them.
create table books (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  symbol     text not null,
  event_time bigint not null,
  first_id   bigint,
  last_id    bigint not null,
  bids       double precision[] not null,
  asks       double precision[] not null,
  primary key (session_id, seq)
);

-- Sessions from before had no choice. slippage and latency as on the command line: percent:0.01, 50ms.
alter table sessions
  add column fill_model text not null default 'any'
    check (fill_model in ('any', 'bar', 'trade', 'quote', 'book')),
  add column slippage text not null default 'none',
  add column latency text not null default 'none';
