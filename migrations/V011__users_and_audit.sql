-- Who may use the platform, what lets them in, and what they did. No secret is kept: passwords as slow hashes,
-- tokens as SHA-256 of 256 random bits.

create table users (
  name          text primary key check (name ~ '^[a-z][a-z0-9._-]{0,31}$'),
  role          text not null check (role in ('viewer', 'trader', 'admin')),
  password_hash text not null,
  must_change   boolean not null,
  disabled      boolean not null default false,
  created_at    bigint not null default floor(extract(epoch from clock_timestamp()) * 1000000)::bigint
);

-- A login of the console, or a token that a user made for a client.
create table access_tokens (
  token_id     text primary key,
  user_name    text not null references users on delete cascade,
  kind         text not null check (kind in ('login', 'client')),
  label        text not null,
  secret_hash  text not null unique,
  permissions  text[] not null,
  created_at   bigint not null,
  expires_at   bigint,
  last_used_at bigint
);
create index access_tokens_of_user on access_tokens (user_name, created_at);

-- One row for each command, written before it is carried out; status and problem follow with the answer. A row
-- without a status was interrupted. Users may be gone by now, so nothing refers to them.
create table audit_log (
  entry     bigint generated always as identity primary key,
  at        bigint not null,
  user_name text not null,
  token_id  text,
  remote    text,
  operation text not null,
  target    text not null,
  detail    text,
  status    integer,
  problem   text
);

-- The person who acted by hand; null when nobody did.
alter table signals add column by text;
alter table order_events add column by text;
