-- Status reports of every directive in one archive: what was submitted, to the byte, and what became of it.
create table status_report (
  seq integer primary key,
  system text not null,
  report_id text not null,
  version integer not null,
  period text not null,
  district text,
  beat text,
  state text not null check (state in ('submitted', 'approved', 'returned')),
  digest text not null,
  data text not null,
  -- The report as it is read and printed; null for what was submitted before it was kept.
  document text,
  submitted_at integer not null,
  submitted_by text not null,
  decided_at integer,
  decided_by text,
  reason text,
  unique (system, report_id, version),
  check ((state = 'submitted') = (decided_at is null)),
  check (state is not 'returned' or length(trim(coalesce(reason, ''))) > 0)
) strict;

insert into status_report (system, report_id, version, period, district, beat, state, digest, data, submitted_at,
  submitted_by, decided_at, decided_by, reason)
select 'csr', report_id, version, period, district, beat, state, digest, data, submitted_at,
  submitted_by, decided_at, decided_by, reason
from csr_report order by seq;

drop table csr_report;

create trigger status_report_is_kept before delete on status_report
begin
  select raise(abort, 'a submitted report is kept');
end;

create trigger status_report_stays_what_it_was before update on status_report
when new.data is not old.data or new.document is not old.document or new.digest is not old.digest or new.system is not old.system
  or new.report_id is not old.report_id or new.version is not old.version
  or new.submitted_at is not old.submitted_at or new.submitted_by is not old.submitted_by
  or old.decided_at is not null
begin
  select raise(abort, 'a submitted report stays what it was');
end;
