-- How well a session did, worked out when it ended: the whole report, as the REST interface answers it.

create table performance (
  session_id text primary key references sessions,
  report     jsonb not null
);
