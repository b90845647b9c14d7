-- When a later step mended what a finding remarked on: until then it was true, and an earlier as-of still tells it.
alter table finding add column ended_at integer;
