-- Numbers that programs outside gave to the strategies of a session: inputs, numbered with its
-- trades, quotes, bars and books.

create table external_values (
  session_id text not null references sessions,
  seq bigint not null,
  time bigint not null,
  symbol text not null,
  name text not null,
  value double precision not null,
  primary key (session_id, seq)
);
