import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { refusal } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { FORM_STEP_FIELDS, formStep } from '../form-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr form number <form> --number SR21-…`: the 311 reference, once the request is entered there. */
export const csrFormNumber: Command<Document> = {
  name: 'csr form number',
  summary: 'record the 311 number under which a form was entered',
  details:
    'A number is written as 311 writes it, SR21-00000001 (older: 11-00000001), and stands on one form only.',
  arguments: [{ name: 'form', summary: 'form', required: true }],
  options: [{ flags: '--number <number>', summary: 'the 311 number' }],
  examples: [
    { line: 'rollcall csr form number F21-00001 --number SR21-00001234 --actor M0020', says: 'entered' },
  ],
  fields: FORM_STEP_FIELDS,
  carries: [{ rule: 'CSR-20', as: 'block' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'form');
  const question = { name: 'number', flag: '--number', question: 'Which number did 311 give?' };
  const number = (await textOrAsk(context, input, question)).toUpperCase();
  const policy = loadPolicy(context.env);
  const refuse = (text: string) => refusal('CSR-20', policy.cite('CSR-20'), text);
  if (!new RegExp(policy.csr().form.numberPattern).test(number))
    throw refuse(`"${number}" is no 311 number: it is written SR21-00001234.`);
  const other = await read(context.storePath, (reader) =>
    reader.db.selectFrom('csr_form').select('form_id').where('sr_number', '=', number).executeTakeFirst(),
  );
  if (other !== undefined && !ids.includes(other.form_id))
    throw refuse(`${number} stands on form ${other.form_id} already.`);
  return takeStep(context, {
    ...formStep,
    ids,
    name: 'entered',
    detail: { sr_number: number },
    roles: ['cp-sergeant', 'cp-officer'],
    rule: 'CSR-20',
    what: 'record a 311 number',
    done: `entered as ${number}`,
  });
}
