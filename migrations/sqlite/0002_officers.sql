-- What the data models of the Officer Support System read, and what they found.

alter table member add column appointed_on text;
alter table member add column resigned_on text;

-- filed_at: when the Department knew of it (null: when it occurred); closed_at: when its finding was known;
-- case_id: the complaint that several members may share.
alter table member_activity add column filed_at integer;
alter table member_activity add column closed_at integer;
alter table member_activity add column case_id text;
alter table member_activity add column beat text;

-- A member's time in a unit, both days included.
create table unit_spell (
  member_id text not null,
  unit text not null,
  starts_on text not null,
  ends_on text,
  batch_id integer references batch (id),
  primary key (member_id, unit, starts_on)
) strict, without rowid;

-- Which data model flagged the member of a Work Item, and the whole of its reckoning: factors add up to the score.
create table oss_flag (
  work_item_id text not null references work_item (work_item_id),
  model text not null,
  model_version text not null,
  model_sha256 text not null,
  scored_at integer not null,
  score real not null,
  place integer not null check (place >= 1),
  scored integer not null check (scored >= place),
  factors text not null,
  primary key (work_item_id, model)
) strict, without rowid;
