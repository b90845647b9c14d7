import { openActs } from '../casework/act.ts';
import { actorOf, eventOf } from '../casework/act-verb.ts';
import { refuseAhead } from '../casework/log.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Writer, write } from '../store/store.ts';
import type { Place } from './asking.ts';
import { inDistrict } from './in-district.ts';
import { OFFICE } from './own-district.ts';
import { ownPlace } from './own-place.ts';
import { policeRequestKind } from './police-records.ts';

/** A police request that this tour opened. */
export interface Opened {
  readonly id: string;
  readonly createdAt: string | null;
  readonly instant: Instant | null;
  readonly beat: string | null;
  readonly category: string | null;
  readonly address: string | null;
  readonly from: 'orders' | '311';
}

/**
 * Opens every police request of a place that nobody has opened, after making a work order for each mirrored one that
 * has none (CSR-40), and records the access of the tour (CSR-36). Refuses other roles than the office's own.
 */
export async function openTour(
  context: Context,
  asked: Place,
): Promise<{
  readonly opened: readonly Opened[];
  readonly place: Place;
  readonly newest: Instant | null;
}> {
  return write(
    context.storePath,
    async (writer) => {
      const verb = { roles: OFFICE, by: ['CSR-36', 'open police requests'] } as const;
      const actor = await actorOf(writer, context, verb);
      const place = await ownPlace(writer, context, actor, asked, verb);
      refuseAhead(context.now, context.clock());
      const made = await makeOrders(writer, context, place);
      const acts = await openActs(writer, policeRequestKind, context.clock());
      const opened: Opened[] = [];
      for (const row of await waiting(writer, context.now, place)) {
        await acts.act(row.sr_number, eventOf({ name: 'opened' }, actor.memberId, context.now), 'fine');
        const instant = row.created_at === null ? null : (row.created_at as Instant);
        opened.push({
          id: row.sr_number,
          createdAt: instant === null ? null : isoInstant(instant),
          instant,
          beat: row.beat,
          category: row.category,
          address: row.address,
          from: made.has(row.sr_number) ? '311' : 'orders',
        });
      }
      await acts.finish();
      const role = OFFICE.find((one) => actor.roles.has(one)) ?? 'cp-officer';
      await writer.write
        .insertInto('tour_access')
        .values({ member_id: actor.memberId, role, at: context.now, system: 'csr', batch_id: null })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { opened, place, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
}

async function waiting(writer: Writer, now: Instant, place: Place) {
  const { beat } = place;
  let query = writer.db
    .selectFrom('srswo')
    .select(['sr_number', 'created_at', 'beat', 'category', 'address'])
    .where('state', '=', 'new')
    .where(inDistrict(place, 'district'))
    .where((where) => where.or([where('created_at', 'is', null), where('created_at', '<=', now)]))
    .orderBy('created_at')
    .orderBy('sr_number');
  if (beat !== null) query = query.where('beat', '=', beat);
  return query.execute();
}

/** Work orders for mirrored police requests that are open and have none; answers their numbers. */
async function makeOrders(writer: Writer, context: Context, place: Place): Promise<ReadonlySet<string>> {
  const { police } = loadPolicy(context.env).csr();
  const made = writer.prepare(
    `insert into srswo (sr_number, created_at, category, address, beat, district, state)
     select r.sr_number, r.created_at, t.word, r.address,
       case when r.beat is null then null else printf('%04d', r.beat) end,
       case when r.district is null then null else printf('%03d', r.district) end, 'new'
     from csr_word t join csr_request r on r.type_id = t.id
     where t.kind = 'type' and t.word = ? and r.is_open = 1 and r.duplicate = 0 and r.created_at <= ?
       and (? is null or r.district = ? or (? and r.district is null)) and (? is null or r.beat = ?)
       and not exists (select 1 from srswo s where s.sr_number = r.sr_number)
     returning sr_number`,
  );
  const district = place.district === null ? null : Number(place.district);
  const beat = place.beat === null ? null : Number(place.beat);
  const unplaced = place.unplaced === true ? 1 : 0;
  const rows = made.all(police.type, context.now, district, district, unplaced, beat, beat);
  return new Set(rows.map(([number]) => String(number)));
}
