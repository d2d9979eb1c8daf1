-- A session can rest and go on, and be forgotten.

alter table sessions drop constraint sessions_status_check;
alter table sessions add constraint sessions_status_check
  check (status in ('starting', 'running', 'paused', 'stopping', 'stopped', 'failed'));

-- Whoever deletes a row has every row that might refer to it looked for.
create index orders_of_signal on orders (signal_id);
create index orders_of_parent on orders (parent_id) where parent_id is not null;
create index orders_of_group on orders (group_id) where group_id is not null;
create index positions_of_signal on positions (signal_id);
create index fills_of_order on fills (order_id);
create index fills_of_signal on fills (signal_id);
create index fills_of_position on fills (position_id);
create index order_events_of_order on order_events (order_id);
create index order_events_of_signal on order_events (signal_id);
create index order_events_of_fill on order_events (fill_id) where fill_id is not null;
create index risk_alerts_of_signal on risk_alerts (signal_id) where signal_id is not null;
create index risk_alerts_of_order on risk_alerts (order_id) where order_id is not null;
create index funding_of_position on funding (position_id);
create index funding_of_signal on funding (signal_id);
