-- Whether the roster last imported marks a member as active: true of the day of that roster, not of an earlier one.
alter table member add column active integer check (active in (0, 1));
