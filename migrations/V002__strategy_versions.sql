-- Versions of strategies: numbered from 1 within a name, in the order in which they were made. A restored
-- version has the source of an older one, so that a hash may come again.

alter table strategy_versions
  add column number integer,
  add column restored_from integer;

update strategy_versions
set number = numbered.number, author = coalesce(author, 'file')
from (
  select name, hash, row_number() over (partition by name order by created_at, hash) as number
  from strategy_versions
) as numbered
where strategy_versions.name = numbered.name and strategy_versions.hash = numbered.hash;

alter table strategy_versions
  drop constraint strategy_versions_pkey,
  alter column number set not null,
  alter column author set not null,
  add primary key (name, number),
  add check (number >= 1),
  add check (restored_from < number),
  add foreign key (name, restored_from) references strategy_versions (name, number);
