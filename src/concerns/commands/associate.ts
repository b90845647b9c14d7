import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { concernById } from '../records.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns associate`: hangs a like concern under its primary one (CC-06). */
export const concernsAssociate = makeConcernsCommand({
  name: 'concerns associate',
  summary: 'hang a like concern at the same place under its primary',
  details:
    'Its own clocks stop; the primary runs on and an associate does not reset it (A-CC-7). The earliest submission is ' +
    'the primary. No chains: a primary is not associated itself, and one that has associates stays a primary. ' +
    'rollcall concerns duplicates proposes them.',
  says: 'is associated',
  roles: SERGEANT,
  by: ['CC-06', 'associate a concern'],
  asks: [
    {
      flags: '--to <control>',
      summary: 'the primary concern',
      question: 'Control number of the primary',
    },
  ],
  examples: [{ line: 'rollcall concerns associate CC-2020-000002 --to CC-2020-000001', says: 'one matter' }],
  carries: [{ rule: 'CC-06', as: 'check' }],
  step,
});

async function step({ answers, before, context, id, look }: Acting): Promise<Step> {
  const { to = '' } = answers;
  const primary = await look((reader) => concernById(reader, to));
  if (primary !== undefined && primary.submitted_at > before.submittedAt) {
    const other = `Associate the other way: ${to} to ${id}.`;
    throw refuseBy(context, 'CC-06', `${id} was submitted before ${to}.`, other);
  }
  const below = await look((reader) =>
    reader.db
      .selectFrom('concern')
      .select('control_number')
      .where('primary_control_number', '=', id)
      .orderBy('control_number')
      .execute(),
  );
  if (below.length > 0) {
    const ids = below.map((row) => row.control_number).join(', ');
    throw refuseBy(
      context,
      'CC-06',
      `${id} is the primary of ${ids}.`,
      `Separate those first, then associate each to ${to}.`,
    );
  }
  return { name: 'associated', detail: { primary_control_number: to } };
}
