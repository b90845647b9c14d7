import { peopleAge } from '../core/duration.ts';
import type { Cell, Table } from '../report/document.ts';
import type { ExtensionRow } from './extensions.ts';
import type { Failure } from './failures.ts';
import { enteredLater, type LateEntries } from './late-entries.ts';

/** Each concern that got no response, or a late one (CC-37). */
export function failureTable(failures: readonly Failure[]): Table {
  return {
    kind: 'table',
    id: 'failures',
    title: 'Failure to respond',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'district', title: 'District', priority: 1 },
      { key: 'unit', title: 'Unit' },
      { key: 'kind', title: 'What' },
      { key: 'rule', title: 'Rule', priority: 2 },
      { key: 'days', title: 'Days', align: 'right' },
      { key: 'due', title: 'Due' },
      { key: 'madeUp', title: 'Made up for' },
    ],
    rows: failures.map(
      ({ id, district, unit, kind, rule, days, dueAt, madeUpAt }): Readonly<Record<string, Cell>> => ({
        ...{ id, district, unit, kind, rule, days },
        due: { kind: 'instant', at: dueAt },
        madeUp: { kind: 'instant', at: madeUpAt },
      }),
    ),
    caption:
      failures.length === 0
        ? undefined
        : 'As it stood at the end of the period. Days: past due, until it ended or the period did; of what nobody opened ' +
          'or has, since it came or was given up. Made up for: when it was done or extended. What came on the last day ' +
          'is no failure yet.',
    empty: 'Every concern was opened, given to a unit and answered in time.',
  };
}

/** Each extension on record, who granted it and what the rules say to it. */
export function extensionTable(extensions: readonly ExtensionRow[], late: LateEntries): Table {
  return {
    kind: 'table',
    id: 'extensions',
    title: 'Extensions, and who granted them',
    columns: [
      { key: 'id', title: 'Concern' },
      { key: 'district', title: 'District', priority: 2 },
      { key: 'unit', title: 'Unit' },
      { key: 'at', title: 'Granted' },
      { key: 'by', title: 'By' },
      { key: 'verdict', title: 'Rules' },
      { key: 'justification', title: 'Justification', priority: 1 },
    ],
    rows: extensions.map(
      (row): Readonly<Record<string, Cell>> => ({
        id: row.id,
        district: row.district,
        unit: row.unit,
        at: { kind: 'instant', at: row.at },
        by: row.by,
        verdict: verdict(row, enteredLater(late, row)),
        justification: row.justification,
      }),
    ),
    empty: 'None was granted.',
  };
}

function verdict({ counted, lateBy }: ExtensionRow, later: string): Cell {
  if (!counted) return { kind: 'tone', tone: 'bad', text: `refused by rule, moved nothing${later}` };
  if (lateBy > 0) return { kind: 'tone', tone: 'warn', text: `late by ${peopleAge(lateBy)}${later}` };
  return { kind: 'tone', tone: later === '' ? 'good' : 'warn', text: `in time${later}` };
}
