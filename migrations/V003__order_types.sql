-- Orders beyond market and limit: triggers, distances, times in force, orders that hang on others.
--
-- The exits of a bracket have no price of their own before their entry fills, and never one if it
-- does not: that is why an order with a parent may go without.

alter table orders
  add column trigger_price numeric,
  add column trail_offset  numeric,
  add column trail_percent numeric,
  add column time_in_force text not null default 'gtc'
    check (time_in_force in ('gtc', 'ioc', 'fok', 'gtd', 'day')),
  add column expires_at    bigint,
  add column post_only     boolean not null default false,
  add column reduce_only   boolean not null default false,
  add column parent_id     text references orders,
  add column group_id      text references orders,
  drop constraint orders_type_check,
  drop constraint orders_status_check,
  drop constraint orders_check,
  add constraint orders_type_check
    check (type in ('market', 'limit', 'stop', 'stop_limit', 'trailing_stop', 'take_profit')),
  add constraint orders_status_check
    check (status in ('pending', 'working', 'triggered', 'partially_filled', 'filled', 'cancelled',
      'refused', 'expired')),
  add constraint orders_limit_price_check
    check (case when type in ('limit', 'stop_limit') then limit_price is not null or parent_id is not null
      else limit_price is null end),
  add constraint orders_trigger_price_check
    check (case when type in ('stop', 'stop_limit', 'take_profit')
        then trigger_price is not null or parent_id is not null
      when type = 'trailing_stop' then true
      else trigger_price is null end),
  add constraint orders_trail_check
    check ((type = 'trailing_stop') = (num_nonnulls(trail_offset, trail_percent) = 1)),
  add constraint orders_expires_at_check
    check ((time_in_force in ('gtd', 'day')) = (expires_at is not null));

-- Existing rows have their time in force; new ones must name it.
alter table orders alter column time_in_force drop default,
  alter column post_only drop default,
  alter column reduce_only drop default;

alter table order_events
  drop constraint order_events_type_check,
  add constraint order_events_type_check
    check (type in ('accepted', 'refused', 'activated', 'triggered', 'filled', 'amended',
      'amend_refused', 'cancelled', 'cancel_refused', 'expired'));
