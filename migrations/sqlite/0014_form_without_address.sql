-- A hazard is kept before anyone knows its address.
create table csr_form_next (
  form_id text primary key,
  created_at integer not null,
  type text not null,
  department text,
  address text,
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
  returns integer not null default 0,
  check (address is not null or hazard = 1)
) strict, without rowid;

insert into csr_form_next (form_id, created_at, type, department, address, beat, district, description, vehicle,
  requester, hazard, oemc_notified, supervisor_notified, state, sr_number, submitted_at, entered_at, completed_at,
  reported_ocp_at, returns)
select form_id, created_at, type, department, address, beat, district, description, vehicle,
  requester, hazard, oemc_notified, supervisor_notified, state, sr_number, submitted_at, entered_at, completed_at,
  reported_ocp_at, returns
from csr_form;

drop table csr_form;
alter table csr_form_next rename to csr_form;

create unique index csr_form_number on csr_form (sr_number) where sr_number is not null;
create index csr_form_place on csr_form (district, created_at);
create index csr_form_waiting on csr_form (state, district) where state in ('submitted', 'returned');
