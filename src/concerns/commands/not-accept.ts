import { type Answers, choicesOf } from '../../casework/act-asking.ts';
import type { Step } from '../../casework/act-verb.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { impliedAccess } from '../implied-access.ts';
import { associatesOf } from '../records.ts';
import { SERGEANT } from '../roles.ts';
import { requireMember } from '../task.ts';

const isCriminal = (answers: Answers): boolean => answers.reason === 'CRIMINAL_IMMEDIATE';
const isOther = (answers: Answers): boolean => answers.reason === 'OTHER';
// The codes are the policy file's; help and completion name them without reading it.
const REASONS = ['CONTENT', 'CRIMINAL_IMMEDIATE', 'INVALID', 'OTHER'];

/** `rollcall concerns not-accept`: turns a concern down, with a coded reason (CC-05, CC-19). */
export const concernsNotAccept = makeConcernsCommand({
  name: 'concerns not-accept',
  summary: 'turn a concern down, with a coded reason',
  details:
    'CONTENT: obscene or insulting (CC-05). CRIMINAL_IMMEDIATE: a crime that needs action at once; the case report, the ' +
    'member of the first investigation and who was notified are recorded with it, all three or it is refused (CC-19). ' +
    'OTHER takes a text. No text is judged by the program.',
  says: 'is not accepted',
  roles: SERGEANT,
  by: ['CC-15', 'turn a concern down'],
  asks: [
    {
      flags: '--reason <code>',
      summary: 'why: CONTENT, CRIMINAL_IMMEDIATE, INVALID or OTHER',
      question: 'Why is it not accepted?',
      choices: choicesOf(REASONS),
    },
    {
      flags: '--text <text>',
      summary: 'the reason in words, for OTHER',
      question: 'In words',
      needed: isOther,
    },
    {
      flags: '--report-number <number>',
      summary: 'case report number, for CRIMINAL_IMMEDIATE',
      question: 'Case report number (CC-19)',
      needed: isCriminal,
    },
    {
      flags: '--investigator <member>',
      summary: 'sworn member of the first investigation, for CRIMINAL_IMMEDIATE',
      question: 'Sworn member who investigates first (CC-19)',
      needed: isCriminal,
    },
    {
      flags: '--notified <text>',
      summary: 'who was notified, for CRIMINAL_IMMEDIATE',
      question: 'Who was notified (CC-19)',
      needed: isCriminal,
    },
  ],
  examples: [
    { line: 'rollcall concerns not-accept CC-2020-000001 --reason CONTENT', says: 'obscene' },
    {
      line: 'rollcall concerns not-accept CC-2020-000001 --reason CRIMINAL_IMMEDIATE --report-number JD100001 --investigator M0034 --notified M0023',
      says: 'a crime that needs action at once',
    },
  ],
  carries: [
    { rule: 'CC-05', as: 'check' },
    { rule: 'CC-19', as: 'check' },
  ],
  async step(acting) {
    const { context, id, look } = acting;
    const { investigator } = acting.answers;
    await look((reader) => requireMember(reader, investigator, '--investigator'));
    const hanging = await look((reader) => associatesOf(reader, id));
    if (hanging.length > 0)
      context.warn(
        `${id} is the primary of ${hanging.join(', ')}: nobody works on those either; separate them or close them (CC-06).`,
      );
    return [...impliedAccess(acting), turnedDown(acting)];
  },
  notes: ({ answers, context }) => {
    const code = answers.reason;
    const reason = loadPolicy(context.env)
      .concerns()
      .notAcceptedReasons.find((each) => each.code === code);
    return reason === undefined ? [] : [`Reason: ${reason.label} (${reason.rule}).`];
  },
});

function turnedDown({ answers }: Acting): Step {
  const { reason, text, reportNumber, investigator, notified } = answers;
  return {
    name: 'not-accepted',
    reason,
    detail: { text, report_number: reportNumber, investigator, notified },
  };
}
