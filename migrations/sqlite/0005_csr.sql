-- Forms CPD-21.208, by which members ask other City agencies for a service. State and dates follow from their events.
create table csr_form (
  form_id text primary key,
  created_at integer not null,
  type text not null,
  department text,
  address text not null,
  beat text,
  district text,
  description text,
  -- One vehicle a form (CSR-13): its plate or number.
  vehicle text,
  requester text,
  hazard integer not null default 0 check (hazard in (0, 1)),
  oemc_notified text,
  supervisor_notified text,
  state text not null,
  sr_number text,
  submitted_at integer,
  entered_at integer,
  completed_at integer,
  reported_ocp_at integer,
  returns integer not null default 0
) strict, without rowid;

create unique index csr_form_number on csr_form (sr_number) where sr_number is not null;
create index csr_form_place on csr_form (district, created_at);

-- What was submitted, to the byte, and what the commander made of it.
create table csr_report (
  seq integer primary key,
  report_id text not null,
  version integer not null,
  period text not null,
  district text,
  beat text,
  state text not null check (state in ('submitted', 'approved', 'returned')),
  digest text not null,
  data text not null,
  submitted_at integer not null,
  submitted_by text not null,
  decided_at integer,
  decided_by text,
  reason text,
  unique (report_id, version),
  check ((state = 'submitted') = (decided_at is null)),
  check (state is not 'returned' or length(trim(coalesce(reason, ''))) > 0)
) strict;

create trigger csr_report_is_kept before delete on csr_report
begin
  select raise(abort, 'a submitted report is kept');
end;

create trigger csr_report_stays_what_it_was before update on csr_report
when new.data is not old.data or new.digest is not old.digest or new.report_id is not old.report_id
  or new.version is not old.version or new.submitted_at is not old.submitted_at
  or new.submitted_by is not old.submitted_by or old.decided_at is not null
begin
  select raise(abort, 'a submitted report stays what it was');
end;
