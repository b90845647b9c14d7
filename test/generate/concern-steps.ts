import { WHO } from './cast.ts';
import { type Civil, DAY, dayOf, HOUR, hour, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import type { ConcernPlan } from './concern-kinds.ts';
import type { Rng } from './random.ts';

/** A story in the telling: the row's values and the events so far. */
export interface Teller {
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

/** Adds one event. */
export function tell(
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
  const by = unit === '241' ? WHO.buildingsCommander : teller.lieutenant;
  const justification = teller.rng.pick([
    'Owner not reached yet',
    'Third night of attention needed',
    'Court date set',
  ]);
  tell(teller, 'extended', at, by, { unit, justification });
}

/** What follows an assignment; `assigned` starts the seven days, due at the end of their last day (CC-22). */
export function afterAssignment(teller: Teller, assigned: Civil, unit: string): void {
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
      const moved = within(1, 3);
      tell(teller, 'reassigned', moved, WHO.cpSergeant, { unit: '145', reason: 'Falls to the other unit' });
      finish(teller, moved + rng.int(2, 5) * DAY, '145');
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
      tell(teller, 'assigned', assigned + 10 * MINUTE, WHO.cpSergeant, { unit: '241' });
      const done = within(3, 6);
      tell(teller, 'completed', done - 2 * HOUR, WHO.buildingsCommander, { unit: '241' });
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
