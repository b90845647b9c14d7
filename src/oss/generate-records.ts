import { openActs } from '../casework/act.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader, Writer } from '../store/store.ts';
import { type Flagged, summaryOf } from './generate.ts';
import { workItemKind } from './records.ts';

/** A Work Item that was generated. */
export interface Generated extends Flagged {
  readonly id: string;
}

/** A flagged member for whom none was: an open Work Item, or one of that day, is there already. */
export interface Passed {
  readonly memberId: string;
  readonly workItemId: string;
  readonly why: 'open' | 'same-day';
}

const CLOSED: ReadonlySet<string> = new Set(['invalid', 'completed']);

/** The id of the Work Item that is generated for a member on a day: `WI-20201231-M0001`. */
function workItemId(memberId: string, day: string): string {
  return `WI-${day.replaceAll('-', '')}-${memberId}`;
}

/** Work Items of each member with the state they are in. */
async function itemsByMember(
  reader: Reader,
): Promise<ReadonlyMap<string, readonly (readonly [string, string])[]>> {
  const rows = await reader.rows({
    sql: 'select member_id, work_item_id, state from work_item order by member_id, work_item_id',
    parameters: [],
  });
  const items = new Map<string, (readonly [string, string])[]>();
  for (const [member, id, state] of rows) {
    const key = String(member);
    const known = items.get(key);
    if (known) known.push([String(id), String(state)]);
    else items.set(key, [[String(id), String(state)]]);
  }
  return items;
}

/** Writes one Work Item a flagged member, with all its flags, unless one is open: one event each (OSS-13, OSS-14). */
export async function writeWorkItems(
  writer: Writer,
  flagged: readonly Flagged[],
  when: { readonly at: Instant; readonly day: string; readonly recordedAt: Instant; readonly by: string },
): Promise<{ readonly generated: readonly Generated[]; readonly passed: readonly Passed[] }> {
  const items = await itemsByMember(writer);
  const generated: Generated[] = [];
  const passed: Passed[] = [];
  const insert = writer.prepare(
    `insert into work_item (work_item_id, member_id, generated_at, models, summary, state)
     values (?, ?, ?, ?, ?, 'new')`,
  );
  for (const one of flagged) {
    const id = workItemId(one.memberId, when.day);
    const known = items.get(one.memberId) ?? [];
    const open = known.find(([, state]) => !CLOSED.has(state));
    const same = known.find(([other]) => other === id);
    if (open !== undefined) {
      passed.push({ memberId: one.memberId, workItemId: open[0], why: 'open' });
    } else if (same !== undefined) {
      passed.push({ memberId: one.memberId, workItemId: id, why: 'same-day' });
    } else {
      const models = JSON.stringify(one.flags.map((flag) => flag.model));
      insert.run(id, one.memberId, when.at, models, summaryOf(one));
      generated.push({ ...one, id });
    }
  }
  await record(writer, generated, when);
  return { generated, passed };
}

async function record(
  writer: Writer,
  generated: readonly Generated[],
  { at, recordedAt, by }: { readonly at: Instant; readonly recordedAt: Instant; readonly by: string },
): Promise<void> {
  const flags = writer.bulk('oss_flag', [
    ...['work_item_id', 'model', 'model_version', 'model_sha256'],
    ...['scored_at', 'score', 'place', 'scored', 'factors'],
  ]);
  const acts = await openActs(writer, workItemKind, recordedAt);
  for (const { id, flags: found } of generated) {
    const models = found.map((flag) => `${flag.model} ${flag.version} ${flag.sha256.slice(0, 12)}`);
    await acts.act(id, {
      name: 'generated',
      at,
      unit: null,
      by,
      reason: null,
      detail: { models: models.join('; ') },
    });
    for (const { model, version, sha256, score, place, scored, terms } of found) {
      const factors = terms.map(({ input, value, points }) => ({ input, value, points }));
      flags.add([id, model, version, sha256, at, score, place, scored, JSON.stringify(factors)]);
    }
  }
  flags.flush();
  await acts.finish();
}
