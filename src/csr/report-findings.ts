import { plural } from '../core/duration.ts';
import { shareCell } from '../report/cell.ts';
import type { Cell, Table } from '../report/document.ts';
import type { CsrFigures } from './report-figures.ts';
import { type OnTime, onTimeOf, type PoliceCounts } from './report-police.ts';

/** Police requests on their clocks. */
export function policeTable({ police }: CsrFigures): Table {
  const { closedInPeriod, dueInPeriod } = onTimeOf(police);
  const share = (measure: string, { onTime, total }: OnTime): Readonly<Record<string, Cell>> => ({
    measure,
    onTime,
    total,
    share: shareCell(onTime, total),
  });
  return {
    kind: 'table',
    id: 'police',
    title: 'Police requests on time',
    columns: [
      { key: 'measure', title: 'Police requests' },
      { key: 'onTime', title: 'On time', align: 'right' },
      { key: 'total', title: 'Of', align: 'right' },
      { key: 'share', title: 'Share', align: 'right' },
    ],
    rows: [
      ...(closedInPeriod === null ? [] : [share('Closed in the period, on time', closedInPeriod)]),
      ...(dueInPeriod === null ? [] : [share('Due in the period, on time', dueInPeriod)]),
    ],
    empty: 'No police request here has been on the clock of a work order.',
    ...(closedInPeriod === null
      ? {}
      : {
          caption: `At the end ${plural(police.clocksRunning, 'clock')} ran, ${police.overdue} of them overdue. The second line counts what is still unfinished as well.`,
        }),
  };
}

/** More time, due days missed and answers sent back: how often in the period, and the share of what was closed. */
export function policeHistoryTable({ police }: CsrFigures): Table {
  const row = (measure: string, count: number, base?: number): Readonly<Record<string, Cell>> => ({
    measure,
    count,
    share: base === undefined ? '' : shareCell(count, base),
  });
  return {
    kind: 'table',
    id: 'police-history',
    title: 'Extensions, lapses and returns of police requests',
    columns: [
      { key: 'measure', title: 'Police requests' },
      { key: 'count', title: 'Number', align: 'right' },
      { key: 'share', title: 'Share of those closed', align: 'right' },
    ],
    rows:
      police.clocked === 0
        ? []
        : [
            row('Extensions in the period', police.extensions),
            row('Further ones among them, by the district commander (CSR-47)', police.furtherExtensions),
            row('Not counted, because a rule is against them', police.extensionsNotCounted),
            row('Closed after an extension', police.closedAfterExtension, police.closedWithClock),
            row('Lapses in the period', police.lapses),
            row('Returned in the period (CSR-44)', police.returns),
            row('Closed after a return', police.closedAfterReturn, police.closed),
          ],
    empty: 'No police request here has been on the clock of a work order.',
    caption:
      'A lapse is a due day that passed without a submission; one that was extended later stays a lapse (A-CSR-4).',
  };
}

const STATES: readonly (readonly [keyof PoliceCounts, string])[] = [
  ['neverOpened', 'Never opened (CSR-36)'],
  ['withoutMember', 'Without a member (CSR-37)'],
  ['returnedToMember', 'Returned, with the member again (CSR-49)'],
  ['extensionAsked', 'More time asked for, not decided (CSR-45)'],
  ['awaitingReview', 'Submitted, waiting for the review (CSR-44)'],
  ['overdue', 'Past the due day (CSR-38, CSR-47)'],
];

/** What the executive officer sees to: that every police request of the district is worked on (CSR-35). */
export function executiveTable({ police }: CsrFigures): Table {
  return {
    kind: 'table',
    id: 'executive-officer',
    title: 'For the executive officer',
    columns: [
      { key: 'state', title: 'Police requests open at the end' },
      { key: 'count', title: 'Number', align: 'right' },
      { key: 'key', title: 'Records: --rows', priority: 1 },
    ],
    rows: STATES.map(([measure, state]) => ({ state, count: police[measure], key: `police:${measure}` })),
    totals: { state: 'All open (CSR-35)', count: police.openAtEnd, key: 'police:openAtEnd' },
    caption: 'A request can stand on several lines. A deadline runs from the assignment to the member.',
  };
}

