-- Instants are whole Unix seconds, UTC. Local days are Chicago calendar days: text YYYY-MM-DD in small tables,
-- whole days since 1970-01-01 (…_day) in the two large ones. 253370764800 stands for "still running".

create table batch (
  id integer primary key,
  profile text not null,
  file text not null,
  sha256 text not null,
  rows integer not null,
  inserted integer not null default 0,
  updated integer not null default 0,
  unchanged integer not null default 0,
  kept_local integer not null default 0,
  rejected integer not null default 0,
  findings integer not null default 0,
  actor_id text,
  imported_at integer not null,
  undone_at integer
) strict;

-- What changed. One hash chain a directive; content can be erased under a certificate, its digest cannot.
create table event (
  seq integer primary key,
  chain text not null,
  record_id text not null,
  name text not null,
  at integer not null,
  unit text not null default '',
  actor_id text,
  role text,
  origin text not null check (origin in ('local', 'import')),
  batch_id integer references batch (id),
  replaces integer references event (seq),
  recorded_at integer not null,
  content text,
  content_digest text not null,
  erased_under text,
  prev_hash text not null,
  hash text not null
) strict;

create unique index event_identity on event (chain, record_id, name, at, unit, coalesce(replaces, 0));
create index event_chain on event (chain, seq);
-- Ties between records, for judging any one of them by all.
create index event_tie on event (chain, at, seq) where name in ('associated', 'separated');
create index event_replaces on event (replaces) where replaces is not null;

create trigger event_is_never_changed before update on event
when new.seq is not old.seq or new.chain is not old.chain or new.record_id is not old.record_id
  or new.name is not old.name or new.at is not old.at or new.unit is not old.unit
  or new.actor_id is not old.actor_id or new.role is not old.role or new.origin is not old.origin
  or new.batch_id is not old.batch_id or new.replaces is not old.replaces
  or new.recorded_at is not old.recorded_at or new.content_digest is not old.content_digest
  or new.prev_hash is not old.prev_hash or new.hash is not old.hash
  or new.content is not null or new.erased_under is null
begin
  select raise(abort, 'an event is never changed');
end;

create trigger event_is_never_deleted before delete on event
begin
  select raise(abort, 'an event is never deleted');
end;

-- Who looked at what, when, for which purpose.
create table access (
  seq integer primary key,
  at integer not null,
  actor_id text,
  os_user text not null,
  command text not null,
  system text not null,
  subject text not null,
  purpose text,
  prev_hash text not null,
  hash text not null
) strict;

create trigger access_is_never_changed before update on access
begin
  select raise(abort, 'an access is never changed');
end;

create trigger access_is_never_deleted before delete on access
begin
  select raise(abort, 'an access is never deleted');
end;

-- A span of a clock: it counts while opened_at <= t < stopped_at. An extension or a return opens a further span.
create table clock (
  id integer primary key,
  system text not null,
  record_id text not null,
  rule text not null,
  clock_key text not null,
  period integer not null,
  started_at integer not null,
  opened_at integer not null,
  due_at integer not null,
  stopped_at integer not null,
  ended_by text not null,
  owner_role text,
  owner_unit text,
  owner_member text,
  district text,
  beat text,
  category text,
  extensions integer not null default 0,
  reassignments integer not null default 0,
  first_assigned_at integer,
  check (opened_at >= started_at and stopped_at >= opened_at)
) strict;

create index clock_running on clock (stopped_at, due_at, record_id);
create index clock_record on clock (system, record_id);

-- All that `overdue` prints of the clocks that run, in its order: read without touching the table.
create index clock_open on clock (
  due_at, record_id, system, rule, clock_key, period, started_at, opened_at, owner_role, owner_unit, owner_member,
  district, beat, category, extensions, reassignments, first_assigned_at
) where stopped_at = 253370764800;

create table overdue_printed (
  system text not null,
  record_id text not null,
  rule text not null,
  clock_key text not null,
  period integer not null,
  printed_at integer not null,
  primary key (system, record_id, rule, clock_key, period)
) strict, without rowid;

create table finding (
  id integer primary key,
  system text not null,
  record_id text not null,
  rule text,
  code text not null,
  at integer,
  text text not null,
  batch_id integer references batch (id)
) strict;

create index finding_record on finding (system, record_id);

-- What a row was before an import changed it, so that the import can be taken back.
create table undo (
  id integer primary key,
  batch_id integer not null references batch (id),
  table_name text not null,
  row_key text not null,
  before text
) strict;

create index undo_batch on undo (batch_id);

create table member (
  member_id text primary key,
  name text,
  rank text not null,
  rank_level integer not null,
  unit text,
  district text,
  area text,
  watch text,
  sworn integer check (sworn in (0, 1)),
  supervisor_id text,
  os_user text,
  trained_on text,
  csr_trained_on text,
  batch_id integer references batch (id)
) strict, without rowid;

create index member_os_user on member (os_user) where os_user is not null;

create table member_role (
  member_id text not null references member (member_id) on delete cascade,
  role text not null,
  primary key (member_id, role)
) strict, without rowid;

create index member_role_role on member_role (role);

create table delegation (
  role text not null,
  from_member text not null,
  to_member text not null,
  starts integer not null,
  ends integer not null,
  batch_id integer references batch (id),
  primary key (role, from_member, to_member, starts),
  check (ends >= starts)
) strict, without rowid;

create table duty_tour (
  member_id text not null,
  tour_start integer not null,
  tour_end integer not null,
  role text not null default '',
  batch_id integer references batch (id),
  primary key (member_id, tour_start, role),
  check (tour_end >= tour_start)
) strict, without rowid;

