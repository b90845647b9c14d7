import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf } from '../asking.ts';
import { FORM_STEP_FIELDS, formStep } from '../form-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr form submit <form…>`: hands forms to the district's community policing office. */
export const csrFormSubmit: Command<Document> = {
  name: 'csr form submit',
  summary: 'hand forms to the community policing office',
  details: 'Also one that was returned, once it is mended.',
  arguments: [{ name: 'form', summary: 'form', required: true, variadic: true }],
  examples: [{ line: 'rollcall csr form submit F21-00001 --actor M0034', says: 'to the office' }],
  fields: FORM_STEP_FIELDS,
  carries: [{ rule: 'CSR-14', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  return takeStep(context, {
    ...formStep,
    ids: idsOf(input, 'form'),
    name: 'form-submitted',
    roles: null,
    rule: 'CSR-14',
    what: 'submit a form',
    done: 'submitted',
  });
}
