import { peopleAge } from '../../core/duration.ts';
import type { CaseEvent } from '../../core/workflow.ts';
import { actorById } from '../../people/identity.ts';
import type { Reader } from '../../store/store.ts';
import { type Acting, answer, eventOf, makeAct, refuse } from '../act-command.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns criminal`: records that the district station supervisor was notified (CC-18). */
export const concernsCriminal = makeAct({
  verb: 'criminal',
  summary: 'record that the station supervisor was told of a crime',
  details:
    'For a concern of criminal nature that needs a case report. The time of the notice is that of the step (--as-of). ' +
    '"Immediately" has no figure in the directive: the time since the first access is printed and nothing is refused ' +
    'for it (A-CC-9).',
  done: 'is with the station supervisor',
  roles: SERGEANT,
  rule: 'CC-18',
  what: 'notify the station supervisor',
  asks: [
    {
      flags: '--notified <member>',
      key: 'notified',
      summary: 'the district station supervisor who was told',
      ask: 'Which station supervisor was told? (member id)',
    },
    { flags: '--reason <text>', key: 'reason', summary: 'what it is about' },
  ],
  examples: [{ line: 'rollcall concerns criminal CC-2020-000001 --notified M0023', says: 'told at once' }],
  carries: [{ rule: 'CC-18', as: 'check' }],
  events,
  notes({ context, state }) {
    const since = state.firstAccessedAt;
    return since === null
      ? ['It had not been accessed before, so the time until the notice is not known.']
      : [`Notified ${peopleAge(context.now - since)} after the first access.`];
  },
});

async function events(acting: Acting, reader: Reader): Promise<readonly CaseEvent[]> {
  const { answers, context } = acting;
  const notified = answer(answers, 'notified') ?? '';
  const told = await actorById(reader, notified, context.now);
  if (told === null || !told.roles.has('station-supervisor')) {
    const why = told === null ? 'is no known member' : 'is not a station supervisor';
    throw refuse(
      'CC-18',
      `${acting.id}: ${notified} ${why}, and the district station supervisor is to be told.`,
    );
  }
  return [eventOf(acting, 'criminal', { reason: answer(answers, 'reason'), detail: { notified } })];
}
