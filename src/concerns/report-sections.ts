import { type Instant, isoOrNull } from '../core/instant.ts';
import type { Block, Cell, Table } from '../report/document.ts';
import { UNKNOWN_KEY } from '../report/keys.ts';
import { againstTitle } from '../report/question.ts';
import type { Looks } from './looks.ts';
import type { ConcernFigures } from './report-figures.ts';
import { onTimeCell } from './report-parts.ts';
import type { Open } from './standing.ts';

const LISTED = 25;
const OLDEST = 10;

/** The executive officer's section: what is to be taken up at the end of the period, by rule, and the concerns by number. */
export function executiveBlocks(figures: ConcernFigures, looks: readonly Looks[]): readonly Block[] {
  const { matters, totals } = figures;
  const listed = matters.flatMap(({ rule, concerns }) => concerns.map((each) => ({ rule, ...each })));
  const given = looks.filter(({ rule }) => rule === 'CC-29');
  const owed = given.reduce((sum, each) => sum + each.owed, 0);
  const looked = given.reduce((sum, each) => sum + each.given, 0);
  const counts: Table = {
    kind: 'table',
    id: 'executive',
    title: "Executive officer's section",
    columns: [
      { key: 'what', title: 'To take up at the end' },
      { key: 'rule', title: 'Rule' },
      { key: 'count', title: 'Concerns', align: 'right' },
    ],
    rows: [
      ...matters.map(({ what, rule, concerns }) => ({
        what: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
        rule,
        count: concerns.length,
      })),
      { what: 'Returned in the period', rule: 'CC-31', count: totals.returned },
      {
        what: 'Looks of the tours that were given',
        rule: 'CC-29',
        count: onTimeCell({ onTime: looked, total: owed }),
      },
    ],
    caption: "While the executive officer is absent, these are the district commander's (CC-36).",
  };
  const list: Table = {
    kind: 'table',
    id: 'executive-list',
    title: 'Concerns to take up',
    columns: [
      { key: 'rule', title: 'Rule' },
      { key: 'id', title: 'Concern' },
      { key: 'district', title: 'District', priority: 2 },
      { key: 'units', title: 'With unit' },
      { key: 'since', title: 'Since' },
      { key: 'moves', title: 'Moves', align: 'right', priority: 3 },
      { key: 'extensions', title: 'Extensions', align: 'right', priority: 3 },
      { key: 'age', title: 'Age', unit: 'days', align: 'right', priority: 1 },
    ],
    rows: listed.slice(0, LISTED).map(({ rule, since, ...each }) => ({ rule, ...openCells(each, since) })),
    empty: 'None is to be taken up.',
    ...(listed.length > LISTED ? { caption: more(listed.length - LISTED) } : {}),
  };
  return [counts, list];
}

/** The commander's section: what to answer for, and the concerns that are open longest. */
export function commanderBlocks({ totals, againstTotals, question, open }: ConcernFigures): readonly Block[] {
  const row = (what: string, now: Cell, before: Cell) => ({ what, now, before });
  return [
    {
      kind: 'table',
      id: 'commander',
      title: "Commander's section",
      columns: [
        { key: 'what', title: 'To answer for' },
        { key: 'now', title: question.period.label, align: 'right' },
        { key: 'before', title: againstTitle(question), align: 'right' },
      ],
      rows: [
        row('Open at end', totals.openAtEnd, againstTotals.openAtEnd),
        row('Overdue at end', totals.overdueAtEnd, againstTotals.overdueAtEnd),
        row('Lapses in the period', totals.lapses, againstTotals.lapses),
        row(
          'Investigations due and in time',
          onTimeCell(totals.investigated.dueInPeriod),
          onTimeCell(againstTotals.investigated.dueInPeriod),
        ),
        row('Extensions granted late', totals.extensions.late, againstTotals.extensions.late),
        row('Returned for more action', totals.returned, againstTotals.returned),
        row('Webportal concerns nobody opened', totals.unopened, againstTotals.unopened),
      ],
    },
    {
      kind: 'table',
      id: 'oldest',
      title: 'Open longest',
      columns: [
        { key: 'id', title: 'Concern' },
        { key: 'category', title: 'Category', priority: 1 },
        { key: 'district', title: 'District', priority: 2 },
        { key: 'beat', title: 'Beat', priority: 1 },
        { key: 'units', title: 'With unit' },
        { key: 'assigned', title: 'First assigned' },
        { key: 'moves', title: 'Moves', align: 'right', priority: 3 },
        { key: 'extensions', title: 'Extensions', align: 'right', priority: 3 },
        { key: 'age', title: 'Age', unit: 'days', align: 'right' },
      ],
      rows: open.slice(0, OLDEST).map((each) => ({
        ...openCells(each, null),
        category: each.standing.history.category,
        beat: each.standing.history.beat,
        assigned: { kind: 'instant', at: each.standing.firstAssignedAt },
      })),
      empty: 'None is open.',
      caption: 'Days since the first assignment tell what moves between units hide (A-CC-5).',
    },
  ];
}

function openCells({ standing, ageDays }: Open, since: Instant | null): Readonly<Record<string, Cell>> {
  const { history, units, unassigned, movedAt, extensions } = standing;
  return {
    id: history.id,
    district: history.district ?? UNKNOWN_KEY,
    units: unassigned ? { kind: 'tone', tone: 'bad', text: 'nobody' } : units.join(', ') || null,
    since: { kind: 'instant', at: since },
    moves: movedAt.length,
    extensions,
    age: ageDays,
  };
}

function more(count: number): string {
  return `${count} more are in the JSON form.`;
}

/** Both sections for JSON. */
export function sectionData({ matters, open }: ConcernFigures): Readonly<Record<string, unknown>> {
  return {
    executive: matters.map(({ key, rule, what, concerns }) => ({
      key,
      rule,
      what,
      count: concerns.length,
      items: concerns.map(({ since, ...each }) => ({ ...openItem(each), since: isoOrNull(since) })),
    })),
    commander: { oldest: open.slice(0, OLDEST).map(openItem) },
  };
}

function openItem({ standing, ageDays }: Open): Readonly<Record<string, unknown>> {
  const { history, units, unassigned, movedAt, extensions, firstAssignedAt } = standing;
  const { id, category, district, beat } = history;
  return {
    ...{
      id,
      category,
      district,
      beat,
      units,
      unassigned,
      reassignments: movedAt.length,
      extensions,
      ageDays,
    },
    firstAssignedAt: isoOrNull(firstAssignedAt),
  };
}

/** Looks that tours on the roster owed, by district and rule. */
export function looksTable(looks: readonly Looks[]): Table {
  return {
    kind: 'table',
    id: 'looks',
    title: 'Looks of the tours on the roster',
    columns: [
      { key: 'district', title: 'District' },
      { key: 'rule', title: 'Rule' },
      { key: 'owed', title: 'Owed', align: 'right' },
      { key: 'missed', title: 'Not given', align: 'right' },
      { key: 'share', title: 'Given', align: 'right' },
    ],
    rows: looks.map(({ district, rule, owed, given }) => ({
      district,
      rule,
      owed,
      missed: owed - given,
      share: onTimeCell({ onTime: given, total: owed }),
    })),
    empty: 'No tour with a role is on the roster for this period: cannot tell.',
  };
}
