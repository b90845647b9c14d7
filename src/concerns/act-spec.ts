import { type ActSpec, type Asked, makeActCommand } from '../casework/act-command.ts';
import type { Running, Shown } from '../casework/act-outcome.ts';
import type { Command, Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { Actor } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import type { Reader } from '../store/store.ts';
import { concernById, concernKind } from './records.ts';
import type { ConcernState } from './state.ts';
import { reachOfConcern, requireVisible, scopeOf } from './visibility.ts';

/** A step on a concern at the time of asking. */
export type Acting = Asked<ConcernState>;

type ConcernSpec = Omit<ActSpec<ConcernState>, 'kind' | 'argument' | 'reach' | 'shows'> & {
  /**
   * What is told on any concern, by whoever knows of it, and how that stands only to those who may see it (CC-10);
   * absent: on those alone that the actor may see.
   */
  readonly onAny?: true;
};

/** A verb of `rollcall concerns` that does one step on one concern. */
export function makeConcernsCommand({ onAny, ...spec }: ConcernSpec): Command<Document> {
  return makeActCommand({
    ...spec,
    kind: concernKind,
    argument: { name: 'control', summary: 'control number' },
    reach: onAny ? (reader, context, _, id) => submittedConcern(reader, context, id) : concernInSight,
    tells: onAny ? inSight : undefined,
    shows: stateAndClocks,
  });
}

/**
 * The row of a concern that was submitted by the time of the step (usage errors otherwise) and that lies in what the
 * actor may see (CC-10, a refusal).
 */
export async function concernInSight(reader: Reader, context: Context, actor: Actor, id: string) {
  const row = await submittedConcern(reader, context, id);
  await requireVisible(reader, await scopeOf(reader, actor, context.now), actor, id);
  return row;
}

async function inSight(reader: Reader, context: Context, actor: Actor, id: string): Promise<boolean> {
  return (await reachOfConcern(reader, context, actor, { id })).reached;
}

async function submittedConcern(reader: Reader, { now }: Context, id: string) {
  const row = await concernById(reader, id);
  if (row === undefined)
    throw usageError(`There is no Community Concern ${id}.`, 'rollcall concerns list shows their numbers.');
  const at = row.submitted_at as Instant;
  if (at > now) throw usageError(`${id} was submitted ${isoInstant(at)}, after the time of the step.`);
  return row;
}

function stateAndClocks({ state }: ConcernState, clocks: readonly Running[]): Shown {
  return {
    subtitle: `State: ${state}`,
    blocks: [
      {
        kind: 'table',
        id: 'clocks',
        columns: [
          { key: 'rule', title: 'Rule' },
          { key: 'unit', title: 'Unit' },
          { key: 'due', title: 'Due' },
        ],
        rows: clocks.map(({ rule, unit, dueAt }) => ({ rule, unit, due: { kind: 'instant', at: dueAt } })),
        empty: 'No clock runs on it now.',
      },
    ],
  };
}
