-- Accounts on margin: what positions paid or received for being held, where they are closed by force. What a
-- session may do at most, and when its limit orders fill.

alter table sessions
  add column limit_fill text not null default 'touch' check (limit_fill in ('touch', 'through')),
  add column account jsonb not null default '{"cost_basis": "average", "margin": null}',
  add column risk jsonb not null default '{}';

alter table positions
  add column entry_fees numeric not null default 0,
  add column funding numeric not null default 0,
  add column leverage numeric not null default 1,
  add column liquidation_price numeric;

alter table equity
  add column funding numeric not null default 0;

-- Who saw an alert, and when (wall clock).
alter table risk_alerts
  add column acknowledged_at bigint,
  add column acknowledged_by text,
  add check ((acknowledged_at is null) = (acknowledged_by is null));

-- amount: what came in, below zero when it was paid; due_time: of the payment, at most time.
create table funding (
  session_id  text not null references sessions,
  position_id text not null references positions,
  signal_id   text not null references signals,
  strategy    text not null,
  symbol      text not null,
  seq         bigint not null,
  time        bigint not null,
  due_time    bigint not null,
  rate        numeric not null,
  notional    numeric not null,
  amount      numeric not null,
  entry       bigint generated always as identity,
  primary key (position_id, due_time)
);
create unique index funding_in_order on funding (session_id, entry);
