-- What the exchange of a live session said of its orders: inputs, numbered with its trades, quotes, bars and
-- books, as JSON.

create table venue_reports (
  session_id text not null references sessions,
  seq bigint not null,
  time bigint not null,
  symbol text not null,
  report text not null,
  day date not null,
  primary key (session_id, seq, day)
) partition by range (day);

alter table recorded drop constraint recorded_series_check;
alter table recorded add constraint recorded_series_check check (series in
  ('bars', 'closings', 'trades', 'quotes', 'books', 'external_values', 'venue_reports'));

create or replace function keep_day(kept date) returns void language plpgsql as $$
declare
  series text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('sandpiper days'));
  foreach series in array array['bars', 'trades', 'quotes', 'books', 'external_values', 'venue_reports'] loop
    part := series || '_' || to_char(kept, 'YYYYMMDD');
    if to_regclass(part) is null then
      execute format('create table %I (like %I)', part, series);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', series, part, kept, kept + 1);
    end if;
  end loop;
end $$;
