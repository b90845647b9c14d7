import { loadPolicy } from '../../store/data-files.ts';
import { type Acting, type Answers, answer, eventOf, makeAct } from '../act-command.ts';
import { impliedAccess } from '../implied-access.ts';
import { SERGEANT } from '../roles.ts';

const isCriminal = (answers: Answers): boolean => answer(answers, 'reason') === 'CRIMINAL_IMMEDIATE';
const isOther = (answers: Answers): boolean => answer(answers, 'reason') === 'OTHER';
// The codes are the policy file's; help and completion name them without reading it.
const REASONS = ['CONTENT', 'CRIMINAL_IMMEDIATE', 'INVALID', 'OTHER'];

/** `rollcall concerns not-accept`: turns a concern down, with a coded reason (CC-05, CC-19). */
export const concernsNotAccept = makeAct({
  verb: 'not-accept',
  summary: 'turn a concern down, with a coded reason',
  details:
    'CONTENT: obscene or insulting (CC-05). CRIMINAL_IMMEDIATE: a crime that needs action at once; the case report, the ' +
    'member of the first investigation and who was notified are recorded with it, all three or it is refused (CC-19). ' +
    'OTHER takes a text. No text is judged by the program.',
  done: 'is not accepted',
  roles: SERGEANT,
  rule: 'CC-15',
  what: 'turn a concern down',
  asks: [
    {
      flags: '--reason <code>',
      key: 'reason',
      summary: 'why: CONTENT, CRIMINAL_IMMEDIATE, INVALID or OTHER',
      ask: 'Why is it not accepted?',
      choices: REASONS,
    },
    {
      flags: '--text <text>',
      key: 'text',
      summary: 'the reason in words, for OTHER',
      ask: 'In words',
      when: isOther,
    },
    {
      flags: '--report-number <number>',
      key: 'reportNumber',
      summary: 'case report number, for CRIMINAL_IMMEDIATE',
      ask: 'Case report number (CC-19)',
      when: isCriminal,
    },
    {
      flags: '--investigator <member>',
      key: 'investigator',
      summary: 'sworn member of the first investigation, for CRIMINAL_IMMEDIATE',
      ask: 'Sworn member who investigates first (CC-19)',
      when: isCriminal,
    },
    {
      flags: '--notified <text>',
      key: 'notified',
      summary: 'who was notified, for CRIMINAL_IMMEDIATE',
      ask: 'Who was notified (CC-19)',
      when: isCriminal,
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
  events: (acting) => [...impliedAccess(acting), turnedDown(acting)],
  notes: ({ answers }) => {
    const code = answer(answers, 'reason');
    const reason = loadPolicy()
      .concerns()
      .notAcceptedReasons.find((each) => each.code === code);
    return reason === undefined ? [] : [`Reason: ${reason.label} (${reason.rule}).`];
  },
});

function turnedDown(acting: Acting) {
  const { answers } = acting;
  return eventOf(acting, 'not-accepted', {
    reason: answer(answers, 'reason'),
    detail: {
      text: answer(answers, 'text'),
      report_number: answer(answers, 'reportNumber'),
      investigator: answer(answers, 'investigator'),
      notified: answer(answers, 'notified'),
    },
  });
}
