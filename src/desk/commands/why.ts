import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { type Instant, isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Policy } from '../../core/policy-files.ts';
import type { Block, Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { clockItem, type RecordClocks, recordClocks } from '../record-clocks.ts';
import { type DirectiveList, type Found, readRecords, recordId } from '../record-find.ts';
import { bannersOf, recordDocument, sectionHead, titleOf } from '../record-text.ts';
import { directives } from '../registry.ts';
import { baseRule, type Chain } from '../why-chains.ts';
import { arithmetic, ownerText, timelinessText, verdict } from '../why-words.ts';

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
      'items[].lapses[]': 'dueAt, until, hours, then: stretches past due that ended otherwise than by the end of the work',
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
  const { sections, notes } = await readRecords<RecordClocks>(context, list, id, 'why', (reader, found) =>
    recordClocks(reader, found.view, policy.clocks(), context.now),
  );
  const founds = sections.map(({ found }) => found);
  const newest = await read(context.storePath, (reader) => newestImport(reader, founds[0]?.view.system ?? null));
  const items = sections.flatMap(({ found, value }) => itemsOf(found, value, policy));
  return {
    document: recordDocument(
      {
        title: `Why: ${titleOf(founds, id)}`,
        banner: bannersOf(founds),
        asOf: context.now,
        newestImport: newest,
        blocks: sections.flatMap(({ found, value }, at) => [
          ...sectionHead(found, sections.length, at),
          ...blocksOf(found, value, policy, context.now, at),
        ]),
      },
      notes,
    ),
    data: { id, items, total: items.length },
    items,
    newestImport: newest,
  };
}

function itemsOf(
  { view }: Found,
  { chains, absent }: RecordClocks,
  policy: Policy,
): readonly Readonly<Record<string, unknown>>[] {
  const ran = chains.map((chain) => ({
    id: view.id,
    system: view.system,
    ...clockItem(chain),
    spans: chain.spans.map((span) => ({
      rule: span.rule,
      period: span.period,
      openedAt: isoInstant(span.openedAt),
      dueAt: isoInstant(span.dueAt),
      stoppedAt: span === chain.spans.at(-1) ? isoOrNull(chain.stoppedAt) : isoInstant(span.stoppedAt),
      endedBy: span === chain.spans.at(-1) ? chain.endedBy : span.endedBy,
      owner: span.owner,
    })),
    lapses: chain.lapses.map((lapse) => ({
      dueAt: isoInstant(lapse.dueAt),
      until: isoInstant(lapse.until),
      hours: Math.round(lapse.seconds / 360) / 10,
      then: lapse.then,
    })),
    arithmetic: arithmetic(chain, chains),
    readings: readingsOf(policy, chain.rule),
  }));
  const never = absent.map(({ policy: clock, timeliness, why: text }) => ({
    id: view.id,
    system: view.system,
    rule: clock.rule,
    cite: clock.cite,
    name: clock.name,
    key: null,
    startedAt: null,
    dueAt: null,
    stoppedAt: null,
    endedBy: null,
    timeliness,
    lateHours: null,
    extensions: 0,
    returns: 0,
    owner: { role: clock.ownerRole, unit: null, member: null },
    spans: [],
    lapses: [],
    arithmetic: [text],
    readings: readingsOf(policy, clock.rule),
  }));
  return [...ran, ...never];
}

function readingsOf(policy: Policy, rule: string): readonly string[] {
  const rules = [rule, ...policy.clocks().flatMap((clock) => (clock.rule === rule ? [clock.extension?.rule] : []))];
  return policy
    .readings()
    .filter((reading) => reading.rules.some((id) => rules.includes(id)))
    .map((reading) => reading.id);
}

function blocksOf(
  found: Found,
  { chains, absent }: RecordClocks,
  policy: Policy,
  now: Instant,
  at: number,
): readonly Block[] {
  const blocks = chains.map((chain, n): Block => ({
    kind: 'prose',
    id: `clock-${at}-${n}`,
    heading: headingOf(chain, policy),
    paragraphs: [
      `${timelinessText(chain.timeliness)}: ${verdict(chain, now)}. Owner: ${ownerText(chain.owner)}.`,
      ...arithmetic(chain, chains),
      ...readingLine(policy, chain.rule),
    ],
  }));
  const never = absent.map(({ policy: clock, why: text }): Block => ({
    kind: 'prose',
    id: `absent-${at}-${clock.rule}`,
    heading: `${clock.name} (${clock.rule}, ${clock.cite})`,
    paragraphs: [text],
  }));
  if (blocks.length + never.length > 0) return [...blocks, ...never];
  const what = found.view.system === 'csr' ? ' A reasonable time is no deadline (A-CSR-1): its age is shown.' : '';
  const paragraphs = [`No directive deadline runs on this record.${what}`];
  return [{ kind: 'prose', id: `none-${at}`, heading: 'Clocks', paragraphs }];
}

function headingOf(chain: Chain, policy: Policy): string {
  const name = chain.policy?.name ?? 'clock';
  const label = chain.rule === 'OSS-31' ? `plan ${chain.key}` : `unit ${chain.key}`;
  const key = chain.key === '' ? '' : `, ${label}`;
  const last = chain.spans.at(-1)?.rule ?? chain.rule;
  const extended = last === chain.rule || baseRule(last, policy.clocks()) !== chain.rule ? '' : `, now ${last}`;
  return `${name}${key} (${chain.rule}, ${chain.policy?.cite ?? 'no clock of the policy'}${extended})`;
}

function readingLine(policy: Policy, rule: string): readonly string[] {
  const ids = readingsOf(policy, rule);
  return ids.length === 0 ? [] : [`Readings: ${ids.join(', ')} (rollcall rules --show ${rule}).`];
}
