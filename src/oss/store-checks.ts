import { sql } from 'kysely';
import type { Checked } from '../casework/directive.ts';
import type { Instant } from '../core/instant.ts';
import { loadDirectory } from '../people/directory.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { staffOf } from './jacket-records.ts';
import { concentrations, staffingRows } from './jacket-staffing.ts';
import { workItemsAsOf } from './worklist-items.ts';

/**
 * What no single history tells: Work Items that were generated and are gone (OSS-14), meetings while the roster has the member off duty (OSS-36), the staff of the unit
 * (OSS-09), and supervisors who are in fact the system's own (OSS-10). Made anew each time, so that the order in which
 * roster, members and Work Items were imported makes no difference.
 */
export async function ossChecks(
  reader: Reader,
  now: Instant,
  record: string | undefined,
): Promise<readonly Checked[]> {
  const found = [
    ...(await workItemsGone(reader, now, record)),
    ...(await meetingsOffDuty(reader, now, record)),
  ];
  return record === undefined ? [...found, ...(await unitChecks(reader, now))] : found;
}

// Generated is determined and open together: a row that is missing would be neither.
async function workItemsGone(
  reader: Reader,
  now: Instant,
  record: string | undefined,
): Promise<readonly Checked[]> {
  let query = reader.db
    .selectFrom('event as e')
    .leftJoin('batch as b', 'b.id', 'e.batch_id')
    .leftJoin('work_item as w', 'w.work_item_id', 'e.record_id')
    .select((of) => ['e.record_id', of.fn.min('e.at').as('at')])
    .where('e.chain', '=', 'oss')
    .where('e.name', '=', 'generated')
    .where('e.at', '<=', now)
    .where('b.undone_at', 'is', null)
    .where('w.work_item_id', 'is', null)
    .groupBy('e.record_id');
  if (record !== undefined) query = query.where('e.record_id', '=', record);
  const rows = await query.execute();
  return rows.map(({ record_id, at }) => ({
    record: record_id,
    rule: 'OSS-14',
    code: 'WORK_ITEM_GONE',
    at: Number(at) as Instant,
    text: 'generated, and there is no such Work Item: neither determined nor open',
  }));
}

async function meetingsOffDuty(
  reader: Reader,
  now: Instant,
  record: string | undefined,
): Promise<readonly Checked[]> {
  let query = reader.db
    .selectFrom('event as e')
    .innerJoin('work_item as w', 'w.work_item_id', 'e.record_id')
    .select(['e.record_id', 'e.at'])
    .distinct()
    .where('e.chain', '=', 'oss')
    .where('e.name', '=', 'met')
    .where('e.at', '<=', now)
    // Who entered it here was told at once; without its point b the checklist says so itself.
    .where(sql<boolean>`json_extract(e.content, '$.on_duty') is null`)
    .where(sql<boolean>`coalesce(json_extract(e.content, '$.checklist'), 'b') like '%b%'`)
    .where(sql<boolean>`not exists (select 1 from event r where r.replaces = e.seq
      and not exists (select 1 from event rr where rr.replaces = r.seq))`)
    .where(
      sql<boolean>`(e.batch_id is null or e.batch_id not in (select id from batch where undone_at is not null))`,
    )
    .where(sql<boolean>`exists (select 1 from duty_tour t where t.member_id = w.member_id)`)
    .where(
      sql<boolean>`not exists (select 1 from duty_tour t where t.member_id = w.member_id
        and t.tour_start <= e.at and t.tour_end >= e.at)`,
    )
    .orderBy('e.record_id')
    .orderBy('e.at');
  if (record !== undefined) query = query.where('e.record_id', '=', record);
  const rows = await query.execute();
  return rows.map((row) => ({
    record: row.record_id,
    rule: 'OSS-36',
    code: 'MEETING_OFF_DUTY',
    at: row.at as Instant,
    text: 'a meeting while the roster has the member off duty',
  }));
}

const UNIT = 'OSSU';

async function unitChecks(reader: Reader, now: Instant): Promise<readonly Checked[]> {
  const { staffing, concentration } = loadPolicy().oss();
  const directory = await loadDirectory(reader);
  const rows = staffingRows(await staffOf(reader), staffing).filter(({ differs }) => differs);
  const heaps = concentrations(
    await workItemsAsOf(reader, directory, now),
    (id) => directory.person(id, now),
    concentration,
  );
  return [
    ...rows.map(({ what, should, is }) => ({
      record: UNIT,
      rule: staffing.rule,
      code: 'STAFFING_DIFFERS',
      at: null,
      text: `${what}: ${is} where the directive sets up ${should}`,
    })),
    ...heaps.map(({ supervisorId, district, items, of }) => ({
      record: UNIT,
      rule: concentration.rule,
      code: 'DE_FACTO_OSS_SUPERVISOR',
      at: null,
      text: `${supervisorId} has ${items} of ${of} Work Items of District ${district}, of members under other supervisors`,
    })),
  ];
}
