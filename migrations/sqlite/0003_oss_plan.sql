-- What was said in a meeting on a Work Item (OSS-39, OSS-41). It stands in this table alone: no event, list, export or
-- report holds it, and taking it out under a retention certificate breaks no chain.
create table oss_highlight (
  id integer primary key,
  work_item_id text not null,
  at integer not null,
  by_member text not null,
  -- shared with the Area Representative as the case needs it
  with_area_rep integer not null default 0 check (with_area_rep in (0, 1)),
  highlights text not null check (length(trim(highlights)) > 0),
  recorded_at integer not null
) strict;

create index oss_highlight_item on oss_highlight (work_item_id, at);
