import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { type Instant, isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Cell, Document, Table } from '../../report/document.ts';
import { questionOf } from '../../report/question.ts';
import { read } from '../../store/store.ts';
import { type Audited, auditPolice, type DistrictAudit } from '../audit.ts';
import type { OnTime } from '../report-police.ts';

/** `rollcall csr audit`: all districts side by side, for the Deputy Chief of Community Policing. */
export const csrAudit: Command<Document> = {
  name: 'csr audit',
  summary: 'timeliness and failure to respond, all districts side by side',
  details:
    'Police requests of every district over a quarter or a month: on time of those closed and of those due, what nobody ' +
    'opened, took or answered, and who approved which extension in which role (CSR-50). Review time, from submission to ' +
    'closing, has no limit and is told for comparison. Without a period: the last whole quarter.',
  options: [
    { flags: '--quarterly [quarter]', summary: 'a quarter, 2020-Q4; without one the last whole quarter' },
    { flags: '--monthly [month]', summary: 'a month, 2020-11; without one the last whole month' },
  ],
  examples: [{ line: 'rollcall csr audit --quarterly 2020-Q4 -o audit.pdf', says: 'the quarter, to print' }],
  fields: {
    period: 'label, from, to',
    'items[].district': 'three digits, or null where it is unknown',
    'items[].received': 'taken by 311 in the period',
    'items[].closedInPeriod': 'onTime and total of those closed in the period that had a clock',
    'items[].dueInPeriod': 'onTime and total of those due in the period',
    'items[].neverOpened': 'open at the end that nobody opened',
    'items[].neverAssigned': 'open at the end without a member',
    'items[].overdue': 'open at the end past the due day',
    'items[].returned': 'returned in the period',
    'items[].extensions': 'extensions on record in the period',
    'items[].extensionsNotCounted': 'of these, not counted because a rule is against them',
    'items[].reviewDays': 'median days from submission to closing',
    total: 'number of districts',
    all: 'the same for all districts together',
    'extensions[]': 'id, district, at, by, roles, counted, further, reason',
    'failures[]': 'id, district, kind, rule, ageDays, dueAt',
  },
  carries: [
    { rule: 'CSR-35', as: 'report' },
    { rule: 'CSR-47', as: 'check' },
    { rule: 'CSR-50', as: 'report' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { period } = questionOf(context.now, input, 'quarter');
  const end = Math.min(period.end, context.now) as Instant;
  const { audited, newest } = await read(context.storePath, async (reader) => ({
    audited: await auditPolice(reader, period.start, end),
    newest: await newestImport(reader, 'csr'),
  }));
  const items = audited.districts.map((row) => ({ ...row }));
  return {
    document: {
      title: 'Audit of police service requests',
      subtitle: `All districts · ${period.label}`,
      ...(period.end > context.now ? { banner: ['The period is not over: figures are so far.'] } : {}),
      asOf: context.now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport: newest,
      blocks: [districtTable(audited), onTimeChart(audited), failureTable(audited), extensionTable(audited)],
      notes: [
        'On time is told of the last due day: 7 days from the assignment to the member (CSR-38), extended 15 days from the approval (CSR-47). The submission meets it, unless it was returned.',
        'A share of fewer than 10 requests is not printed.',
      ],
    },
    data: {
      period: { label: period.label, from: period.from, to: period.to },
      items,
      total: items.length,
      all: audited.all,
      extensions: audited.extensions.map((row) => ({ ...row, at: isoInstant(row.at) })),
      failures: audited.failures.map((row) => ({ ...row, dueAt: isoOrNull(row.dueAt) })),
    },
    items,
    newestImport: newest,
  };
}

function districtTable({ districts, all }: Audited): Table {
  const share = ({ onTime, total }: OnTime): Cell => ({
    kind: 'percent',
    share: total === 0 ? null : onTime / total,
    base: total,
  });
  const cells = (row: DistrictAudit): Readonly<Record<string, Cell>> => ({
    received: row.received,
    closed: share(row.closedInPeriod),
    due: share(row.dueInPeriod),
    neverOpened: row.neverOpened,
    neverAssigned: row.neverAssigned,
    overdue: row.overdue,
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
      { key: 'neverOpened', title: 'Never opened', align: 'right' },
      { key: 'neverAssigned', title: 'No member', align: 'right' },
      { key: 'overdue', title: 'Overdue', align: 'right' },
      { key: 'returned', title: 'Returned', align: 'right', priority: 2 },
      { key: 'extensions', title: 'Extended', align: 'right', priority: 2 },
      { key: 'reviewDays', title: 'Review', unit: 'days', align: 'right', priority: 3 },
    ],
    rows: districts.map((row) => ({ district: row.district ?? 'Unknown', ...cells(row) })),
    totals: { district: 'All', ...cells(all) },
    empty: 'The store holds no police request.',
  };
}

function onTimeChart({ districts }: Audited): Document['blocks'][number] {
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
      { key: 'rule', title: 'Rule' },
      { key: 'age', title: 'Age', unit: 'days', align: 'right' },
      { key: 'due', title: 'Due' },
    ],
    rows: failures.map(({ id, district, kind, rule, ageDays, dueAt }) => ({
      id,
      district,
      kind,
      rule,
      age: ageDays,
      due: { kind: 'instant', at: dueAt },
    })),
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
      { key: 'roles', title: 'As' },
      { key: 'counted', title: 'Counted' },
      { key: 'reason', title: 'Reason', priority: 2 },
    ],
    rows: extensions.map((row) => ({
      id: row.id,
      district: row.district,
      at: { kind: 'instant', at: row.at },
      by: row.by,
      roles: row.roles === null ? null : row.roles.join(', ') || 'neither sergeant nor commander',
      counted: row.counted ? (row.further ? 'yes, a further one' : 'yes') : 'no: rollcall check says why',
      reason: row.reason,
    })),
    empty: 'None was approved.',
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
