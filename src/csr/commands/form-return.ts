import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { FORM_STEP_FIELDS, formStep } from '../form-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr form return <form> --reason …`: back to its author. */
export const csrFormReturn: Command<Document> = {
  name: 'csr form return',
  summary: 'return an incomplete or inappropriate form to its author',
  arguments: [{ name: 'form', summary: 'form', required: true }],
  options: [{ flags: '--reason <text>', summary: 'what is incomplete or out of place' }],
  examples: [
    { line: 'rollcall csr form return F21-00001 --reason "no address" --actor M0019', says: 'back' },
  ],
  fields: FORM_STEP_FIELDS,
  carries: [{ rule: 'CSR-24', as: 'check' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'form');
  const question = { name: 'reason', flag: '--reason', question: 'What is incomplete or out of place?' };
  const reason = await textOrAsk(context, input, question);
  return takeStep(context, {
    ...formStep,
    ids,
    name: 'form-returned',
    reason,
    roles: ['cp-sergeant'],
    rule: 'CSR-24',
    what: 'return a form',
    done: 'returned',
  });
}
