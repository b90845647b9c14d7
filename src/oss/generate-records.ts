import { hash } from 'node:crypto';
import { openActs } from '../casework/act.ts';
import { localDate } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Reader, Writer } from '../store/store.ts';
import { type Flagged, summaryOf } from './generate.ts';
import { workItemKind } from './records.ts';
import { workItemAsOf } from './worklist-items.ts';

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

const dayWord = (day: string): string => `WI-${day.replaceAll('-', '')}-`;

/**
 * Ids of the Work Items of a day, numbered from `after` + 1: `WI-20201231-0001`. They say nothing of whose they are: the
 * order is that of a hash. The acting member's own comes last, so that no gap tells of it (OSS-12).
 */
function numbered(
  flagged: readonly Flagged[],
  day: string,
  self: string,
  after: number,
): readonly { readonly one: Flagged; readonly id: string }[] {
  const place = ({ memberId }: Flagged): string =>
    `${memberId === self ? 1 : 0}${hash('sha256', `${day} ${memberId}`)}`;
  const order = flagged.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
  return order.map((one, i) => ({ one, id: dayWord(day) + String(after + 1 + i).padStart(4, '0') }));
}

/** The highest number that a Work Item of the day has; 0 where there is none. */
async function lastNumber(reader: Reader, day: string): Promise<number> {
  const word = dayWord(day);
  const rows = await reader.rows({
    sql: 'select work_item_id from work_item where work_item_id >= ? and work_item_id < ?',
    parameters: [word, `${word}:`],
  });
  const numbers = rows.map(([id]) => Number(String(id).slice(word.length)));
  return Math.max(0, ...numbers.filter(Number.isInteger));
}

interface Known {
  readonly id: string;
  /** Chicago day of its generation. */
  readonly day: string;
  /** Not closed at the time of generation, or not closed now. */
  readonly open: boolean;
}

/**
 * Work Items that these members have, each with whether it stands in the way of another one at `at`: it was open then,
 * or came later, or is open today, an answer on it having been corrected. Closed and past by then, it does not.
 */
async function itemsOf(
  reader: Reader,
  members: readonly string[],
  at: Instant,
): Promise<ReadonlyMap<string, readonly Known[]>> {
  const rows = await reader.rows({
    sql: `select member_id, work_item_id, state, generated_at from work_item
      where member_id in (select value from json_each(?)) order by member_id, work_item_id`,
    parameters: [JSON.stringify(members)],
  });
  const items = new Map<string, Known[]>();
  const directory = rows.some(([, , state]) => CLOSED.has(String(state)))
    ? await loadDirectory(reader)
    : null;
  for (const [member, key, today, generatedAt] of rows) {
    const id = String(key);
    const then = directory === null ? null : await workItemAsOf(reader, directory, id, at);
    const open = !CLOSED.has(String(today)) || then === null || !CLOSED.has(then.state);
    items.set(String(member), [
      ...(items.get(String(member)) ?? []),
      { id, day: localDate(Number(generatedAt) as Instant), open },
    ]);
  }
  return items;
}

/** Writes one Work Item a flagged member, with all its flags, unless one is open: one event each (OSS-13, OSS-14). */
export async function writeWorkItems(
  writer: Writer,
  flagged: readonly Flagged[],
  when: { readonly at: Instant; readonly day: string; readonly recordedAt: Instant; readonly by: string },
): Promise<{ readonly generated: readonly Generated[]; readonly passed: readonly Passed[] }> {
  const members = flagged.map((one) => one.memberId);
  const items = await itemsOf(writer, members, when.at);
  const generated: Generated[] = [];
  const passed: Passed[] = [];
  const insert = writer.prepare(
    `insert into work_item (work_item_id, member_id, generated_at, models, summary, state)
     values (?, ?, ?, ?, ?, 'new')`,
  );
  const wanted: Flagged[] = [];
  for (const one of flagged) {
    const known = items.get(one.memberId) ?? [];
    const bar = known.find((item) => item.open) ?? known.find((item) => item.day === when.day);
    if (bar === undefined) wanted.push(one);
    else passed.push({ memberId: one.memberId, workItemId: bar.id, why: bar.open ? 'open' : 'same-day' });
  }
  for (const { one, id } of numbered(wanted, when.day, when.by, await lastNumber(writer, when.day))) {
    const models = JSON.stringify(one.flags.map((flag) => flag.model));
    insert.run(id, one.memberId, when.at, models, summaryOf(one));
    generated.push({ ...one, id });
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