/** What the district commander reads and decides (CSR-29). */
export function commanderTable({ police, tallied, trends }: CsrFigures): Table {
  const oldest = tallied.ageing.at(-1);
  const row = (matter: string, count: number, key: string): Readonly<Record<string, Cell>> => ({
    matter,
    count,
    key,
  });
  return {
    kind: 'table',
    id: 'commander',
    title: 'For the district commander',
    columns: [
      { key: 'matter', title: 'To be read and decided' },
      { key: 'count', title: 'Number', align: 'right' },
      { key: 'key', title: 'Records: --rows', priority: 1 },
    ],
    rows: [
      row('Trends (CSR-23)', trends.found.length, 'trends:<type>'),
      row('Chronic places (CSR-23)', tallied.chronic.length, 'chronic:<address>'),
      row(
        `Open in the oldest age group, not seasonal (CSR-25, CSR-28)`,
        (oldest?.count ?? 0) - (oldest?.seasonal ?? 0),
        `ageing:${oldest?.bucket ?? ''}:others`,
      ),
      row('Lapses of police requests (CSR-38, CSR-47)', police.lapses, 'police:lapses'),
      row('Further extensions that wait for you (CSR-47)', police.furtherAsked, 'police:furtherAsked'),
      row('Further extensions approved (CSR-47)', police.furtherExtensions, 'police:furtherExtensions'),
    ],
  };
}

/** Police requests of all districts side by side (CSR-50, CSR-51). */
export function policeDistrictsTable({ policeByDistrict, police }: CsrFigures): Table {
  const cells = (counts: PoliceCounts): Readonly<Record<string, Cell>> => ({
    received: counts.received,
    closed: counts.closed,
    onTime: shareCell(counts.closedOnTime, counts.closedWithClock),
    openAtEnd: counts.openAtEnd,
    withoutMember: counts.withoutMember,
    overdue: counts.overdue,
    lapses: counts.lapses,
    extensions: counts.extensions,
    returns: counts.returns,
  });
  return {
    kind: 'table',
    id: 'police-by-district',
    title: 'Police requests by district',
    columns: [
      { key: 'district', title: 'District' },
      { key: 'received', title: 'Received', align: 'right' },
      { key: 'closed', title: 'Closed', align: 'right' },
      { key: 'onTime', title: 'On time', align: 'right' },
      { key: 'openAtEnd', title: 'Open at end', align: 'right' },
      { key: 'overdue', title: 'Overdue', align: 'right' },
      { key: 'withoutMember', title: 'No member', align: 'right', priority: 1 },
      { key: 'lapses', title: 'Lapses', align: 'right', priority: 2 },
      { key: 'extensions', title: 'Extended', align: 'right', priority: 2 },
      { key: 'returns', title: 'Returned', align: 'right', priority: 2 },
    ],
    rows: policeByDistrict.map(({ district, counts }) => ({
      district: district ?? 'Unknown',
      ...cells(counts),
    })),
    totals: { district: 'All', ...cells(police) },
    empty: 'The store holds no police request.',
  };
}

/** Requests of one place that a report lists; the JSON form and --rows have all. */
const REQUESTS_SHOWN = 10;

/** The requests at chronic places, the latest of each. */
export function chronicRequestsTable({ chronicRequests }: CsrFigures): Table {
  const more = chronicRequests.some(({ requests }) => requests.length > REQUESTS_SHOWN);
  return {
    kind: 'table',
    id: 'chronic-requests',
    title: 'Requests at chronic places',
    columns: [
      { key: 'location', title: 'Address' },
      { key: 'srNumber', title: 'SR number' },
      { key: 'type', title: 'Type' },
      { key: 'status', title: 'Status', priority: 1 },
      { key: 'created', title: 'Created', priority: 2 },
      { key: 'closed', title: 'Closed', priority: 3 },
    ],
    rows: chronicRequests.flatMap(({ location, requests }) =>
      requests.slice(-REQUESTS_SHOWN).map((request) => ({
        location,
        srNumber: request.srNumber,
        type: request.category === null ? request.type : `${request.type}, ${request.category}`,
        status: request.status,
        created: { kind: 'instant', at: request.createdAt },
        closed: { kind: 'instant', at: request.closedAt },
      })),
    ),
    empty: 'No chronic place, so no request at one.',
    ...(more
      ? { caption: `The latest ${REQUESTS_SHOWN} of each place. All of one: --rows "chronic:<address>".` }
      : {}),
  };
}
