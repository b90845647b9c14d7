-- Findings that an earlier `check --new` has told, by a digest of each: cron mails every one once.
create table finding_told (
  digest text primary key,
  told_at integer not null
) strict, without rowid;
