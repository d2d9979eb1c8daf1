-- Sessions, what they decided (the journal), and what they saw (their recorded inputs).
--
-- Times are bigint, UTC microseconds since 1970, as the records carry them. They are not timestamp
-- columns: those would be read back through a calendar and a time zone setting of the server or the
-- client, and a session must come back to the very number it was decided on.
--
-- Money is numeric without precision or scale: every digit is kept, trailing zeros too.
--
-- `entry` numbers the rows of a table in the order in which the journal brought them; pages are read
-- along it. Gaps mean nothing.

create table sessions (
  session_id   text primary key check (session_id ~ '^(bt|pp|lv)_.'),
  mode         text not null check (mode in ('backtest', 'paper', 'live')),
  status       text not null check (status in ('starting', 'running', 'stopping', 'stopped', 'failed')),
  symbols      text[] not null,
  acceleration double precision,
  cash         numeric not null,
  data         text not null,
  clock        bigint,
  started_at   bigint not null,
  ended_at     bigint,
  error        text,
  strategies   jsonb not null,
  summary      jsonb
);
create index sessions_by_start on sessions (started_at);

create table strategy_versions (
  name       text not null,
  hash       text not null,
  source     text not null,
  author     text,
  created_at bigint not null default floor(extract(epoch from clock_timestamp()) * 1000000)::bigint,
  primary key (name, hash)
);

create table signals (
  signal_id  text primary key,
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  strategy   text not null,
  symbol     text not null,
  name       text not null,
  reason     text not null,
  values     jsonb not null,
  entry      bigint generated always as identity
);
create unique index signals_in_order on signals (session_id, entry);

create table orders (
  order_id        text primary key,
  session_id      text not null references sessions,
  signal_id       text not null references signals,
  strategy        text not null,
  symbol          text not null,
  side            text not null check (side in ('buy', 'sell')),
  type            text not null check (type in ('market', 'limit')),
  quantity        numeric not null,
  limit_price     numeric,
  status          text not null
    check (status in ('working', 'partially_filled', 'filled', 'cancelled', 'refused')),
  filled_quantity numeric not null,
  filled_notional numeric not null,
  placed_seq      bigint not null,
  placed_time     bigint not null,
  version         integer not null,
  entry           bigint generated always as identity,
  check ((type = 'limit') = (limit_price is not null))
);
create unique index orders_in_order on orders (session_id, entry);

create table positions (
  position_id    text primary key,
  session_id     text not null references sessions,
  signal_id      text not null references signals,
  strategy       text not null,
  symbol         text not null,
  direction      integer not null check (direction in (1, -1)),
  quantity       numeric not null check (quantity >= 0),
  cost           numeric not null,
  realised       numeric not null,
  fees           numeric not null,
  entry_quantity numeric not null,
  entry_notional numeric not null,
  exit_notional  numeric not null,
  opened_time    bigint not null,
  closed_time    bigint,
  version        integer not null,
  entry          bigint generated always as identity
);
create unique index positions_in_order on positions (session_id, entry);

create table fills (
  fill_id     text primary key,
  session_id  text not null references sessions,
  order_id    text not null references orders,
  signal_id   text not null references signals,
  position_id text not null references positions,
  strategy    text not null,
  symbol      text not null,
  seq         bigint not null,
  time        bigint not null,
  side        text not null check (side in ('buy', 'sell')),
  price       numeric not null check (price > 0),
  quantity    numeric not null check (quantity > 0),
  fee         numeric not null,
  maker       boolean not null,
  entry       bigint generated always as identity
);
create unique index fills_in_order on fills (session_id, entry);

-- A refused cancel leaves the order and its version as they are, so neither names the event; its id
-- is made of order, input, type and version.
create table order_events (
  event_id   text primary key,
  session_id text not null references sessions,
  signal_id  text not null references signals,
  order_id   text not null references orders,
  seq        bigint not null,
  time       bigint not null,
  type       text not null check (type in ('accepted', 'refused', 'filled', 'cancelled', 'cancel_refused')),
  rule       text,
  reason     text,
  fill_id    text references fills,
  version    integer not null,
  entry      bigint generated always as identity,
  check ((type = 'filled') = (fill_id is not null))
);
create unique index order_events_in_order on order_events (session_id, entry);

create table equity (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  cash       numeric not null,
  equity     numeric not null,
  realised   numeric not null,
  unrealised numeric not null,
  fees       numeric not null,
  entry      bigint generated always as identity,
  primary key (session_id, seq)
);
create unique index equity_in_order on equity (session_id, entry);

create table log_lines (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  idx        integer not null,
  strategy   text not null,
  level      text not null check (level in ('debug', 'info', 'warn', 'error')),
  text       text not null,
  primary key (session_id, seq, idx)
);

-- The recorded inputs. `seq` numbers them across the three tables, from 1 without a gap; `time` is
-- the session's clock at that input. Their foreign keys cost about a third of the rate at which they
-- can be written.

-- closed: false for a bar that the source delivered, true for the closing of a bar that the session
-- built.
create table bars (
  session_id      text not null references sessions,
  seq             bigint not null,
  time            bigint not null,
  symbol          text not null,
  interval_micros bigint not null,
  open_time       bigint not null,
  open            double precision not null,
  high            double precision not null,
  low             double precision not null,
  close           double precision not null,
  volume          double precision not null,
  closed          boolean not null,
  primary key (session_id, seq)
);

-- event_time: of the trade itself, as its source gave it.
create table trades (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  symbol     text not null,
  event_time bigint not null,
  price      double precision not null,
  amount     double precision not null,
  primary key (session_id, seq)
);

-- event_time: of the quote itself, as its source gave it.
create table quotes (
  session_id text not null references sessions,
  seq        bigint not null,
  time       bigint not null,
  symbol     text not null,
  event_time bigint not null,
  bid        double precision not null,
  ask        double precision not null,
  bid_size   double precision not null,
  ask_size   double precision not null,
  primary key (session_id, seq)
);
