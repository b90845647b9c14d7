import { plural } from '../core/duration.ts';
import { shareCell } from '../report/cell.ts';
import type { Block, Cell, Table } from '../report/document.ts';
import type { Audited, AuditedExtension, DistrictAudit } from './audit.ts';
import type { OnTime } from './report-police.ts';

/** Districts side by side, what was not answered, who approved which extension, and how often each office looked. */
export function auditBlocks(audited: Audited): readonly Block[] {
  return [
    districtTable(audited),
    onTimeChart(audited),
    failureTable(audited),
    extensionTable(audited),
    looksTable(audited),
  ];
}

/** What the figures leave out, as far as there is any. */
export function auditNotes({ duplicates, informationOnly }: Audited): readonly string[] {
  const held = (count: number, as: string): readonly string[] =>
    count === 0
      ? []
      : [`${plural(count, 'police request')} on a work order that 311 holds as ${as}: in no figure here.`];
  return [...held(duplicates, 'a duplicate'), ...held(informationOnly, 'information only')];
}

function districtTable({ districts, all }: Audited): Table {
  const share = ({ onTime, total }: OnTime): Cell => shareCell(onTime, total);
  const cells = (row: DistrictAudit): Readonly<Record<string, Cell>> => ({
    received: row.received,
    closed: share(row.closedInPeriod),
    due: share(row.dueInPeriod),
    neverOpened: row.neverOpened,
    neverAssigned: row.neverAssigned,
    overdue: row.overdue,
    lapses: row.lapses,
    open: row.open,
    returned: row.returned,
    extensions: row.extensions,
    reviewDays: row.reviewDays,
  });
  return {
    kind: 'table',
    id: 'districts',
    title: 'Districts',
    columns: [
      { key: 'district', title: 'District' },
      { key: 'received', title: 'Received', align: 'right' },
      { key: 'closed', title: 'Closed on time', align: 'right' },
      { key: 'due', title: 'Due and on time', align: 'right' },
      { key: 'open', title: 'Open at end', align: 'right' },
      { key: 'neverOpened', title: 'Not opened', align: 'right' },
      { key: 'neverAssigned', title: 'No member', align: 'right' },
      { key: 'overdue', title: 'Overdue', align: 'right' },
      { key: 'lapses', title: 'Lapses', align: 'right', priority: 1 },
      { key: 'returned', title: 'Returned', align: 'right', priority: 2 },
      { key: 'extensions', title: 'Extended', align: 'right', priority: 2 },
      { key: 'reviewDays', title: 'Review', unit: 'days', align: 'right', priority: 3 },
    ],
    rows: districts.map((row) => ({ district: row.district ?? 'Unknown', ...cells(row) })),
    totals: { district: 'All', ...cells(all) },
    empty: 'The store holds no police request.',
  };
}

function onTimeChart({ districts: all }: Audited): Block {
  const withOpen = all.filter(({ open }) => open > 0);
  const districts = withOpen.length === 0 ? all : withOpen;
  return {
    kind: 'chart',
    id: 'answer',
    title: 'Open at the end, by how far each got',
    form: 'stacked-bar',
    categories: districts.map(({ district }) => district ?? 'Unknown'),
    series: [
      {
        name: 'With a member, in time',
        values: districts.map((row) => Math.max(0, row.open - row.neverAssigned - row.overdue)),
      },
      { name: 'Overdue', values: districts.map(({ overdue }) => overdue) },
      { name: 'No member yet', values: districts.map(({ neverAssigned }) => neverAssigned) },
    ],
    unit: 'police requests',
    alt: `Overdue: ${sum(districts.map(({ overdue }) => overdue))}. Without a member: ${sum(districts.map(({ neverAssigned }) => neverAssigned))}.`,
  };
}

function failureTable({ failures }: Audited): Table {
  return {
    kind: 'table',
    id: 'failures',
    title: 'Failure to respond',
    columns: [
      { key: 'id', title: 'SR number' },
      { key: 'district', title: 'District' },
      { key: 'kind', title: 'What' },
      { key: 'rule', title: 'Rule', priority: 2 },
      { key: 'age', title: 'Age', unit: 'days', align: 'right', priority: 1 },
      { key: 'due', title: 'Due' },
      { key: 'madeUp', title: 'Made up for' },
    ],
    rows: failures.map(({ id, district, kind, rule, ageDays, dueAt, madeUpAt }) => ({
      id,
      district,
      kind,
      rule,
      age: ageDays,
      due: { kind: 'instant', at: dueAt },
      madeUp: { kind: 'instant', at: madeUpAt },
    })),
    caption:
      failures.length === 0
        ? undefined
        : 'As it stood at the end of the period. Made up for: when what was missing was done. More time that was given after the due day mends no lapse (A-CSR-4).',
    empty: 'Every request was opened, assigned and answered in time.',
  };
}

function extensionTable({ extensions }: Audited): Table {
  return {
    kind: 'table',
    id: 'extensions',
    title: 'Extensions and who approved them',
    columns: [
      { key: 'id', title: 'SR number' },
      { key: 'district', title: 'District' },
      { key: 'at', title: 'Approved' },
      { key: 'by', title: 'By' },
      { key: 'roles', title: 'As', priority: 1 },
      { key: 'counted', title: 'Counted' },
      { key: 'reason', title: 'Reason', priority: 2 },
    ],
    rows: extensions.map((row) => ({
      id: row.id,
      district: row.district,
      at: { kind: 'instant', at: row.at },
      by: row.by,
      roles: row.roles === null ? null : row.roles.join(', ') || 'neither sergeant nor commander',
      counted: countedText(row),
      reason: row.reason,
    })),
    empty: 'None was approved.',
  };
}

function countedText({ counted, further, afterDue }: AuditedExtension): string {
  const yes = further ? 'yes, a further one' : 'yes';
  return `${counted ? yes : 'no: rollcall check says why'}${afterDue ? '; after the due day' : ''}`;
}

function looksTable({ looks }: Audited): Table {
  return {
    kind: 'table',
    id: 'looks',
    title: 'Looks for new requests (CSR-36)',
    columns: [
      { key: 'district', title: 'District' },
      { key: 'looks', title: 'Looks', align: 'right' },
      { key: 'days', title: 'Days without one', align: 'right' },
      { key: 'gap', title: 'Longest gap', unit: 'days', align: 'right' },
      { key: 'tours', title: 'Tours on the roster', align: 'right' },
      { key: 'without', title: 'Tours without a look', align: 'right' },
    ],
    rows: looks.map((row) => ({
      district: row.district ?? 'Unknown',
      looks: row.looks,
      days: `${row.daysWithout} of ${row.days}`,
      gap: row.longestGap,
      tours: row.tours,
      without: row.toursWithout,
    })),
    caption:
      "Any look of the office in a tour is that tour's look. Without a roster no tour can be told to lack one: gaps are " +
      'told for comparison and are no violation (A-CSR-7).',
    empty: 'No look and no tour of an office is on record: cannot tell.',
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
