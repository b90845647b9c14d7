import { refuseBy, type Step } from '../../casework/act-verb.ts';
import type { Context } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { makeOssCommand, OSSU_ROLES } from '../act-spec.ts';
import { COMMAND_ROLES } from '../workflow-rules.ts';
import { listIn } from '../workflow-state.ts';

const ACTIONS = [
  { value: 'open', label: 'a member says that data are wrong (OSS-51)' },
  { value: 'document', label: 'documents that came later (OSS-51)' },
  { value: 'contact', label: 'a party was contacted (OSS-52)' },
  { value: 'decide', label: 'revised or not (OSS-53)' },
  { value: 'reply', label: 'the member is told (OSS-53)' },
] as const;

/** `rollcall oss discrepancy <id> open|document|contact|decide|reply`: data that a member holds to be wrong. */
export const ossDiscrepancy = makeOssCommand({
  name: 'oss discrepancy',
  summary: 'data that a member says are wrong: open, document, contact …',
  details:
    'Opened on a To-From-Subject report with documents once the member was told (OSS-51); without documents it is not reviewed, and the member ' +
    'is told so (OSS-54, A-OSS-7) until documents come. The unit contacts those concerned before the OSSU supervisor decides (OSS-52), and ' +
    'answers by To-From-Subject (OSS-53). The directive sets no deadline: open ones show their age.',
  roles: [...OSSU_ROLES, ...COMMAND_ROLES],
  by: ['OSS-51', 'deal with a discrepancy'],
  area: 'oss.discrepancy',
  word: { name: 'action', summary: 'open, document, contact, decide or reply', choices: ACTIONS },
  asks: [
    {
      flags: '--letter <reference>',
      summary: 'number of the To-From-Subject report',
      question: 'Number of the To-From-Subject report?',
      needed: ({ action }) => action === 'open' || action === 'reply',
    },
    {
      flags: '--document <reference>',
      summary: 'a supporting document; as often as needed',
      repeatable: true,
    },
    {
      flags: '--party <who>',
      summary: 'who was contacted',
      question: 'Who was contacted?',
      needed: ({ action }) => action === 'contact',
    },
    {
      flags: '--revised <yes|no>',
      summary: 'whether the data are revised',
      question: 'Are the data revised?',
      needed: ({ action }) => action === 'decide',
      choices: [
        { value: 'yes', label: 'yes' },
        { value: 'no', label: 'no' },
      ],
    },
    { flags: '--reason <text>', summary: 'why, for a decision' },
    { flags: '--number <n>', summary: 'which one, when there are several; else the newest not replied to' },
  ],
  async step({ actor, answers, lists, context, before }): Promise<Step> {
    const { action, number } = answers;
    if (number !== undefined && !before.discrepancies.some((each) => String(each.number) === number))
      throw usageError(`--number ${number}: there is no such discrepancy.`);
    if (!FILED.includes(action ?? '') && !OSSU_ROLES.some((role) => actor.roles.has(role)))
      throw refuseBy(context, 'OSS-52', `${actor.memberId} may not ${action} a discrepancy: OSSU does.`);
    const reason = answers.reason ?? null;
    if (action === 'open') {
      const documents = (await documentsOf(lists.document, context)) || 'none';
      return { name: 'discrepancy', reason, detail: { letter: answers.letter, documents } };
    }
    if (action === 'document') {
      const documents = await documentsOf(lists.document, context);
      if (documents === '') throw usageError('No document is named.', 'Add --document.');
      return { name: 'discrepancy-documented', reason, detail: { number, documents } };
    }
    if (action === 'contact')
      return { name: 'discrepancy-contacted', reason, detail: { number, party: answers.party } };
    if (action === 'decide')
      return { name: 'discrepancy-decided', reason, detail: { number, revised: answers.revised } };
    return { name: 'discrepancy-replied', reason, detail: { number, letter: answers.letter } };
  },
  says: ({ answers }) => `has a discrepancy: ${SAID[answers.action ?? ''] ?? ''}`,
  notes: ({ answers }, after) =>
    answers.action === 'open' && after.discrepancies.at(-1)?.state === 'not-reviewed'
      ? ['Filed without documents it is not reviewed; the member is told so (OSS-54).']
      : [],
  examples: [
    {
      line: 'rollcall oss discrepancy WI-0034 open --letter TFS-7 --document report-12.pdf',
      says: 'with a document',
    },
    {
      line: 'rollcall oss discrepancy WI-0034 decide --revised yes --actor M0002',
      says: 'the data are revised',
    },
  ],
  carries: [
    { rule: 'OSS-51', as: 'evidence' },
    { rule: 'OSS-52', as: 'block' },
    { rule: 'OSS-53', as: 'check' },
    { rule: 'OSS-54', as: 'block' },
  ],
});

// What comes from the member by way of command; the rest is done by the unit.
const FILED = ['open', 'document'];

async function documentsOf(given: readonly string[] | undefined, context: Context): Promise<string> {
  if (given !== undefined || !context.interactive) return (given ?? []).join(';');
  const said = await context.prompt.text('Supporting documents, ; between (none: it is not reviewed)');
  return listIn(said).join(';');
}

const SAID: Readonly<Record<string, string>> = {
  open: 'opened',
  document: 'documents were added',
  contact: 'a party was contacted',
  decide: 'decided',
  reply: 'the member is told',
};
