import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { peopleAge } from '../../core/duration.ts';
import { actorById } from '../../people/identity.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns criminal`: records that the district station supervisor was notified (CC-18). */
export const concernsCriminal = makeConcernsCommand({
  name: 'concerns criminal',
  summary: 'record that the station supervisor was told of a crime',
  details:
    'For a concern of criminal nature that needs a case report. The time of the notice is that of the step (--as-of). ' +
    '"Immediately" has no figure in the directive: the time since the first access is printed and nothing is refused ' +
    'for it (A-CC-9).',
  says: 'is with the station supervisor',
  roles: SERGEANT,
  by: ['CC-18', 'notify the station supervisor'],
  asks: [
    {
      flags: '--notified <member>',
      summary: 'the district station supervisor who was told',
      question: 'Which station supervisor was told? (member id)',
    },
    { flags: '--reason <text>', summary: 'what it is about' },
  ],
  examples: [{ line: 'rollcall concerns criminal CC-2020-000001 --notified M0023', says: 'told at once' }],
  carries: [{ rule: 'CC-18', as: 'check' }],
  step,
  notes({ before, context }) {
    const since = before.firstAccessedAt;
    return since === null
      ? ['It had not been accessed before, so the time until the notice is not known.']
      : [`Notified ${peopleAge(context.now - since)} after the first access.`];
  },
});

async function step({ answers, context, id, look }: Acting): Promise<Step> {
  const { notified = '', reason } = answers;
  const told = await look((reader) => actorById(reader, notified, context.now));
  if (told === null || !told.roles.has('station-supervisor')) {
    const why = told === null ? 'is no known member' : 'is not a station supervisor';
    throw refuseBy(
      context,
      'CC-18',
      `${id}: ${notified} ${why}, and the district station supervisor is to be told.`,
    );
  }
  return { name: 'criminal', reason, detail: { notified } };
}