create table tour_access (
  member_id text not null,
  role text not null,
  at integer not null,
  system text not null,
  batch_id integer references batch (id),
  primary key (member_id, role, at, system)
) strict, without rowid;

create table member_activity (
  activity_id text primary key,
  member_id text not null,
  occurred_at integer not null,
  kind text not null check (kind in ('complaint', 'use-of-force', 'training', 'commendation', 'absence', 'exposure', 'other')),
  category text,
  finding text,
  outcome text,
  on_duty integer check (on_duty in (0, 1)),
  batch_id integer references batch (id)
) strict, without rowid;

create index member_activity_member on member_activity (member_id, occurred_at);

create table evidence (
  rule text not null,
  on_day text not null,
  by_member text not null default '',
  district text not null default '',
  note text not null default '',
  document text not null default '',
  batch_id integer references batch (id),
  primary key (rule, on_day, by_member, district, note, document)
) strict, without rowid;

create table work_item (
  work_item_id text primary key,
  member_id text not null,
  generated_at integer not null,
  models text not null,
  summary text,
  state text not null,
  determination text check (determination in ('valid', 'invalid')),
  determination_reason text,
  reason_missing integer not null default 0 check (reason_missing in (0, 1)),
  determined_at integer,
  area_rep_id text,
  command_id text,
  supervisor_id text,
  batch_id integer references batch (id),
  -- OSS-17; reason_missing marks an imported item whose source recorded none
  check (determination is not 'invalid' or length(trim(coalesce(determination_reason, ''))) > 0 or reason_missing = 1)
) strict, without rowid;

create index work_item_undetermined on work_item (generated_at) where determination is null;
create index work_item_member on work_item (member_id);

create table concern (
  control_number text primary key,
  origin text not null check (origin in ('webportal', 'beat-meeting', 'phone', 'email', 'in-person', 'other')),
  submitted_at integer not null,
  submitted_on text not null,
  category text,
  description text,
  address text,
  beat text,
  district text,
  latitude real,
  longitude real,
  state text not null,
  primary_control_number text,
  first_accessed_at integer,
  first_assigned_at integer,
  completed_at integer,
  closed_at integer,
  extensions integer not null default 0,
  reassignments integer not null default 0,
  batch_id integer references batch (id),
  check (primary_control_number is not control_number)
) strict, without rowid;

create index concern_district on concern (district, submitted_at);

create table srswo (
  sr_number text primary key,
  created_at integer,
  category text,
  address text,
  beat text,
  district text,
  state text not null,
  assigned_to text,
  assigned_at integer,
  submitted_at integer,
  action_taken text,
  disposition text,
  extensions integer not null default 0,
  returns integer not null default 0,
  closed_at integer,
  batch_id integer references batch (id)
) strict, without rowid;

create table csr_word (
  id integer primary key,
  kind text not null check (kind in ('type', 'department', 'status', 'origin')),
  word text not null,
  unique (kind, word)
) strict;

-- The mirror of City requests. district and beat are numbers here (5 is 005, 511 is 0511). The words have no foreign
-- keys: the loader hands them out itself, and looking four of them up for each of a million rows costs a tenth of it.
create table csr_request (
  id integer primary key,
  sr_number text not null,
  type_id integer not null,
  department_id integer,
  status_id integer not null,
  origin_id integer,
  is_open integer not null check (is_open in (0, 1)),
  created_at integer not null,
  created_day integer not null,
  updated_at integer,
  closed_at integer,
  closed_day integer,
  address text,
  zip text,
  ward integer,
  community_area integer,
  district integer,
  beat integer,
  latitude real,
  longitude real,
  duplicate integer not null check (duplicate in (0, 1)),
  parent_sr_number text,
  batch_id integer not null
) strict;

create unique index csr_request_number on csr_request (sr_number);
create index csr_request_created on csr_request (district, created_at);

-- One row a changed request: what it was before the batch, and when it went back to open, if it did.
create table csr_change (
  id integer primary key,
  request_id integer not null,
  batch_id integer not null references batch (id),
  recorded_at integer not null,
  was_open integer not null,
  was_closed_at integer,
  reopened_at integer,
  before text not null
) strict;

create index csr_change_request on csr_change (request_id);
create index csr_change_batch on csr_change (batch_id);
create index csr_change_reopened on csr_change (request_id) where reopened_at is not null;

create table said_subject (
  subject_key integer primary key,
  subject_id text not null unique,
  birth_day integer,
  district integer,
  juvenile integer not null default 0 check (juvenile in (0, 1)),
  batch_id integer references batch (id)
) strict;

-- For the fairness audit alone (SAID-11): no query of the scorer names this table.
create table said_fairness (
  subject_key integer primary key,
  sex text,
  race text
) strict;

-- The secret from which evaluators' pseudonyms of subjects are made: each store has its own.
create table said_pseudonym_key (
  id integer primary key check (id = 1),
  key blob not null
) strict;

insert into said_pseudonym_key (id, key) values (1, randomblob(32));

-- Places in lists: involvement (victim, arrestee), disposition (convicted, not-convicted, pending, unknown). Offenses
-- are bits: 1 shooting, 2 homicide, 4 aggravated-battery, 8 aggravated-assault, 16 uuw, 32 violent, 64 narcotics,
-- 128 domestic-violence, 256 other.
create table said_incident (
  id integer primary key,
  incident_id text not null unique,
  subject_key integer not null,
  occurred_day integer not null check (occurred_day between -25567 and 84005),
  involvement integer not null check (involvement in (0, 1)),
  offenses integer not null check (offenses between 1 and 511),
  disposition integer not null check (disposition between 0 and 3),
  batch_id integer references batch (id)
) strict;

create index said_incident_subject on said_incident (subject_key, occurred_day, involvement, offenses, disposition);
