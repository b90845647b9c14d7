-- The PIN of a webportal concern (CC-04): a salted scrypt hash, never the PIN. `cost` names the parameters it was made
-- with, so that they can be raised without making old ones useless.
create table concern_pin (
  control_number text primary key,
  salt blob not null,
  hash blob not null,
  cost text not null,
  issued_at integer not null,
  issued_by text
) strict, without rowid;

-- Every question for a status, right or wrong, at the system clock's time: wrong ones are limited.
create table concern_pin_attempt (
  id integer primary key,
  control_number text not null,
  at integer not null,
  passed integer not null check (passed in (0, 1))
) strict;

create index concern_pin_attempt_number on concern_pin_attempt (control_number, at);

-- What happened after an as-of, and what waits for whom, each by one search.
create index event_chain_at on event (chain, at, record_id);
create index concern_waiting on concern (state, district, submitted_at)
  where state in ('submitted', 'accessed', 'accepted', 'unassigned', 'returned', 'Investigation Complete');
create index concern_primary on concern (primary_control_number) where primary_control_number is not null;
create index clock_running_unit on clock (owner_unit, due_at) where stopped_at = 253370764800;
create index clock_running_member on clock (owner_member, due_at)
  where stopped_at = 253370764800 and owner_member is not null;
