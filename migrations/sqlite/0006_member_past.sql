-- What later imports changed of members, found without going through all that imports remember.
create index undo_of_members on undo (batch_id)
where before is not null and table_name in ('member', 'member_role');
