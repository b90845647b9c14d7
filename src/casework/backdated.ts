import { isLate } from '../core/due.ts';
import { peopleInstant } from '../core/duration.ts';
import { FAR_FUTURE } from '../core/instant.ts';
import type { CaseEvent, CaseState } from '../core/workflow.ts';
import type { Directory } from '../people/directory.ts';
import type { Reader } from '../store/store.ts';
import { tiedTo } from './associations.ts';
import type { CaseKind } from './kind.ts';
import { type LoggedEvent, type Replayed, replayHistories } from './replay.ts';

/** What rests on the steps of some records: each step that stands unrefused, and each lapse that a step has ended. */
export interface Standing {
  readonly steps: ReadonlyMap<number, LoggedEvent>;
  readonly lapses: ReadonlyMap<string, Lapse>;
}

interface Lapse {
  readonly id: string;
  readonly rule: string;
  readonly text: string;
}

/** A later step, or a lapse, that an earlier date would take the ground from. */
export interface Undone {
  readonly id: string;
  readonly rule: string;
  readonly text: string;
}

/**
 * The records that an event touches besides its own: all that are tied to it or to the one that it names. Nothing where
 * no event of them is later: then nothing can rest on it.
 */
export async function restingOn<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  id: string,
  event: CaseEvent,
): Promise<readonly string[]> {
  const { links, system } = kind;
  const ties = links !== undefined && (event.name === links.tie || event.name === links.part);
  const ids = ties ? await tiedTo(reader, system, links, [id, event.detail[links.to] ?? id]) : [id];
  const later = await reader.rows({
    sql: `select 1 from event where chain = ? and +at > ? and record_id in (select value from json_each(?)) limit 1`,
    parameters: [system, event.at, JSON.stringify(ids)],
  });
  return later.length === 0 ? [] : ids;
}

/** What stands on these records now. */
export async function standing<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  directory: Directory,
  ids: readonly string[],
): Promise<Standing> {
  const steps = new Map<number, LoggedEvent>();
  const lapses = new Map<string, Lapse>();
  for (const [id, replayed] of await replayHistories(reader, kind, directory, ids)) {
    const refused = new Set(
      replayed.objections.flatMap(({ event, objection }) => (objection.refuses ? [event.seq] : [])),
    );
    for (const event of replayed.events) if (!refused.has(event.seq)) steps.set(event.seq, event);
    for (const lapse of lapsesOf(id, replayed)) lapses.set(lapse.key, lapse);
  }
  return { steps, lapses };
}

function lapsesOf<S extends CaseState>(id: string, { state }: Replayed<S>) {
  return state.spans
    .filter((span) => span.stoppedAt !== FAR_FUTURE && isLate(span.stoppedAt, span.dueAt))
    .map(({ rule, key, dueAt }) => {
      const whose = key === '' ? '' : ` of ${key}`;
      return {
        key: `${id} ${rule} ${key} ${dueAt}`,
        id,
        rule,
        text: `the lapse${whose} past ${peopleInstant(dueAt)} would be gone from its history`,
      };
    });
}

/** The first thing after an event that stood before it was entered and stands no more; undefined where all stands. */
export function undoneBy<S extends CaseState>(
  kind: CaseKind<S>,
  before: Standing,
  after: Standing,
): Undone | undefined {
  for (const [seq, { recordId, name, at }] of before.steps) {
    if (after.steps.has(seq)) continue;
    const rule = kind.workflow.transitions.find((transition) => transition.name === name)?.rule ?? '';
    const text = `"${name}" of ${peopleInstant(at)} rests on what stood then and would stand no more`;
    return { id: recordId, rule, text };
  }
  for (const [key, lapse] of before.lapses) if (!after.lapses.has(key)) return lapse;
  return undefined;
}
