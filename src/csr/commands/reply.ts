import { type Ask, answersOf, optionOf } from '../../casework/act-asking.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { recordReply } from '../reply.ts';

const ASKS: readonly Ask[] = [
  { flags: '--said <text>', summary: 'what they were told; no names', question: 'What were they told?' },
];

/** `rollcall csr reply <number> --said …`: what the person who asked was told, and by whom. */
export const csrReply: Command<Document> = {
  name: 'csr reply',
  summary: 'record what the person who asked was told',
  details: 'For a police request, a form, or a mirrored City request (CSR-17).',
  arguments: [{ name: 'number', summary: 'SR number or form', required: true }],
  options: ASKS.map(optionOf),
  examples: [
    { line: 'rollcall csr reply SR20-01 --said "City has it, ten days" --actor M0020', says: 'told' },
  ],
  fields: { id: 'SR number or form', kind: 'police, form or city', said: 'as given' },
  carries: [{ rule: 'CSR-17', as: 'check' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.number).trim();
  const { said = '' } = (await answersOf('csr reply', ASKS, context, input)).answers;
  const { kind, newest } = await recordReply(context, id, said);
  return {
    document: {
      title: context.dryRun ? `A reply on ${id} would be recorded` : `A reply on ${id} is recorded`,
      subtitle: said,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
    },
    data: { id, kind, said },
    newestImport: newest,
  };
}
