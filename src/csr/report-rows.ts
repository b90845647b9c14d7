import type { CsrPolicy } from '../core/policy-topics.ts';
import type { AskedFigure } from '../report/figure-keys.ts';
import type { ReportQuestion } from '../report/question.ts';
import type { Span } from '../report/spans.ts';
import type { Reader } from '../store/store.ts';
import type { PoliceRow } from './police-rows.ts';
import { type Count, countAll, openCount, withoutDistrict } from './report-count.ts';
import { csrFigures } from './report-figures.ts';
import { askedFigure } from './report-keys.ts';
import { isPoliceMeasure, type PoliceCounts, policeCounts, policeTreatment } from './report-police.ts';
import { byAge, type ListedRequest, mirroredRequests, policeRequests } from './report-records.ts';
import type { Tally } from './report-tally.ts';

type Counts = Readonly<Record<string, number>>;

/** A record behind a figure, and how often it counts in it (a request can be reopened twice in a period). */
export interface FigureRow extends ListedRequest {
  /** By measure: `opened`, `closed`, `openAtEnd` … */
  readonly counts: Counts;
}

export interface FigureRows {
  readonly section: string;
  readonly key: string;
  /** Each figure is the sum of its rows' counts. */
  readonly measures: readonly string[];
  readonly rows: readonly FigureRow[];
}

/**
 * The records behind one figure of a report, found by the very count that made it: a row belongs to a figure when
 * adding it moves it. Throws a usage error for a section, key or measure that the report does not have.
 */
export async function rowsBehind(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
  asked: string,
): Promise<FigureRows> {
  const figure = askedFigure(await csrFigures(reader, question, policy), policy, asked);
  const { section, key } = figure;
  const place = section === 'chronic' ? key : null;
  const count = await openCount(reader, question, policy, place);
  const counted = { ids: new Map<number, Counts>(), orders: new Map<string, Counts>() };
  const share = policeShare(figure);
  if (section === 'treatments' && key === 'withoutDistrict') {
    const { ids, orders } = await withoutDistrict(reader, count);
    for (const id of ids) counted.ids.set(id, { count: 1 });
    for (const number of orders) counted.orders.set(number, { count: 1 });
  } else {
    const moved = watched(count.tally, figure);
    await countAll(reader, count, (request, row) => {
      const counts =
        share !== null
          ? shared(share, row, count.plan.span)
          : request === null
            ? null
            : moved(() => count.tally.add(request));
      if (counts === null) return;
      if (typeof row?.srNumber === 'string') counted.orders.set(row.srNumber, counts);
      else if (request !== null) counted.ids.set(request[0], counts);
    });
  }
  const rows = await described(reader, counted, count);
  const measures = share === null ? measuresOf(figure) : [share.measure];
  return { section, key, measures, rows };
}

/** What the figures are called: where a section's keys are figures themselves, by the key. */
function measuresOf({ measures, key }: AskedFigure): readonly string[] {
  return measures.length === 0 ? [key] : measures;
}

/** How adding a row moves the figures that were asked for; null when it does not. */
function watched(tally: Tally, figure: AskedFigure): (add: () => void) => Counts | null {
  const reads = figure.keys.map((key) => tally.reads(figure.section, key) ?? {});
  const measures = measuresOf(figure);
  const sumOf = (measure: string): number => reads.reduce((sum, read) => sum + (read[measure]?.() ?? 0), 0);
  let before = measures.map(sumOf);
  return (add) => {
    add();
    const after = measures.map(sumOf);
    const counts = measures.map((measure, i) => [measure, (after[i] ?? 0) - (before[i] ?? 0)] as const);
    before = after;
    return counts.some(([, change]) => change !== 0) ? Object.fromEntries(counts) : null;
  };
}

function shared({ measure, of }: Share, row: PoliceRow | null, span: Span): Counts | null {
  const counts = row === null ? 0 : of(policeCounts(row, span), row.district);
  return counts === 0 ? null : { [measure]: counts };
}

interface Share {
  readonly measure: string;
  of(counts: PoliceCounts, district: number | null): number;
}

/** How one police request counts in a figure of the police alone; null when the section is no such. */
function policeShare({ section, key, measures }: AskedFigure): Share | null {
  const [measure = ''] = measures;
  if (section === 'police' && isPoliceMeasure(key)) return { measure: key, of: (counts) => counts[key] };
  if (section === 'policeByDistrict' && isPoliceMeasure(measure)) {
    const own = key === 'Unknown' ? null : Number(key);
    return { measure, of: (counts, district) => (district === own ? counts[measure] : 0) };
  }
  const treatment = section === 'treatments' ? policeTreatment(key) : null;
  if (treatment !== null) return { measure: 'count', of: (counts) => counts[treatment] };
  if (section !== 'onTime') return null;
  const name = measure === 'total' ? key : `${key}:${measure}`;
  return {
    measure: name,
    of(counts) {
      const closed = key === 'closedInPeriod';
      const total = closed ? counts.closedWithClock : counts.due;
      const onTime = closed ? counts.closedOnTime : counts.dueOnTime;
      return measure === 'total' ? total : measure === 'onTime' ? onTime : total - onTime;
    },
  };
}

async function described(
  reader: Reader,
  {
    ids,
    orders,
  }: { readonly ids: ReadonlyMap<number, Counts>; readonly orders: ReadonlyMap<string, Counts> },
  count: Count,
): Promise<readonly FigureRow[]> {
  const mirrored = await mirroredRequests(reader, [...ids.keys()]);
  const police = await policeRequests(reader, [...orders.keys()], count);
  return [
    ...[...mirrored].map(([id, request]) => ({ ...request, counts: ids.get(id) ?? {} })),
    ...[...police].map(([number, request]) => ({ ...request, counts: orders.get(number) ?? {} })),
  ].sort(byAge);
}
