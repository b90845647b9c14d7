import type { Command, Context, Input, Outcome } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Document } from '../report/document.ts';
import { read } from '../store/store.ts';
import { type Ask, answersOf, optionOf } from './act-asking.ts';
import { newestImport } from './newest-import.ts';
import { decideReport } from './report-archive.ts';
import type { ReportKind } from './report-kind.ts';
import { archivedItem } from './report-standing.ts';

const ASKS: readonly Ask[] = [
  { flags: '--return', summary: 'return it to who submitted it instead' },
  {
    flags: '--reason <text>',
    summary: 'with --return: why',
    question: 'Why is it returned?',
    needed: (answers) => answers.return === 'yes',
  },
];

/** A directive's command that approves a submitted report, or returns it; the directive says who does so and by which rule. */
export function approveReport(
  kind: ReportKind,
  { name, ...about }: Pick<Command<Document>, 'name' | 'details' | 'examples' | 'carries'>,
): Command<Document> {
  return {
    name,
    summary: 'approve the status report that was submitted, or return it',
    ...about,
    arguments: [{ name: 'report', summary: 'report, 2020-Q4:005', required: true }],
    options: ASKS.map(optionOf),
    fields: {
      id: 'report',
      version: 'version decided on',
      state: 'approved or returned',
      digest: 'sha256 of the bytes that were decided on',
      decidedBy: 'member',
      reason: 'why it was returned, or null',
    },
    writes: true,
    run: (context, input) => run(context, input, kind, name),
  };
}

async function run(
  context: Context,
  input: Input,
  kind: ReportKind,
  name: string,
): Promise<Outcome<Document>> {
  const id = String(input.args.report).trim();
  const { answers } = await answersOf(name, ASKS, context, input);
  const { return: back, reason = '' } = answers;
  if (back === undefined && input.options.reason !== undefined)
    throw usageError('--reason goes with --return.', 'Add --return.');
  const decided = await decideReport(
    context,
    kind,
    id,
    back === undefined ? { state: 'approved' } : { state: 'returned', reason },
  );
  const newest = await read(context.storePath, (reader) => newestImport(reader, kind.system));
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
