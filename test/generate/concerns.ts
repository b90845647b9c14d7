import { castMember, WHO } from './cast.ts';
import { type Civil, DAY, dayOf, HOUR, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import {
  BUILDING,
  type ConcernPlan,
  type ConcernStory,
  categoryOf,
  DISTRICT_CATEGORIES,
  NOT_ACCEPTED,
  ORIGINS,
  OURS,
} from './concern-kinds.ts';
import { afterAssignment, deskHours, type Teller, tell } from './concern-steps.ts';
import { addressOf } from './places.ts';
import type { Rng } from './random.ts';

function notAccepted(teller: Teller, accessed: Civil): void {
  const { plan, rng, values } = teller;
  const at = accessed + rng.int(1, 20) * HOUR + rng.int(0, 59) * MINUTE;
  values.not_accepted_at = isoDateTime(settled(at));
  values.not_accepted_reason = NOT_ACCEPTED[plan.kind] ?? 'OTHER';
  if (plan.kind !== 'not-accepted-criminal') return;
  const number = `RD JZ${rng.int(100_000, 999_999)}`;
  const reason = `Case report ${number}; preliminary investigation by ${rng.pick(WHO.officers)}; station supervisor told`;
  tell(teller, 'criminal', at + 6 * MINUTE, WHO.cpSergeant, { reason });
}

/** Webportal concerns come at any hour, those of a beat meeting from the evening before, others within the day. */
function submittedBefore(accessed: Civil, origin: string, rng: Rng): Civil {
  if (origin === 'webportal') return accessed - rng.int(1, 30) * HOUR - rng.int(1, 59) * MINUTE;
  if (origin === 'beat-meeting') return dayOf(accessed) - DAY + 19 * HOUR + rng.int(0, 75) * MINUTE;
  return accessed - rng.int(4, 55) * MINUTE;
}

/** One concern with the events that its row does not already tell; dates follow the clocks of table 0.1. */
export function concernStory(rng: Rng, plan: ConcernPlan): ConcernStory {
  const building = plan.category === undefined && !OURS.has(plan.kind) && rng.chance(0.12);
  const drawn = building ? BUILDING : DISTRICT_CATEGORIES(rng);
  const [category, texts] = plan.category === undefined ? drawn : categoryOf(plan.category);
  const webOnly = plan.kind === 'late-accept' || plan.kind === 'accessed' || plan.kind === 'unopened';
  const origin = plan.origin ?? (webOnly ? 'webportal' : ORIGINS(rng));
  const sergeant = rng.pick(WHO.sergeants);
  const values: Record<string, string> = {
    control_number: plan.control,
    origin,
    category,
    description: rng.pick(texts),
    address: addressOf(plan.place),
    beat: plan.place.beat,
    latitude: plan.place.latitude,
    longitude: plan.place.longitude,
  };
  const teller: Teller = {
    plan,
    rng,
    building,
    sergeant,
    lieutenant: castMember(sergeant).supervisor,
    values,
    events: [],
  };
  const anchor = dayOf(plan.day) + rng.int(9, 16) * HOUR + rng.int(0, 59) * MINUTE;
  const accepted = anchor - rng.int(5, 45) * MINUTE;
  // CC-15: the 36 hours run from the first access of a Webportal concern.
  const decision = plan.kind === 'late-accept' ? rng.int(62, 90) : rng.int(1, 26);
  const accessed = Math.min(deskHours(accepted - decision * HOUR, rng), accepted - 10 * MINUTE);
  const submitted = submittedBefore(accessed, origin, rng);
  values.submitted_at = isoDateTime(settled(submitted));
  const set = (column: string, at: Civil): void => {
    values[column] = isoDateTime(settled(at));
  };
  if (plan.kind === 'unopened') {
    set('submitted_at', anchor);
  } else if (plan.kind === 'accessed') {
    set('accessed_at', anchor);
    set('submitted_at', submittedBefore(anchor, origin, rng));
  } else if (plan.kind.startsWith('not-accepted')) {
    set('accessed_at', accessed);
    notAccepted(teller, accessed);
  } else {
    set('accessed_at', accessed);
    set('accepted_at', accepted);
    if (plan.kind === 'associated') associate(teller, accepted, plan.primary ?? '');
    else if (plan.kind !== 'awaiting-assignment') assign(teller, accepted, anchor);
  }
  return { row: rowOf('concerns', values), events: inOrder(teller.events) };
}

function associate(teller: Teller, accepted: Civil, primary: string): void {
  if (teller.plan.inColumns === true) teller.values.primary_control_number = primary;
  else tell(teller, 'associated', accepted + 20 * MINUTE, WHO.cpSergeant, { primary });
}

function assign(teller: Teller, accepted: Civil, anchor: Civil): void {
  const { plan, rng, values } = teller;
  if (plan.kind === 'criminal') {
    const reason = 'Needs a case report; station supervisor told';
    tell(teller, 'criminal', accepted - 3 * MINUTE, WHO.cpSergeant, { reason });
  }
  if (plan.kind === 'separated') {
    const primary = plan.primary ?? '';
    tell(teller, 'associated', accepted + MINUTE, WHO.cpSergeant, { primary });
    tell(teller, 'separated', accepted + 4 * MINUTE, WHO.cpSergeant, {
      reason: 'Another entrance, another matter',
    });
  }
  // CC-16: buildings go to the Troubled Buildings Section.
  const unit = teller.building ? '241' : '5';
  values.assigned_at = isoDateTime(settled(anchor));
  values.assigned_unit = unit;
  values.supervisor_id = teller.building ? WHO.buildingsSergeant : teller.sergeant;
  afterAssignment(teller, anchor, unit);
  const talked = anchor + rng.int(20, 60) * HOUR;
  if (
    plan.kind !== 'open' &&
    plan.kind !== 'open-extended' &&
    plan.kind !== 'returned-open' &&
    rng.chance(0.4)
  ) {
    tell(teller, 'replied', deskHours(talked, rng), rng.pick(WHO.cpOfficers), {
      reason: 'Told the caller who has it',
    });
  }
}

function inOrder(events: readonly Row[]): Row[] {
  // `at` is the third column; ISO text sorts as time does.
  return events.toSorted((a, b) => (String(a[2]) < String(b[2]) ? -1 : String(a[2]) > String(b[2]) ? 1 : 0));
}
