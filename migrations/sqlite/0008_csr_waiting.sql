-- What waits for whom in service requests, each by one search.
alter table srswo add column more_time_asked_at integer;
update srswo set more_time_asked_at = (
  select max(e.at) from event e
  where e.chain = 'csr' and e.record_id = srswo.sr_number and e.name = 'extension-requested'
    and not exists (select 1 from event r where r.replaces = e.seq
      and not exists (select 1 from event rr where rr.replaces = r.seq))
    and (e.batch_id is null or e.batch_id not in (select id from batch where undone_at is not null))
    and not exists (select 1 from clock k where k.system = 'csr' and k.record_id = e.record_id
      and k.period > 1 and k.opened_at >= e.at)
    and not exists (select 1 from event s where s.chain = 'csr' and s.record_id = e.record_id
      and s.name = 'submitted' and s.at >= e.at)
) where state in ('assigned', 'returned');

create index srswo_waiting on srswo (state, district) where state <> 'closed';
create index srswo_member on srswo (assigned_to) where state in ('assigned', 'returned');
create index csr_form_waiting on csr_form (state, district) where state in ('submitted', 'returned');
create index csr_report_waiting on csr_report (district) where state = 'submitted';
create index csr_request_open on csr_request (type_id, district, created_at) where is_open = 1 and duplicate = 0;
