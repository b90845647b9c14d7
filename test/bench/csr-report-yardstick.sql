-- The figures of `csr report --quarterly 2020-Q4` for the whole city as an analyst would ask for them, one plain
-- aggregate each, for sqlite3: the yardstick of the report's speed. Run it as: sqlite3 -readonly <store> < this file.
-- Another period: change the instants (Chicago time, both ends included). One district: add it to the view. Months
-- and quarters are split at winter midnight, near enough for a yardstick.

.parameter set :first 1601528400
.parameter set :last 1609480799
.parameter set :previous_first 1593579600
.parameter set :previous_last 1601528399
.parameter set :year_before 1569906000
.parameter set :twelve_months 1577858400

create temp view request as
select r.id, r.type_id, r.district, r.beat, r.origin_id, r.created_at, r.created_day, r.address,
  case when r.is_open = 1 then null else max(r.created_at, coalesce(r.closed_at, r.created_at)) end as ended_at
from csr_request r
where r.duplicate = 0
  and r.type_id not in (
    select id from csr_word where kind = 'type' and word in ('311 INFORMATION ONLY CALL', 'Aircraft Noise Complaint')
  );

-- totals
select
  sum(created_at < :first and (ended_at is null or ended_at >= :first)) as open_at_start,
  sum(created_at between :first and :last) as opened,
  sum(ended_at between :first and :last) as closed,
  sum(created_at <= :last and (ended_at is null or ended_at > :last)) as open_at_end
from request;

-- totals of the period before
select
  sum(created_at < :previous_first and (ended_at is null or ended_at >= :previous_first)) as open_at_start,
  sum(created_at between :previous_first and :previous_last) as opened,
  sum(ended_at between :previous_first and :previous_last) as closed,
  sum(created_at <= :previous_last and (ended_at is null or ended_at > :previous_last)) as open_at_end
from request;

-- left out
select sum(duplicate) as duplicates, sum(duplicate = 0 and word in ('311 INFORMATION ONLY CALL', 'Aircraft Noise Complaint')) as information_only
from csr_request
join csr_word on csr_word.id = type_id
where created_at between :first and :last;

-- by type, beat, district, origin
select word,
  sum(created_at between :first and :last) as opened,
  sum(ended_at between :first and :last) as closed,
  sum(created_at <= :last and (ended_at is null or ended_at > :last)) as open_at_end
from request
join csr_word on csr_word.id = type_id
group by word
order by opened desc, word;

select beat,
  sum(created_at between :first and :last) as opened,
  sum(ended_at between :first and :last) as closed,
  sum(created_at <= :last and (ended_at is null or ended_at > :last)) as open_at_end
from request
group by beat
order by beat;

select district,
  sum(created_at between :first and :last) as opened,
  sum(ended_at between :first and :last) as closed,
  sum(created_at <= :last and (ended_at is null or ended_at > :last)) as open_at_end
from request
group by district
order by opened desc, district;

select word,
  sum(created_at between :first and :last) as opened,
  sum(ended_at between :first and :last) as closed,
  sum(created_at <= :last and (ended_at is null or ended_at > :last)) as open_at_end
from request
left join csr_word on csr_word.id = origin_id
group by word
order by opened desc, word;

-- days to close: median and P90 by nearest rank, then the median of each type, beat, district, origin
select max(case when place <= (n + 1) / 2 then seconds end) / 86400.0 as median,
  max(case when place <= (9 * n + 9) / 10 then seconds end) / 86400.0 as p90,
  max(n) as n
from (
  select ended_at - created_at as seconds,
    row_number() over (order by ended_at - created_at) as place,
    count(*) over () as n
  from request
  where ended_at between :first and :last
);

select word, max(case when place <= (n + 1) / 2 then seconds end) / 86400.0 as median
from (
  select type_id, ended_at - created_at as seconds,
    row_number() over (partition by type_id order by ended_at - created_at) as place,
    count(*) over (partition by type_id) as n
  from request
  where ended_at between :first and :last
)
join csr_word on csr_word.id = type_id
group by word;

select beat, max(case when place <= (n + 1) / 2 then seconds end) / 86400.0 as median
from (
  select beat, ended_at - created_at as seconds,
    row_number() over (partition by beat order by ended_at - created_at) as place,
    count(*) over (partition by beat) as n
  from request
  where ended_at between :first and :last
)
group by beat;

select district, max(case when place <= (n + 1) / 2 then seconds end) / 86400.0 as median
from (
  select district, ended_at - created_at as seconds,
    row_number() over (partition by district order by ended_at - created_at) as place,
    count(*) over (partition by district) as n
  from request
  where ended_at between :first and :last
)
group by district;

select word, max(case when place <= (n + 1) / 2 then seconds end) / 86400.0 as median
from (
  select origin_id, ended_at - created_at as seconds,
    row_number() over (partition by origin_id order by ended_at - created_at) as place,
    count(*) over (partition by origin_id) as n
  from request
  where ended_at between :first and :last
)
left join csr_word on csr_word.id = origin_id
group by word;

-- age of what is open at the end
select case
    when age <= 7 then '0-7'
    when age <= 14 then '8-14'
    when age <= 30 then '15-30'
    when age <= 60 then '31-60'
    when age <= 90 then '61-90'
    else '91+'
  end as bucket,
  count(*)
from (
  select (:last - 21600) / 86400 - created_day as age
  from request
  where created_at <= :last and (ended_at is null or ended_at > :last)
)
group by bucket;

-- opened and closed by month
select strftime('%Y-%m', created_at - 21600, 'unixepoch') as month, count(*)
from request
where created_at between :year_before and :last
group by month;

select strftime('%Y-%m', ended_at - 21600, 'unixepoch') as month, count(*)
from request
where ended_at between :year_before and :last
group by month;

-- openings by type and week, for trends
select type_id, created_day / 7 as week, count(*)
from request
where created_at between :year_before and :last
group by type_id, week;

-- places with three requests in twelve months, in two quarters at least
select location, count(*) as requests, group_concat(distinct word) as types, min(created_day) as first, max(created_day) as last
from (
  select upper(trim(address)) as location, type_id, created_day,
    strftime('%Y', created_at - 21600, 'unixepoch') || '-' || ((strftime('%m', created_at - 21600, 'unixepoch') + 2) / 3) as quarter
  from request
  where created_at between :twelve_months and :last and address is not null
)
join csr_word on csr_word.id = type_id
group by location
having count(*) >= 3 and count(distinct quarter) >= 2
order by requests desc, location;
