import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { metresApart } from '../apart.ts';
import { concernById } from '../records.ts';
import { SERGEANT } from '../roles.ts';
import { requireVisible, scopeOf } from '../visibility.ts';

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
  carries: [
    { rule: 'CC-06', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  step,
});

async function step({ actor, answers, before, context, id, look }: Acting): Promise<Step> {
  const { to = '' } = answers;
  const primary = await look(async (reader) => {
    const row = await concernById(reader, to);
    // CC-10: what is put under a concern is told of wherever that one is.
    if (row !== undefined) await requireVisible(reader, await scopeOf(reader, actor, context.now), actor, to);
    return row;
  });
  if (primary !== undefined)
    warnOfDistance(context, await look((reader) => concernById(reader, id)), primary);
  if (primary !== undefined && primary.submitted_at > before.submittedAt) {
    const other = `Associate the other way: ${to} to ${id}.`;
    throw refuseBy(context, 'CC-06', `${id} was submitted before ${to}.`, other);
  }
  const below = await look((reader) =>
    reader.db
      .selectFrom('concern')
      .select(['control_number', 'state'])
      .where('primary_control_number', '=', id)
      .orderBy('control_number')
      .execute(),
  );
  if (below.length > 0) {
    const ids = below.map((row) => row.control_number).join(', ');
    const closed = below.filter(({ state }) => state !== 'associated').map((row) => row.control_number);
    const remedy =
      closed.length === 0
        ? `Separate those first, then associate each to ${to}.`
        : `${id} stays a primary: what is closed is not separated any more (${closed.join(', ')}).`;
    throw refuseBy(context, 'CC-06', `${id} is the primary of ${ids}.`, remedy);
  }
  return { name: 'associated', detail: { primary_control_number: to } };
}

type Row = Awaited<ReturnType<typeof concernById>>;

// CC-06 speaks of one place and gives no figure: what lies further apart than is proposed is said and not refused.
function warnOfDistance(context: Acting['context'], own: Row, primary: Row): void {
  if (own === undefined || primary === undefined) return;
  const metres = metresApart(own, primary);
  const { suggestWithin } = loadPolicy(context.env).concerns().associationMetres;
  if (metres === null || metres <= suggestWithin) return;
  context.warn(
    `${own.control_number} and ${primary.control_number} lie ${metres} m apart; CC-06 is for one place.`,
  );
}
