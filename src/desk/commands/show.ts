import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Instant } from '../../core/instant.ts';
import type { Block, Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { muting, textCell, toldOf } from '../record-check.ts';
import { clockItem, type RecordClocks, recordClocks, ruleNow } from '../record-clocks.ts';
import { type DirectiveList, type Found, readRecords, recordId } from '../record-find.ts';
import { type Finding, findingItem, findings } from '../record-findings.ts';
import { asOfNote, bannersOf, cellValue, sectionHead, stateText, titleOf } from '../record-text.ts';
import { directives } from '../registry.ts';
import { ownerText, verdict } from '../why-words.ts';

interface Shown {
  readonly clocks: RecordClocks;
  readonly findings: readonly Finding[];
}

/** `rollcall show` over the given directives; tests give their own. */
export function makeShowCommand(list: DirectiveList): Command<Document> {
  return {
    name: 'show',
    summary: 'one record of any directive',
    details:
      'Facts, state, clocks and findings of a Work Item, a Community Concern, a service request or a SAID subject. ' +
      'Where a number belongs to two records, both are shown. Work Items need an actor who may see them, SAID ' +
      'subjects a purpose too. Of a request what a resident or a member wrote is shown to those alone who may see it, the ' +
      'rest to everyone; of a concern everyone else gets ids, dates, rules, units and districts (CC-10). Each look at ' +
      'texts is logged.',
    arguments: [{ name: 'id', summary: 'record id, to the letter', required: true }],
    examples: [
      { line: 'rollcall show CC-1001', says: 'a Community Concern with its clocks' },
      { line: 'rollcall show WI-1001 --actor OSSU01', says: 'a Work Item, for one who may see it' },
    ],
    fields: {
      id: 'record id',
      system: 'oss, concerns, csr or said',
      title: 'what it is, for people',
      state: 'place in its workflow; null where it is not for this actor',
      facts: 'its facts by name; instants in UTC; a text that is not for this actor is null',
      'clocks[]':
        'rule, cite, name, key, startedAt, dueAt, stoppedAt, endedBy, timeliness, lateHours, owner …',
      'findings[]': 'code, rule, cite, at, text',
      'items[]': 'all records with this id, in the same shape; the first one stands above',
      total: 'number of items',
    },
    carries: [
      { rule: 'CC-10', as: 'block' },
      { rule: 'OSS-12', as: 'block' },
      { rule: 'OSS-58', as: 'block' },
    ],
    run: (context, input) => run(list, context, input),
  };
}

/** `rollcall show <record id>`. */
export const show = makeShowCommand(directives);

async function run(list: DirectiveList, context: Context, input: Input): Promise<Outcome<Document>> {
  const id = recordId(input.args.id);
  const policy = loadPolicy(context.env);
  const known = await list();
  const { sections, notes, kept, newest } = await readRecords<Shown>(
    context,
    list,
    id,
    'show',
    async (reader, found) => {
      const { system, id: record } = found.view;
      const every = await findings(reader, context, policy, { system, record }, known);
      const told = await toldOf(reader, context, known, every);
      return {
        clocks: await recordClocks(reader, found.view, policy.clocks(), context.now),
        findings: told.map(await muting(reader, context, known, told)),
      };
    },
  );
  const items = sections.map(({ found, value }) => itemOf(found, value));
  const founds = sections.map(({ found }) => found);
  const [only, ...others] = founds;
  return {
    document: {
      title: titleOf(founds, id),
      subtitle: only === undefined || others.length > 0 ? undefined : stateText(only),
      banner: bannersOf(founds),
      asOf: context.now,
      newestImport: newest,
      blocks: sections.flatMap(({ found, value }, at) => [
        ...sectionHead(found, sections.length, at),
        ...blocksOf(found, value, context.now, at),
      ]),
      notes: [
        ...notes,
        ...kept,
        ...asOfNote(context.asOfGiven),
        `How each due date comes about: rollcall why ${id}`,
      ],
    },
    data: { ...items[0], items, total: items.length },
    items,
    newestImport: newest,
  };
}

function itemOf(found: Found, value: Shown): Readonly<Record<string, unknown>> {
  const { id, system, title, state, facts } = found.view;
  return {
    id,
    system,
    title,
    state,
    facts: Object.fromEntries(facts.map((fact) => [fact.key, cellValue(fact.value)])),
    clocks: value.clocks.chains.map((chain) => ({ ...clockItem(chain), ...ruleNow(chain) })),
    findings: value.findings.map(findingItem),
  };
}

function blocksOf(found: Found, value: Shown, now: Instant, at: number): readonly Block[] {
  const bare = found.reach?.bare !== undefined;
  const facts = found.view.facts
    .filter(({ words }) => !(bare && words))
    .map(({ label, value: cell }) => ({ label, value: cell }));
  const blocks: Block[] = [{ kind: 'figures', id: `facts-${at}`, figures: facts }];
  if (value.clocks.chains.length > 0) {
    blocks.push({
      kind: 'table',
      id: `clocks-${at}`,
      title: 'Clocks',
      columns: [
        { key: 'rule', title: 'Rule' },
        { key: 'name', title: 'Clock' },
        { key: 'due', title: 'Due' },
        { key: 'verdict', title: 'Now' },
        { key: 'owner', title: 'Owner', priority: 2 },
        { key: 'extensions', title: 'Ext', align: 'right', priority: 3 },
      ],
      rows: value.clocks.chains.map((chain) => ({
        rule: ruleNow(chain).rule,
        name: chain.policy?.name ?? '',
        due: { kind: 'instant', at: chain.dueAt },
        verdict: {
          kind: 'tone',
          tone: chain.timeliness === 'late' ? 'bad' : 'good',
          text: verdict(chain, now),
        },
        owner: ownerText(chain.owner),
        extensions: chain.extensions,
      })),
    });
  }
  if (value.findings.length > 0) {
    blocks.push({
      kind: 'table',
      id: `findings-${at}`,
      title: 'Findings',
      columns: [
        { key: 'code', title: 'Finding' },
        { key: 'rule', title: 'Rule' },
        { key: 'at', title: 'When' },
        { key: 'text', title: 'What' },
      ],
      rows: value.findings.map((finding) => ({
        code: finding.code,
        rule: finding.rule,
        at: { kind: 'instant', at: finding.at },
        text: textCell(finding),
      })),
    });
  }
  return blocks;
}
