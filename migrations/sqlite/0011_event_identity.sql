-- What an import tells is known by record, step, instant and unit. What is entered here is known by what it says and by
-- whom too: two supports that were seen to in one minute are two steps.
drop index event_identity;
create unique index event_identity on event (
  chain, record_id, name, at, unit, coalesce(replaces, 0),
  case origin when 'local' then content_digest || ' ' || coalesce(actor_id, '') else '' end
);
