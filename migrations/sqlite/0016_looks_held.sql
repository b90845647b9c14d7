-- Whether an imported look was in a role that its member neither held nor was lent: judged once, as it is imported. A
-- role counts for looks before an import took it away.
alter table tour_access add column unheld integer not null default 0 check (unheld in (0, 1));

create temporary table role_ever as
  select member_id, role from member_role
  union select u.before ->> '$.member_id', u.before ->> '$.role' from undo u join batch b on b.id = u.batch_id
    where u.table_name = 'member_role' and u.before is not null and b.undone_at is null;
create index temp.role_ever_key on role_ever (member_id, role);

update tour_access as a set unheld = 1
where a.batch_id is not null
  and exists (select 1 from member m where m.member_id = a.member_id)
  and not exists (select 1 from role_ever e where e.member_id = a.member_id and e.role = a.role)
  and not exists (select 1 from delegation d
    join role_ever e on e.member_id = d.from_member and e.role = d.role
    where d.to_member = a.member_id and d.role = a.role and a.at between d.starts and d.ends);

drop table role_ever;
