import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf } from '../asking.ts';
import { FORM_STEP_FIELDS, formStep } from '../form-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr form complete <form…>`: the service was done; the 180 days of keeping the form begin. */
export const csrFormComplete: Command<Document> = {
  name: 'csr form complete',
  summary: 'record that the requested service was done',
  details: 'At --as-of. From then the form is kept for at least 180 days (CSR-21).',
  arguments: [{ name: 'form', summary: 'form', required: true, variadic: true }],
  examples: [
    { line: 'rollcall csr form complete F21-00001 --as-of 2021-02-03 --actor M0020', says: 'done then' },
  ],
  fields: FORM_STEP_FIELDS,
  carries: [{ rule: 'CSR-21', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  return takeStep(context, {
    ...formStep,
    ids: idsOf(input, 'form'),
    name: 'form-completed',
    roles: ['cp-sergeant', 'cp-officer'],
    rule: 'CSR-21',
    what: 'record a completed service',
    done: 'completed',
  });
}
