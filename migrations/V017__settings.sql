-- What is chosen at the console: for the platform, where no owner is named, and by each user for themselves.

create table settings (
  owner      text references users on delete cascade,
  name       text not null,
  value      jsonb not null,
  changed_at bigint not null default floor(extract(epoch from clock_timestamp()) * 1000000)::bigint,
  changed_by text not null,
  unique nulls not distinct (owner, name)
);
