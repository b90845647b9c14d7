-- Opened, closed, open at start and end, and duplicates of one quarter by district, from the texts of the exports as
-- they are: table told (seq, source, number, status, created, closed, district). Written apart from the product: days
-- are compared as texts, since every time in these files is local. :first and :last are days, both included.

with
  -- `1-Apr-12` beside `2011-01-01T00:00:00`
  dated as (
    select seq, source, trim(number) as number, trim(status) as status, trim(district) as district,
      case when created like '%-%-%T%' then substr(created, 1, 10) else
        '20' || substr(created, -2) || '-' ||
        printf('%02d', (instr('JanFebMarAprMayJunJulAugSepOctNovDec', substr(created, instr(created, '-') + 1, 3)) + 2) / 3)
        || '-' || printf('%02d', cast(created as integer)) end as opened_on,
      case when trim(closed) = '' then null when closed like '%-%-%T%' then substr(closed, 1, 10) else
        '20' || substr(closed, -2) || '-' ||
        printf('%02d', (instr('JanFebMarAprMayJunJulAugSepOctNovDec', substr(closed, instr(closed, '-') + 1, 3)) + 2) / 3)
        || '-' || printf('%02d', cast(closed as integer)) end as closed_on
    from told
  ),
  -- a number twice in one file: the last row; in two files: the file that came first told the same facts
  once as (
    select * from (
      select *, row_number() over (partition by number order by source, seq desc) as place from dated
    ) where place = 1
  ),
  request as (
    select *,
      status like '%- Dup' as duplicate,
      case
        when status like 'Open%' then null
        when status = '' and closed_on is null then null
        else max(opened_on, coalesce(closed_on, opened_on))
      end as ended_on
    from once
  )
select
  case when district = '' then 'Unknown' else printf('%03d', district) end as district,
  sum(not duplicate and opened_on < :first and (ended_on is null or ended_on >= :first)) as open_at_start,
  sum(not duplicate and opened_on between :first and :last) as opened,
  sum(not duplicate and ended_on between :first and :last) as closed,
  sum(not duplicate and opened_on <= :last and (ended_on is null or ended_on > :last)) as open_at_end,
  sum(duplicate and opened_on between :first and :last) as duplicates
from request
group by 1
order by 1;
