import { bareUnit } from '../core/place.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { ReportPlace, ReportQuestion } from '../report/question.ts';
import type { Reader } from '../store/store.ts';
import { type PoliceRow, policeRows } from './police-rows.ts';
import {
  mirroredWithoutDistrict,
  type RequestRow,
  reopeningsByRequest,
  requestsInReach,
  requestsOnForms,
  requestWords,
  type Scope,
  typeIds,
} from './records.ts';
import { planReport, type ReportPlan } from './report-plan.ts';
import { asRequest, isIn, POLICE_TYPE_ID, type PoliceEntry, untakenRow } from './report-police.ts';
import { openTally, type Tally, type TallyWords } from './report-tally.ts';
import type { Reopening } from './report-timeline.ts';

/** What a count needs: the place, the plan, the police requests on work orders, what 311 calls the others, and an empty tally. */
export interface Count {
  readonly scope: Scope;
  readonly plan: ReportPlan;
  readonly words: TallyWords;
  readonly police: readonly PoliceEntry[];
  /** Ids in the mirror of all requests on work orders, of other places as well: these say where each counts. */
  readonly taken: ReadonlySet<number>;
  /** Those on work orders of no known district, anywhere in the city. */
  readonly unplaced: readonly PoliceEntry[];
  readonly policeTypes: ReadonlySet<number>;
  readonly reopenings: ReadonlyMap<number, readonly Reopening[]>;
  readonly tally: Tally;
}

/** A count that has not begun. */
export async function openCount(
  reader: Reader,
  question: ReportQuestion,
  policy: CsrPolicy,
  watchedPlace: string | null = null,
): Promise<Count> {
  const scope = scopeOf(question.place);
  const plan = planReport(question.period, question.against, question.now, policy);
  const reopenings = new Map(await reopeningsByRequest(reader));
  // Those that 311 does not hold have ids below the mirror's.
  const everywhere = (await policeRows(reader, plan.span.end, reopenings, policy)).map(
    (row, i): PoliceEntry => ({ row, request: asRequest(row, plan.reach.until, -i - 1) }),
  );
  const police = everywhere.filter(({ row }) => isIn(row, scope));
  const taken = mirroredIds(everywhere);
  const words = { ...(await tallyWords(reader, policy)), ...unitsOf(police) };
  // The work order says when its request was closed, once.
  for (const id of taken) reopenings.delete(id);
  return {
    scope,
    plan,
    words,
    police,
    taken,
    unplaced: everywhere.filter(({ row }) => row.district === null),
    policeTypes: await typeIds(reader, [policy.police.type]),
    reopenings,
    tally: openTally(plan, policy, words, reopenings, watchedPlace),
  };
}

/**
 * Every request that can count, each once, with what is counted of it among the police requests: null for any other, and
 * a null request where it counts among these alone. One that is on a work order counts as that says, any other as 311 does.
 */
export async function countAll(
  reader: Reader,
  { scope, plan, police, taken, policeTypes, reopenings }: Count,
  each: (request: RequestRow | null, row: PoliceRow | null) => void,
): Promise<void> {
  for await (const batch of requestsInReach(reader, scope, plan.reach)) {
    for (const request of batch) {
      const [id, typeId, , , , , , , , duplicate] = request;
      if (duplicate === 1 || (!policeTypes.has(typeId) && taken.size === 0)) each(request, null);
      else if (taken.has(id)) continue;
      else {
        const own = policeTypes.has(typeId);
        each(request, own ? untakenRow(request, reopenings.get(id) ?? [], plan.span.end) : null);
      }
    }
  }
  for (const { row, request } of police) each(request, row);
}

/**
 * The requests created in the period whose district is unknown, anywhere in the city: ids in the mirror, and numbers of
 * work orders. They are in no district's report.
 */
export async function withoutDistrict(
  reader: Reader,
  { plan: { span }, taken, unplaced, words: { informationOnly } }: Count,
): Promise<{ readonly ids: readonly number[]; readonly orders: readonly string[] }> {
  const mirrored = await mirroredWithoutDistrict(reader, span.start, span.end, informationOnly);
  return {
    ids: mirrored.filter((id) => !taken.has(id)),
    orders: unplaced.flatMap(({ row: { srNumber }, request }) => {
      if (srNumber === null || request === null) return [];
      const [, typeId, , , , , createdAt] = request;
      return createdAt < span.start || createdAt > span.end || informationOnly.has(typeId) ? [] : [srNumber];
    }),
  };
}

/** Ids in the mirror of the requests that are on work orders, duplicates left out. */
function mirroredIds(police: readonly PoliceEntry[]): ReadonlySet<number> {
  return new Set(
    police.flatMap(({ row: { mirror, leftOut } }) =>
      mirror === null || leftOut === 'duplicate' ? [] : [mirror.id],
    ),
  );
}

/** Who works on each police request: the unit of the member who has it. */
function unitsOf(police: readonly PoliceEntry[]): Pick<TallyWords, 'unitOf' | 'units'> {
  const units: string[] = [];
  const unitOf = new Map<number, number>();
  for (const { row, request } of police) {
    const id = row.mirror?.id ?? request?.[0];
    if (id === undefined) continue;
    const member =
      row.unit === null ? 'member of an unknown unit' : `unit ${bareUnit(row.unit).padStart(3, '0')}`;
    const name = `Police, ${row.assigned ? member : 'no member yet'}`;
    if (!units.includes(name)) units.push(name);
    unitOf.set(id, units.indexOf(name));
  }
  return { units, unitOf };
}

/** A place as the store has it, in numbers. */
function scopeOf({ district, beat }: ReportPlace): Scope {
  return {
    district: district === null ? null : Number(district),
    beat: beat === null ? null : Number(beat),
  };
}

/** The words of requests, the types that have a part of their own, and who asked. */
async function tallyWords(reader: Reader, policy: CsrPolicy): Promise<Omit<TallyWords, 'unitOf' | 'units'>> {
  const words = new Map(await requestWords(reader));
  words.set(POLICE_TYPE_ID, policy.police.type);
  return {
    words,
    informationOnly: await typeIds(reader, policy.informationOnlyTypes),
    seasonal: await typeIds(reader, policy.seasonal.types),
    onForms: await requestsOnForms(reader),
  };
}
