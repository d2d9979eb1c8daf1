-- Recorded market data in partitions of one day each, so that old days can be dropped whole.
--
-- `day` is the UTC day under which a row is kept: that of its time, or that on which its session began if that
-- is later. What comes live lies under the day on which it came; history that is played or imported lies under
-- the day on which that was done, whatever its age. It follows from the row and its session alone, so a row that
-- is written twice meets itself.

-- What there is of a recording, by day: numbers and times (UTC microseconds) of the first and the last row of a
-- series. Series: a table, or closings, the bars that a session built. Store: where the rows are.
create table recorded (
  session_id text not null references sessions,
  series text not null check (series in ('bars', 'closings', 'trades', 'quotes', 'books', 'external_values')),
  day date not null,
  store text not null check (store in ('postgresql', 'questdb')),
  first_seq bigint not null,
  last_seq bigint not null,
  first_time bigint not null,
  last_time bigint not null,
  primary key (session_id, series, day)
);
create index recorded_by_day on recorded (day);

-- Makes the partitions of a day where they are missing. They are attached, not created in place: that holds up
-- nobody who reads or writes the other days.
create function keep_day(kept date) returns void language plpgsql as $$
declare
  series text;
  part text;
begin
  perform pg_advisory_xact_lock(hashtext('sandpiper days'));
  foreach series in array array['bars', 'trades', 'quotes', 'books', 'external_values'] loop
    part := series || '_' || to_char(kept, 'YYYYMMDD');
    if to_regclass(part) is null then
      execute format('create table %I (like %I)', part, series);
      execute format('alter table %I attach partition %I for values from (%L) to (%L)', series, part, kept, kept + 1);
    end if;
  end loop;
end $$;

-- Drops all days of a table before one, and says how many. Gives up when somebody holds it for longer than a moment.
create function drop_days(series text, before date) returns integer language plpgsql as $$
declare
  part text;
  dropped integer := 0;
begin
  perform set_config('lock_timeout', '5s', true);
  perform pg_advisory_xact_lock(hashtext('sandpiper days'));
  for part in
    select inhrelid::regclass::text from pg_inherits
    where inhparent = series::regclass and to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') < before
  loop
    execute 'drop table ' || part;
    dropped := dropped + 1;
  end loop;
  return dropped;
end $$;

do $$
declare
  tables constant text[] := array['bars', 'trades', 'quotes', 'books', 'external_values'];
  series text;
  kept date;
begin
  foreach series in array tables loop
    execute format('alter table %I rename to %I', series, series || '_before');
    execute format(
      'create table %1$I (like %2$I, day date not null, primary key (session_id, seq, day),
        foreign key (session_id) references sessions) partition by range (day)',
      series, series || '_before');
  end loop;
  foreach series in array tables loop
    for kept in execute format(
      'select distinct (to_timestamp(greatest(old.time, started_at) / 1000000) at time zone ''UTC'')::date
        from %I as old join sessions using (session_id)',
      series || '_before')
    loop
      perform keep_day(kept);
    end loop;
    execute format(
      'insert into %I select old.*,
        (to_timestamp(greatest(old.time, started_at) / 1000000) at time zone ''UTC'')::date
        from %I as old join sessions using (session_id)',
      series, series || '_before');
    execute format('drop table %I', series || '_before');
    execute format(
      'insert into recorded
        select session_id, %s, day, ''postgresql'', min(seq), max(seq), min(time), max(time) from %I group by 1, 2, 3',
      case series when 'bars' then 'case when closed then ''closings'' else ''bars'' end'
        else quote_literal(series) end,
      series);
  end loop;
end $$;
