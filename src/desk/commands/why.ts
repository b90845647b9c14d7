import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type RecordClocks, recordClocks } from '../record-clocks.ts';
import { type DirectiveList, readRecords, recordId } from '../record-find.ts';
import { bannersOf, sectionHead, titleOf } from '../record-text.ts';
import { directives } from '../registry.ts';
import { whyBlocks, whyItems } from '../why-page.ts';

/** `rollcall why` over the given directives; tests give their own. */
export function makeWhyCommand(list: DirectiveList): Command<Document> {
  return {
    name: 'why',
    summary: 'the clocks of a record: dates, extensions, arithmetic, cites',
    details:
      'For each clock of a record: when it started, how its due instant comes about, every extension, return and ' +
      'hand-over, when it stopped, and whether that was on time. A lapse that was later extended stays told. With ' +
      '--as-of, the clocks as they stood then.',
    arguments: [{ name: 'id', summary: 'record id, to the letter', required: true }],
    examples: [
      { line: 'rollcall why CC-1001', says: 'how the 7 days of an investigation were counted' },
      { line: 'rollcall why CC-1001 --as-of 2020-11-10', says: 'as it stood at the end of that day' },
    ],
    fields: {
      id: 'record id',
      'items[].system': 'oss, concerns, csr or said',
      'items[].rule': 'rule whose clock it is',
      'items[].cite': 'directive and paragraph',
      'items[].name': 'what the clock is called',
      'items[].key': 'what tells clocks of one rule apart: the unit, the number of the plan; null for one',
      'items[].startedAt': 'instant the clock started; null when it is not recorded',
      'items[].dueAt': 'instant it is due, extensions included',
      'items[].stoppedAt': 'instant it stopped; null while it runs',
      'items[].timeliness': 'onTime, late, noDeadline or cannotTell; null when it has not started',
      'items[].lateHours': 'hours past due, one decimal',
      'items[].owner': '{role, unit, member}',
      'items[].spans[]': 'period, openedAt, dueAt, stoppedAt, endedBy, owner',
      'items[].lapses[]':
        'dueAt, until, hours, endedBy: stretches past due that ended otherwise than by the end of the work',
      'items[].arithmetic[]': 'how each due instant comes about, a sentence a step',
      'items[].readings[]': 'ids of our readings of the rule; rollcall rules --show tells them',
      total: 'number of items',
    },
    carries: [
      { rule: 'CC-35', as: 'report' },
      { rule: 'CC-22', as: 'check' },
      { rule: 'CSR-38', as: 'check' },
    ],
    run: (context, input) => run(list, context, input),
  };
}

/** `rollcall why <record id>`. */
export const why = makeWhyCommand(directives);

async function run(list: DirectiveList, context: Context, input: Input): Promise<Outcome<Document>> {
  const id = recordId(input.args.id);
  const policy = loadPolicy(context.env);
  const { sections, notes, newest } = await readRecords<RecordClocks>(
    context,
    list,
    id,
    'why',
    (reader, found) => recordClocks(reader, found.view, policy.clocks(), context.now),
  );
  const founds = sections.map(({ found }) => found);
  const items = sections.flatMap(({ found, value }) => whyItems(found, value, policy));
  return {
    document: {
      title: `Why: ${titleOf(founds, id)}`,
      banner: bannersOf(founds),
      asOf: context.now,
      newestImport: newest,
      blocks: sections.flatMap(({ found, value }, at) => [
        ...sectionHead(found, sections.length, at),
        ...whyBlocks(found, value, policy, context.now, at),
      ]),
      notes: notes,
    },
    data: { id, items, total: items.length },
    items,
    newestImport: newest,
  };
}
