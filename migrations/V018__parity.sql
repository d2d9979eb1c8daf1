-- What it takes to run a session again besides its inputs, and what came of it.

create table session_bases (
  session_id text primary key references sessions,
  basis      jsonb not null,
  last_seq   bigint
);

create table parity_proofs (
  session_id text primary key references sessions,
  proof      jsonb not null,
  proved_at  bigint not null default floor(extract(epoch from clock_timestamp()) * 1000000)::bigint
);
