import { castMember, WHO } from './cast.ts';
import { type Civil, DAY, dayOf, HOUR, hour, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { addressOf, type Place } from './places.ts';
import { type Rng, type Weighted, weighted } from './random.ts';

/** What happens to a concern, as told by its row and its later events. */
export type ConcernKind =
  | 'on-time'
  | 'late'
  | 'extended'
  | 'extended-twice'
  | 'late-extension'
  | 'refused-extension'
  | 'reassigned'
  | 'shuffled'
  | 'disapproved'
  | 'returned-open'
  | 'two-units'
  | 'disputed'
  | 'criminal'
  | 'separated'
  | 'associated'
  | 'late-accept'
  | 'open'
  | 'open-extended'
  | 'awaiting-approval'
  | 'awaiting-assignment'
  | 'accessed'
  | 'unopened'
  | 'not-accepted-content'
  | 'not-accepted-criminal'
  | 'not-accepted-other';

export interface ConcernStory {
  readonly row: Row;
  readonly events: readonly Row[];
}

export interface ConcernPlan {
  readonly control: string;
  readonly kind: ConcernKind;
  /** The day whose working hours hold the assignment, or the last step of an unassigned one. */
  readonly day: Civil;
  readonly place: Place;
  readonly origin?: string;
  /** An associated concern has the category of its primary. */
  readonly category?: string;
  /** The primary of an associated concern. */
  readonly primary?: string;
  /** Closing steps stand in the row's own columns; without it they are events. */
  readonly inColumns?: boolean;
}

const ORIGINS = weighted([
  ['webportal', 45],
  ['beat-meeting', 20],
  ['phone', 15],
  ['email', 8],
  ['in-person', 8],
  ['other', 4],
]);

type Category = readonly [name: string, texts: readonly string[]];

const BUILDING: Category = [
  'building',
  ['Vacant two-flat with the rear door open.', 'Tenants report no heat and a broken porch stair.'],
];
const WEIGHTS: readonly (readonly [Category, number])[] = [
  [
    [
      'loitering',
      ['Group gathers at the corner store after 11 pm.', 'People wait on the stairs of the shut laundry.'],
    ],
    22,
  ],
  [
    ['noise', ['Loud music from parked cars on weekends.', 'Engine noise every night from the back lot.']],
    18,
  ],
  [
    [
      'traffic',
      ['Drivers do not stop at the school crossing.', 'Cars race along the block on Sunday evenings.'],
    ],
    16,
  ],
  [
    [
      'narcotics',
      ['Short visits to one porch all day long.', 'Hand to hand sales suspected near the bus stop.'],
    ],
    12,
  ],
  [
    [
      'drinking',
      ['Drinking in the playlot in the afternoon.', 'Bottles left beside the church gate each morning.'],
    ],
    8,
  ],
  [
    [
      'abandoned-vehicle',
      ['A car without plates has stood since last month.', 'Truck on blocks takes two spaces.'],
    ],
    8,
  ],
  [['parks', ['Field lights are broken; people meet there late.']], 4],
];
const DISTRICT_CATEGORIES: Weighted<Category> = weighted(WEIGHTS);
const CATEGORY_LIST: readonly Category[] = [BUILDING, ...WEIGHTS.map(([category]) => category)];

function categoryOf(name: string): Category {
  const found = CATEGORY_LIST.find((category) => category[0] === name);
  if (found === undefined) throw new RangeError(`no category ${name}`);
  return found;
}

/** Kinds whose story needs a district unit. */
const OURS: ReadonlySet<ConcernKind> = new Set([
  'disapproved',
  'returned-open',
  'disputed',
  'criminal',
  'shuffled',
]);

const UNITS = ['5', '241', '145', '189'] as const;

interface Teller {
  readonly plan: ConcernPlan;
  readonly rng: Rng;
  readonly building: boolean;
  readonly sergeant: string;
  readonly lieutenant: string;
  values: Record<string, string>;
  events: Row[];
}

/** XO of the day: the district commander stands in while the cast's executive officer is away (CC-36). */
export const XO_ABSENCE = { from: '2020-10-05T00:00:00', to: '2020-10-16T23:59:59' } as const;

function approver(at: Civil): string {
  const text = isoDateTime(at);
  return text >= XO_ABSENCE.from && text <= XO_ABSENCE.to ? WHO.commander : WHO.executiveOfficer;
}

/** The same instant, or a later one within the next desk hours, 8 to 18. */
export function deskHours(at: Civil, rng: Rng): Civil {
  const of = hour(at);
  if (of >= 8 && of < 18) return at;
  return dayOf(at) + (of < 8 ? 0 : DAY) + rng.int(8, 17) * HOUR + rng.int(0, 59) * MINUTE;
}

function tell(
  teller: Teller,
  event: string,
  at: Civil,
  by: string,
  more: { unit?: string; reason?: string; justification?: string; primary?: string } = {},
): void {
  teller.events.push(
    rowOf('concern-events', {
      control_number: teller.plan.control,
      event,
      at: isoDateTime(settled(at)),
      by,
      unit: more.unit,
      reason: more.reason,
      justification: more.justification,
      primary_control_number: more.primary,
    }),
  );
}

/** Investigation submitted and completed at `done`, and unless told otherwise approved and closed after it. */
function finish(teller: Teller, done: Civil, unit: string, approved = true): void {
  const { rng, plan } = teller;
  const submitted = done - rng.int(1, 3) * HOUR - rng.int(1, 59) * MINUTE;
  const approvedAt = deskHours(done + rng.int(4, 60) * HOUR, rng);
  const ours = unit === '5';
  const closedAt = ours ? approvedAt + rng.int(2, 40) * MINUTE : done + rng.int(5, 50) * MINUTE;
  if (plan.inColumns === true) {
    teller.values.completed_at = isoDateTime(settled(done));
    if (ours && approved) teller.values.approved_at = isoDateTime(settled(approvedAt));
    if (approved) teller.values.closed_at = isoDateTime(settled(closedAt));
    return;
  }
  const lead = ours ? teller.lieutenant : unit === '241' ? WHO.buildingsCommander : WHO.trafficCommander;
  const sergeant = ours ? teller.sergeant : unit === '241' ? WHO.buildingsSergeant : WHO.trafficCommander;
  const reason = rng.pick([
    'Attention to the block given on two watches',
    'Owner spoken to',
    'Notices served',
  ]);
  tell(teller, 'submitted', submitted, sergeant, { unit, reason });
  tell(teller, 'completed', done, lead, { unit });
  // Only district investigations wait for the executive officer (CC-30).
  if (ours && approved) tell(teller, 'approved', approvedAt, approver(approvedAt));
  if (approved) tell(teller, 'closed', closedAt, ours ? approver(closedAt) : lead);
}

function extend(teller: Teller, at: Civil, unit: string): void {
  const by = unit === '241' ? WHO.buildingsSergeant : teller.sergeant;
  const justification = teller.rng.pick([
    'Owner not reached yet',
    'Third night of attention needed',
    'Court date set',
  ]);
  tell(teller, 'extended', at, by, { unit, justification });
}

/** What follows an assignment; `assigned` starts the seven days, due at the end of their last day (CC-22). */
function afterAssignment(teller: Teller, assigned: Civil, unit: string): void {
  const { rng, plan } = teller;
  const dayN = (days: number): Civil =>
    dayOf(assigned) + days * DAY + rng.int(9, 17) * HOUR + rng.int(0, 59) * MINUTE;
  const within = (low: number, high: number): Civil => dayN(rng.int(low, high));
  switch (plan.kind) {
    case 'late':
      finish(teller, within(8, 13), unit);
      return;
    case 'extended':
      extend(teller, within(3, 6), unit);
      finish(teller, within(8, 14), unit);
      return;
    case 'extended-twice':
      extend(teller, within(3, 6), unit);
      extend(teller, dayN(14), unit); // CC-08: on the day the running period is due
      finish(teller, within(16, 20), unit);
      return;
    case 'late-extension':
      extend(teller, within(8, 10), unit);
      finish(teller, within(11, 13), unit);
      return;
    case 'refused-extension':
      extend(teller, within(2, 3), unit);
      extend(teller, within(5, 9), unit); // CC-08: before that day, so it moves nothing
      finish(teller, rng.chance(0.5) ? within(11, 13) : within(17, 19), unit);
      return;
    case 'reassigned': {
      const to = unit === '5' ? '145' : '5';
      const moved = within(1, 3);
      tell(teller, 'reassigned', moved, WHO.cpSergeant, { unit: to, reason: 'Falls to the other unit' });
      finish(teller, moved + rng.int(2, 5) * DAY, to);
      return;
    }
    case 'shuffled':
      for (const [i, to] of ['145', '5', '189', ''].entries()) {
        const reason = to === '' ? 'No unit takes it' : 'Falls to the other unit';
        tell(teller, 'reassigned', dayN(2 + i * 3), WHO.cpSergeant, { unit: to, reason });
      }
      return;
    case 'disapproved': {
      finish(teller, within(2, 3), unit, false);
      const seen = dayN(4);
      tell(teller, 'disapproved', seen, approver(seen), { reason: 'No visit recorded on the night watch' });
      finish(teller, rng.chance(0.6) ? within(6, 7) : within(9, 12), unit);
      return;
    }
    case 'returned-open': {
      finish(teller, within(2, 3), unit, false);
      const seen = dayN(4);
      tell(teller, 'disapproved', seen, approver(seen), {
        reason: 'Neighbors say it goes on; speak to the owner',
      });
      return;
    }
    case 'two-units': {
      const other = unit === '5' ? '241' : '5';
      tell(teller, 'assigned', assigned + 10 * MINUTE, WHO.cpSergeant, { unit: other });
      const done = within(3, 6);
      tell(teller, 'completed', done - 2 * HOUR, other === '5' ? teller.lieutenant : WHO.buildingsCommander, {
        unit: other,
      });
      finish(teller, done, unit);
      return;
    }
    case 'disputed': {
      const decided = dayN(2);
      tell(teller, 'disputed', dayN(1), teller.lieutenant, {
        reason: 'Watch holds it is for the tactical team',
      });
      tell(teller, 'decided', decided, approver(decided), { reason: 'Stays with the watch' });
      finish(teller, within(4, 6), unit);
      return;
    }
    case 'open':
      return;
    case 'open-extended':
      extend(teller, within(4, 6), unit);
      return;
    case 'awaiting-approval':
      finish(teller, within(2, 5), unit, false);
      return;
    default:
      finish(teller, within(1, 6), unit);
  }
}

function notAccepted(teller: Teller, accessed: Civil): void {
  const { plan, rng, values } = teller;
  const at = accessed + rng.int(1, 20) * HOUR + rng.int(0, 59) * MINUTE;
  values.not_accepted_at = isoDateTime(settled(at));
  values.not_accepted_reason = plan.kind
    .slice('not-accepted-'.length)
    .replace('criminal', 'criminal-immediate');
  if (plan.kind !== 'not-accepted-criminal') return;
  const number = `RD JZ${rng.int(100_000, 999_999)}`;
  const reason = `Case report ${number}; preliminary investigation by ${rng.pick(WHO.officers)}; station supervisor told`;
  tell(teller, 'criminal', at + 6 * MINUTE, WHO.cpSergeant, { reason });
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
  const submitted = accessed - rng.int(1, origin === 'webportal' ? 30 : 4) * HOUR - rng.int(1, 59) * MINUTE;
  values.submitted_at = isoDateTime(settled(submitted));
  const set = (column: string, at: Civil): void => {
    values[column] = isoDateTime(settled(at));
  };
  if (plan.kind === 'unopened') {
    set('submitted_at', anchor);
  } else if (plan.kind === 'accessed') {
    set('accessed_at', anchor);
    set('submitted_at', anchor - rng.int(3, 30) * HOUR);
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
  const unit = teller.building ? UNITS[1] : UNITS[0];
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
