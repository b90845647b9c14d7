import type { CaseEvent } from '../../core/workflow.ts';
import type { Reader } from '../../store/store.ts';
import { type Acting, answer, eventOf, makeAct, refuse } from '../act-command.ts';
import { concernById } from '../records.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns associate`: hangs a like concern under its primary one (CC-06). */
export const concernsAssociate = makeAct({
  verb: 'associate',
  summary: 'hang a like concern at the same place under its primary',
  details:
    'Its own clocks stop; the primary runs on and an associate does not reset it (A-CC-7). The earliest submission is ' +
    'the primary. No chains: a primary is not associated itself, and one that has associates stays a primary. ' +
    'rollcall concerns duplicates proposes them.',
  done: 'is associated',
  roles: SERGEANT,
  rule: 'CC-06',
  what: 'associate a concern',
  asks: [
    {
      flags: '--to <control>',
      key: 'to',
      summary: 'the primary concern',
      ask: 'Control number of the primary',
    },
  ],
  examples: [{ line: 'rollcall concerns associate CC-2020-000002 --to CC-2020-000001', says: 'one matter' }],
  carries: [{ rule: 'CC-06', as: 'check' }],
  events,
});

async function events(acting: Acting, reader: Reader): Promise<readonly CaseEvent[]> {
  const { answers, id, state } = acting;
  const to = answer(answers, 'to') ?? '';
  const primary = await concernById(reader, to);
  if (primary !== undefined && primary.submitted_at > state.submittedAt) {
    throw refuse('CC-06', `${id} was submitted before ${to}.`, `Associate the other way: ${to} to ${id}.`);
  }
  const below = await reader.db
    .selectFrom('concern')
    .select('control_number')
    .where('primary_control_number', '=', id)
    .orderBy('control_number')
    .execute();
  if (below.length > 0) {
    const ids = below.map((row) => row.control_number).join(', ');
    throw refuse(
      'CC-06',
      `${id} is the primary of ${ids}.`,
      `Separate those first, then associate each to ${to}.`,
    );
  }
  return [eventOf(acting, 'associated', { detail: { primary_control_number: to } })];
}
