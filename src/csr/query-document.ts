import type { Context } from '../core/command.ts';
import { plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { Document, Table } from '../report/document.ts';
import { type Place, placeName } from './asking.ts';
import type { ListedPolice } from './police-list.ts';

/** What the report sums up, and the SHA-256 under which it was forwarded. */
export interface QueryCounts {
  readonly overdue: number;
  readonly unassigned: number;
  readonly askMore: number;
  readonly forwarded: string | null;
  /** Of no known district, and not in the report of a named one. */
  readonly leftOut: number;
}

/** The Service Request Query Report, a table a beat (CSR-40, CSR-41). */
export function queryDocument(
  context: Context,
  place: Place,
  listed: readonly ListedPolice[],
  newest: Instant | null,
  counts: QueryCounts,
): Document {
  const beats = [...new Set(listed.map(({ beat }) => beat))];
  return {
    title: 'Service Request Query Report',
    subtitle: `${placeName(place)} · ${listed.length} police requests`,
    asOf: context.now,
    newestImport: newest,
    blocks: [
      {
        kind: 'figures',
        id: 'counts',
        figures: [
          { label: 'Listed', value: listed.length },
          { label: 'Without a member', value: counts.unassigned, note: 'CSR-37' },
          { label: 'Overdue', value: counts.overdue, note: 'CSR-38, CSR-47' },
          { label: 'More time asked for', value: counts.askMore, note: 'CSR-48' },
        ],
      },
      ...beats.map((beat) =>
        beatTable(
          beat,
          listed.filter((request) => request.beat === beat),
        ),
      ),
    ],
    notes: [
      ...(counts.leftOut === 0
        ? []
        : [
            `Left out: ${plural(counts.leftOut, 'request')} of no known district. Without --district the office of a district sees those too.`,
          ]),
      'SRSWOs are matched with this report by rollcall csr crossref (CSR-42).',
    ],
    footer: counts.forwarded === null ? [] : [{ label: 'Forwarded', text: `sha256 ${counts.forwarded}` }],
  };
}

function beatTable(beat: string | null, requests: readonly ListedPolice[]): Table {
  return {
    kind: 'table',
    id: `beat-${beat ?? 'unknown'}`,
    title: beat === null ? 'Beat unknown' : `Beat ${beat}`,
    alike: 'beats',
    columns: [
      { key: 'id', title: 'SR number' },
      { key: 'created', title: 'Created', priority: 2 },
      { key: 'category', title: 'Category', priority: 1 },
      { key: 'address', title: 'Address' },
      { key: 'state', title: 'State' },
      { key: 'member', title: 'Member' },
      { key: 'due', title: 'Due' },
    ],
    rows: requests.map((request) => ({
      id: request.id,
      created: { kind: 'instant', at: request.createdAt },
      category: request.category,
      address: request.address,
      state: request.overdue
        ? { kind: 'tone', tone: 'bad', text: `overdue, ${stateText(request)}` }
        : stateText(request),
      member: request.assignedTo,
      due: { kind: 'instant', at: request.dueAt },
    })),
  };
}

function stateText({ state, onOrder, moreTimeAskedAt, moreTimeReason }: ListedPolice): string {
  if (!onOrder) return `${state}, no SRSWO`;
  return moreTimeAskedAt === null ? state : `${state}, more time asked: ${moreTimeReason ?? 'no reason'}`;
}
