import type { ClockPolicy, DutyPolicy, Length, Reading } from '../core/policy.ts';
import type { Policy } from '../core/policy-files.ts';
import type { Block, Cell, Table } from '../report/document.ts';
import { type CarriedAs, type CoverageCounts, type CoverageRow, coverageTotal } from './coverage.ts';

/** One rule as `rollcall rules` gives it. */
export interface RuleItem {
  readonly id: string;
  readonly cite: string;
  readonly text: string;
  readonly type: readonly string[];
  readonly carry: string;
  readonly carriedAs: CarriedAs | null;
  readonly status: string;
  readonly system: string;
}

/** What else the policy says of a rule. */
export interface RuleDetails {
  readonly readings: readonly Reading[];
  readonly clocks: readonly ClockPolicy[];
  readonly duties: readonly DutyPolicy[];
}

/** Readings, clocks and duties of a rule; a clock also stands under the rule of its extension. */
export function detailsOf(policy: Policy, rule: string): RuleDetails {
  return {
    readings: policy.readings().filter((reading) => reading.rules.includes(rule)),
    clocks: policy.clocks().filter((clock) => clock.rule === rule || clock.extension?.rule === rule),
    duties: policy.duties().filter((duty) => duty.rule === rule),
  };
}

/** The list of rules. */
export function rulesTable(items: readonly RuleItem[]): Table {
  return {
    kind: 'table',
    id: 'rules',
    columns: [
      { key: 'id', title: 'Rule' },
      { key: 'cite', title: 'Cite', priority: 1 },
      { key: 'text', title: 'Paraphrase' },
      { key: 'type', title: 'Type', priority: 3 },
      { key: 'carry', title: 'Meant', priority: 2 },
      { key: 'carriedAs', title: 'Built' },
      { key: 'status', title: 'Status', priority: 4 },
    ],
    rows: items.map((item) => ({
      id: item.id,
      cite: item.cite,
      text: item.text,
      type: item.type.join(', '),
      carry: item.carry,
      carriedAs: builtCell(item.carriedAs),
      status: item.status,
    })),
    empty: 'No rule is of that kind.',
  };
}

/** One rule in full: its own lines, then its clocks and duties, then our readings. */
export function ruleBlocks(item: RuleItem, details: RuleDetails): readonly Block[] {
  const figures = [
    { label: 'Cite', value: item.cite },
    { label: 'Type', value: item.type.join(', ') },
    { label: 'Meant to be', value: item.carry },
    { label: 'Built as', value: builtCell(item.carriedAs) },
    { label: 'Status', value: item.status },
  ];
  const lists: readonly [string, string, readonly string[]][] = [
    ['clocks', 'Clock', details.clocks.map(clockText)],
    ['duties', 'Recurring duty', details.duties.map((duty) => dutyText(duty))],
    ['readings', 'How we read it', details.readings.map(({ id, text }) => `${id}: ${text}`)],
  ];
  return [
    { kind: 'prose', id: 'paraphrase', paragraphs: [item.text] },
    { kind: 'figures', id: 'rule', figures },
    ...lists
      .filter(([, , paragraphs]) => paragraphs.length > 0)
      .map(([id, heading, paragraphs]): Block => ({ kind: 'prose', id, heading, paragraphs })),
  ];
}

const COUNTS: readonly [keyof CoverageCounts, string][] = [
  ['enforced', 'Enforced'],
  ['blocked', 'Blocked'],
  ['evidenced', 'Evidenced'],
  ['reported', 'Reported'],
  ['listed', 'Only listed'],
];

/** What is built beside what is meant: `12 of 30` is 12 built so, and 30 that the policy means to be so. */
export function coverageTable(rows: readonly CoverageRow[]): Table {
  const cells = (row: CoverageCounts & { readonly meant: CoverageCounts }): Record<string, Cell> => ({
    rules: row.rules,
    ...Object.fromEntries(COUNTS.map(([key]) => [key, `${row[key]} of ${row.meant[key]}`])),
  });
  return {
    kind: 'table',
    id: 'coverage',
    columns: [
      { key: 'directive', title: 'Directive' },
      { key: 'system', title: 'System' },
      { key: 'rules', title: 'Rules', align: 'right' },
      ...COUNTS.map(([key, title]) => ({ key, title, align: 'right' as const })),
    ],
    rows: rows.map((row) => ({ directive: row.directive, system: row.system, ...cells(row) })),
    totals: { directive: 'All', system: '', ...cells(coverageTotal(rows)) },
    caption:
      'Built of meant. A rule counts once, by the strongest form in which it is built; that may differ from the form ' +
      'meant, so a first number can exceed its second.',
  };
}

/** Coverage rows without nesting, for csv and ndjson: `enforced` beside `meantEnforced`. */
export function flatCoverage(rows: readonly CoverageRow[]): readonly Readonly<Record<string, unknown>>[] {
  return rows.map(({ meant, ...row }) => ({
    ...row,
    ...Object.fromEntries(
      COUNTS.map(([key]) => [`meant${key[0]?.toUpperCase()}${key.slice(1)}`, meant[key]]),
    ),
  }));
}

function builtCell(carriedAs: CarriedAs | null): Cell {
  return carriedAs ?? { kind: 'tone', tone: 'muted', text: 'listed' };
}

function clockText(clock: ClockPolicy): string {
  const length = lengthText(clock.length);
  const span = `from "${clock.starts}" to "${clock.stops}"`;
  const extension = clock.extension;
  const added =
    extension === null
      ? 'No extension.'
      : `An extension adds ${lengthText(extension)} to the ${extension.base === 'due' ? 'due day' : 'day of approval'} (${extension.rule}, ${extension.cite}).`;
  const note = clock.note === undefined ? '' : ` Note: ${clock.note}.`;
  const floor = clock.kind === 'floor' ? 'at least ' : '';
  return `${clock.name} (${clock.rule}): ${floor}${length} ${span}; owner ${clock.ownerRole}. ${added}${note}`;
}

function dutyText(duty: DutyPolicy): string {
  return `${duty.name}: every ${duty.every}, by ${duty.ownerRole}; no due instant; its proof is ${duty.record}.`;
}

function lengthText(length: Length): string {
  return 'hours' in length ? `${length.hours} h` : `${length.days} days`;
}
