import { actorOf, refuseBy, type Step } from '../../casework/act-verb.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { isUntrained } from '../form-add.ts';
import { formOfNumber } from '../form-records.ts';
import { makeFormCommand } from '../form-steps.ts';
import type { AskedStep } from '../steps.ts';

const ENTER = { roles: ['cp-sergeant', 'cp-officer'], by: ['CSR-20', 'record a 311 number'] } as const;

/** `rollcall csr form number <form> --number SR21-…`: the 311 reference, once the request is entered there. */
export const csrFormNumber = makeFormCommand({
  name: 'csr form number',
  summary: 'record the 311 number under which a form was entered',
  details:
    'A number is written as 311 writes it, SR21-00000001 (older: 11-00000001), and stands on one form only.',
  ...ENTER,
  asks: [{ flags: '--number <number>', summary: 'the 311 number', question: 'Which number did 311 give?' }],
  examples: [
    { line: 'rollcall csr form number F21-00001 --number SR21-00001234 --actor M0020', says: 'entered' },
  ],
  carries: [
    { rule: 'CSR-11', as: 'check' },
    { rule: 'CSR-20', as: 'block' },
  ],
  step,
  says: (asked) => `entered as ${numberIn(asked)}`,
});

async function step(asked: AskedStep): Promise<Step> {
  const { context, ids, look } = asked;
  const number = numberIn(asked);
  const refuse = (text: string) => refuseBy(context, 'CSR-20', text);
  if (!new RegExp(loadPolicy(context.env).csr().form.numberPattern).test(number))
    throw refuse(`"${number}" is no 311 number: it is written SR21-00001234.`);
  const other = await look((reader) => formOfNumber(reader, number));
  if (other !== null && !ids.includes(other)) throw refuse(`${number} stands on form ${other} already.`);
  const { memberId } = await look((reader) => actorOf(reader, context, ENTER));
  const untrained = await look((reader) => isUntrained(reader, memberId, context.now));
  return { name: 'entered', detail: { sr_number: number, untrained: untrained === true ? 'yes' : null } };
}

function numberIn({ answers: { number = '' } }: AskedStep): string {
  return number.toUpperCase();
}
