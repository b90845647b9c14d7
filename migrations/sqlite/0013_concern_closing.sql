-- What waits to be closed is asked for with the rest that waits for an office.
drop index concern_waiting;
create index concern_waiting on concern (state, district, submitted_at)
  where state in ('submitted', 'accessed', 'accepted', 'unassigned', 'returned', 'Investigation Complete', 'approved');
