import { addMonths, dayNumber, endOfDay, localDate } from '../core/calendar.ts';
import type { Instant, LocalDate } from '../core/instant.ts';
import type { Origin } from './models/features.ts';
import { type History, KINDS } from './models/history.ts';
import { type Model, scoreAll } from './models/model.ts';
import { countOutcome, countPast, type Outcome } from './models/outcomes.ts';
import type { Fitted, Origins } from './train.ts';
import { areaUnderCurve, poissonTopShare, type Ranking, rank, type Top, topOf } from './validate-metrics.ts';
import { type UnitTable, unitTables } from './validate-units.ts';

/** The shares of members that are looked at. */
const SHARES = [0.01, 0.02, 0.05, 0.1] as const;

/** What members are put in order by. */
export type MethodId = 'model' | 'all-complaints' | 'complaints-5y' | 'same-kind-5y';

/** A way of putting members in order, and how well it did. */
export interface Method {
  readonly id: MethodId;
  readonly label: string;
  readonly auc: number | null;
  readonly tops: readonly Top[];
}

/** Concentration that chance alone makes, beside what was seen. */
export interface Concentration {
  readonly share: number;
  /** Share of all events held by the members who turned out to have most of them: hindsight, not foresight. */
  readonly hindsight: number;
  /** The same if every member had the same Poisson rate. */
  readonly chance: number;
  /** Share of all events held by the members whom the model placed highest. */
  readonly foretold: number;
}

/** How well a model foretells an outcome after a day of which it knows nothing. */
export interface Validation {
  readonly outcome: Outcome;
  readonly split: LocalDate;
  readonly horizonMonths: number;
  /** Last day of the horizon. */
  readonly to: LocalDate;
  readonly population: number;
  /** Appointed and not resigned, but not known to be sworn: left out. */
  readonly notSworn: number;
  /** Without a day of appointment: left out. */
  readonly noAppointment: number;
  readonly withOutcome: number;
  readonly events: number;
  readonly methods: readonly Method[];
  readonly concentration: readonly Concentration[];
  /** The same figures by unit, one table a share. */
  readonly units: readonly UnitTable<MethodId>[];
  /** Last day on which an event of the history was filed; null without events. */
  readonly newestEvent: LocalDate | null;
}

/** Validates a model fitted on what was known by `split` on the months after it. */
export function validate(
  history: History,
  origins: Origins,
  model: Fitted | Model,
  split: LocalDate,
  months: number,
): Validation {
  const { outcome } = model;
  const origin = origins(split);
  const counts = countOutcome(history, origin.members, split, months, outcome);
  const scores = scoreAll(model, origin);
  const past = (years: number | null, kind: Outcome) =>
    countPast(history, origin.members, split, years, kind);
  const orders: { id: MethodId; ranking: Ranking }[] = [];
  const method = (id: MethodId, label: string, by: ArrayLike<number>): Method => {
    const ranking = rank(by);
    orders.push({ id, ranking });
    return {
      id,
      label,
      auc: areaUnderCurve(ranking, counts),
      tops: SHARES.map((share) => topOf(ranking, counts, share)),
    };
  };
  const methods = [
    method('model', 'model', scores),
    method('all-complaints', 'count of all past complaints', past(null, 'complaints')),
    method('complaints-5y', 'count of complaints of five years', past(5, 'complaints')),
    ...(outcome === 'complaints'
      ? []
      : [method('same-kind-5y', `count of five years, ${SAME_KIND[outcome]} only`, past(5, outcome))]),
  ];
  const events = counts.reduce((sum, count) => sum + count, 0);
  return {
    outcome,
    split,
    horizonMonths: months,
    to: addMonths(split, months),
    population: origin.members.length,
    ...leftOut(history, split),
    withOutcome: counts.reduce((sum, count) => sum + Number(count > 0), 0),
    events,
    methods,
    concentration: concentrationOf(origin, counts, events, methods[0]),
    units: unitTables(history, origin, orders, counts, SHARES),
    newestEvent: newestEvent(history, outcome),
  };
}

const SAME_KIND: Readonly<Record<Outcome, string>> = {
  'on-duty': 'complaints of conduct on duty',
  'off-duty': 'complaints of conduct off duty',
  complaints: 'complaints',
  force: 'use-of-force reports',
};

function concentrationOf(
  origin: Origin,
  counts: Float64Array,
  events: number,
  model: Method | undefined,
): readonly Concentration[] {
  const n = origin.members.length;
  if (events === 0 || model === undefined) return [];
  const hindsight = rank(counts);
  return model.tops.map(({ share, size, events: foretold }) => ({
    share,
    hindsight: topOf(hindsight, counts, share).events.expected / events,
    chance: poissonTopShare(events / n, n, size) ?? 0,
    foretold: foretold.expected / events,
  }));
}

function leftOut(history: History, split: LocalDate): { notSworn: number; noAppointment: number } {
  const at = dayNumber(split);
  let [notSworn, noAppointment] = [0, 0];
  for (let m = 0; m < history.ids.length; m++) {
    const appointed = history.appointed[m] ?? 0;
    if (appointed === Number.POSITIVE_INFINITY) noAppointment++;
    else if (appointed <= at && (history.resigned[m] ?? 0) > at && history.sworn[m] !== 1) notSworn++;
  }
  return { notSworn, noAppointment };
}

function newestEvent(history: History, outcome: Outcome): LocalDate | null {
  const kind = KINDS.indexOf(outcome === 'force' ? 'use-of-force' : 'complaint');
  let newest = Number.NEGATIVE_INFINITY;
  for (let m = 0; m < history.ids.length; m++)
    for (let e = history.first[m] ?? 0; e < (history.last[m] ?? 0); e++)
      if (history.kind[e] === kind) newest = Math.max(newest, history.known[e] ?? newest);
  return newest === Number.NEGATIVE_INFINITY ? null : localDate(newest as Instant);
}

/** True when the history ends before the horizon does: some of what happened is not in it yet. */
export function endsEarly({ newestEvent: newest, to }: Validation): boolean {
  return newest === null || endOfDay(newest) < endOfDay(addMonths(to, -1));
}
