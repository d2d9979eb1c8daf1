-- Cash by currency: decimals as text, so that every digit is kept. What was marked before had one
-- currency, which nobody wrote down.
alter table equity add column balances jsonb not null default '{}';
alter table equity alter column balances drop default;
