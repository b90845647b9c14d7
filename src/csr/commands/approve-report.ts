import { type Ask, answersOf, optionOf } from '../../casework/act-asking.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { decideReport } from '../report-archive.ts';
import { archivedItem } from '../report-standing.ts';

const ASKS: readonly Ask[] = [
  { flags: '--return', summary: 'return it to the sergeant instead' },
  {
    flags: '--reason <text>',
    summary: 'with --return: why',
    question: 'Why is it returned?',
    needed: (answers) => answers.return === 'yes',
  },
];

/** `rollcall csr approve-report 2020-Q4:005`: the commander approves what was submitted, or returns it. */
export const csrApproveReport: Command<Document> = {
  name: 'csr approve-report',
  summary: 'approve the status report that was submitted, or return it',
  details:
    'Of the district commander, or who has that role by delegation (CSR-29). Approved is what was submitted, to the ' +
    'byte: its hash is printed and stays with the decision. A returned one is submitted anew as a further version.',
  arguments: [{ name: 'report', summary: 'report, 2020-Q4:005', required: true }],
  options: ASKS.map(optionOf),
  examples: [
    { line: 'rollcall csr approve-report 2020-Q4:005 --actor M0013', says: 'approved' },
    {
      line: 'rollcall csr approve-report 2020-Q4:005 --return --reason "beat 0531?" --actor M0013',
      says: 'back',
    },
  ],
  fields: {
    id: 'report',
    version: 'version decided on',
    state: 'approved or returned',
    digest: 'sha256 of the bytes that were decided on',
    decidedBy: 'member',
    reason: 'why it was returned, or null',
  },
  carries: [
    { rule: 'CSR-26', as: 'evidence' },
    { rule: 'CSR-29', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.report).trim();
  const { answers } = await answersOf('csr approve-report', ASKS, context, input);
  const { return: back, reason = '' } = answers;
  if (back === undefined && input.options.reason !== undefined)
    throw usageError('--reason goes with --return.', 'Add --return.');
  const decision =
    back === undefined ? ({ state: 'approved' } as const) : ({ state: 'returned', reason } as const);
  const decided = await decideReport(context, id, decision);
  const newest = await read(context.storePath, (reader) => newestImport(reader, 'csr'));
  return {
    document: {
      title: `${id}, version ${decided.version}, ${context.dryRun ? 'would be' : 'is'} ${decided.state}`,
      subtitle: decided.reason ?? undefined,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
      footer: [{ label: 'sha256', text: decided.digest }],
    },
    data: archivedItem(decided),
    newestImport: newest,
  };
}
