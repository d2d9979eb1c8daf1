-- Requests that a client may send again without their being carried out again, for a day. A row without a status is
-- of a request that is under way, or was interrupted. Answers that had a secret are not kept.

create table idempotency_keys (
  user_name  text not null,
  key        text not null,
  operation  text not null,
  request    text not null,
  created_at bigint not null,
  status     integer,
  body       text,
  primary key (user_name, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);
