import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Reader, read, write } from '../../store/store.ts';
import { notTold, rememberTold } from '../findings-told.ts';
import { groupsOf, listed, muting, sightOf, tablesOf, toldOf } from '../record-check.ts';
import type { DirectiveList } from '../record-find.ts';
import { type Finding, findingItem, findings } from '../record-findings.ts';
import { directives } from '../registry.ts';

/** `rollcall check` over the given directives; tests give their own. */
export function makeCheckCommand(list: DirectiveList): Command<Document> {
  return {
    name: 'check',
    summary: 'findings: what the rules would have refused',
    details:
      'Findings on imported history, on the rows of imports, and on duties of a day that were left out, counted by code ' +
      'and then listed. Prints nothing when there is none. What is found on a Work Item is listed and counted only for ' +
      'an actor who may see that part of it; rows about SAID subjects need a purpose too. What is wrong with a ' +
      'concern is told to those who may see it (CC-10); to others, and to cron, the finding without its text.',
    options: [
      {
        flags: '--system <system>',
        summary: 'only one system',
        choices: ['oss', 'concerns', 'csr', 'said', 'desk'],
      },
      { flags: '--code <code>', summary: 'only findings of this code' },
      { flags: '--record <id>', summary: 'only findings on this record' },
      { flags: '--new', summary: 'only what no earlier --new told; remembers what it tells' },
      { flags: '--exit-code', summary: 'exit 1 when there is a finding' },
    ],
    examples: [
      { line: 'rollcall check', says: 'every finding, counted by code and listed' },
      { line: 'rollcall check --new', says: 'for cron: each finding once' },
      {
        line: 'rollcall check --system concerns --exit-code',
        says: 'for a script: ends with 1 when there is one',
      },
    ],
    fields: {
      'items[].id': 'record id',
      'items[].system': 'oss, concerns, csr, said or desk',
      'items[].code': 'what is odd, in SHOUTING_WORDS',
      'items[].rule': 'rule that it touches; null for data quality',
      'items[].cite': 'directive and paragraph',
      'items[].at': 'instant it speaks of',
      'items[].text': 'what is wrong; null where the record is not for the actor',
      'items[].batch': 'import whose rows it speaks of; null when it comes from a history',
      'groups[]': 'system, code, rule, cite, count',
      total: 'number of items',
      withheld:
        'findings that are counted in groups and not listed, because their ids are not for this actor',
    },
    carries: [
      { rule: 'CC-10', as: 'block' },
      { rule: 'OSS-12', as: 'block' },
      { rule: 'OSS-13', as: 'check' },
      { rule: 'OSS-58', as: 'block' },
    ],
    writes: true,
    run: (context, input) => run(list, context, input),
  };
}

/** `rollcall check`. */
export const check = makeCheckCommand(directives);

async function remember(context: Context, told: readonly Finding[]): Promise<void> {
  if (told.length === 0) return;
  await write(context.storePath, async (writer) => rememberTold(writer, told, context.now));
}

async function run(list: DirectiveList, context: Context, input: Input): Promise<Outcome<Document>> {
  const { system, code, record, exitCode } = input.options;
  const known = await list();
  const policy = loadPolicy(context.env);
  const asked = {
    system: typeof system === 'string' ? system : undefined,
    code: typeof code === 'string' ? code.trim().toUpperCase() : undefined,
    record: typeof record === 'string' ? record.trim() : undefined,
  };
  const onlyNew = input.options.new === true;
  const { found, muted, sight, newest } = await read(context.storePath, async (reader: Reader) => {
    const every = await findings(reader, context, policy, asked, known);
    const all = await toldOf(reader, context, known, every);
    return {
      found: onlyNew ? await notTold(reader, all) : all,
      muted: await muting(reader, context, known, all),
      sight: await sightOf(reader, context, known),
      newest: await newestImport(reader, asked.system === 'desk' ? null : (asked.system ?? null)),
    };
  });
  // Asked for one record by id, even a count would tell who is a subject.
  const all = asked.record === undefined ? found : listed(found, sight);
  const shown = listed(all, sight).map(muted);
  for (const confidential of sight.confidential) {
    if (!shown.some((finding) => finding.system === confidential.system)) continue;
    if (!sight.sees.has(confidential.system)) continue;
    const subject = asked.record ?? 'findings';
    await logAccess(context, {
      system: confidential.system,
      command: 'check',
      subject,
      actorId: sight.actorId,
    });
  }
  const groups = groupsOf(all);
  const hidden = all.length - shown.length;
  const document: Document = {
    title: 'Findings',
    subtitle: `${all.length}${onlyNew ? ' new' : ''} in ${groups.length} ${groups.length === 1 ? 'group' : 'groups'}`,
    asOf: context.now,
    newestImport: newest,
    blocks: tablesOf(groups, shown),
    notes: [
      ...(hidden === 0
        ? []
        : [`${hidden} of ${all.length} are counted and not listed: they are not for this actor.`]),
      ...(shown.some(({ text }) => text === null)
        ? ['Withheld texts are for those who may see the record (CC-10).']
        : []),
    ],
  };
  const items = shown.map(findingItem);
  return {
    document,
    data: { items, total: items.length, groups, withheld: hidden },
    items,
    newestImport: newest,
    exitCode: exitCode === true && all.length > 0 ? 1 : 0,
    // Cron mails whatever is printed: no finding, no word.
    text: all.length === 0 ? '' : undefined,
    settle: onlyNew && !context.dryRun ? () => remember(context, all) : undefined,
  };
}
