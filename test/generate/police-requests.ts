import { WHO } from './cast.ts';
import { type Civil, DAY, dayOf, HOUR, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { addressOf, type Place } from './places.ts';
import type { Rng } from './random.ts';

/** What happens to a police request and its worksheet (SRSWO). */
export type PoliceKind =
  | 'on-time'
  | 'late'
  | 'extended'
  | 'late-extension'
  | 'second-extension'
  | 'second-extension-by-sergeant'
  | 'returned'
  | 'open'
  | 'unassigned'
  | 'extension-pending';

export interface PolicePlan {
  readonly sr: string;
  readonly kind: PoliceKind;
  /** The day of the assignment to the member, which starts the seven days (CSR-38). */
  readonly day: Civil;
  readonly place: Place;
}

export interface PoliceStory {
  readonly row: Row;
  readonly events: readonly Row[];
}

const CATEGORIES = [
  'Loitering',
  'Noise',
  'Abandoned Vehicle',
  'Curfew',
  'Gambling',
  'Traffic',
  'Vice',
] as const;
const ACTIONS = [
  'Attention given on two watches; nothing seen',
  'Owner spoken to and warned',
  'Two citations issued',
  'Vehicle gone on arrival',
  'Caller met; will call again if it returns',
] as const;
const DISPOSITIONS = ['resolved', 'unfounded', 'referred', 'no further action'] as const;

/** One police request, its worksheet's dates, and the events that its columns cannot tell. */
export function policeStory(rng: Rng, plan: PolicePlan): PoliceStory {
  const events: Row[] = [];
  const values: Record<string, string> = {
    sr_number: plan.sr,
    category: rng.pick(CATEGORIES),
    address: addressOf(plan.place),
    beat: plan.place.beat,
  };
  const assigned = dayOf(plan.day) + rng.int(8, 16) * HOUR + rng.int(0, 59) * MINUTE;
  const opened = assigned - rng.int(1, 30) * HOUR;
  const officer = rng.pick(WHO.officers);
  const set = (column: string, at: Civil): void => {
    values[column] = isoDateTime(settled(at));
  };
  const tell = (event: string, at: Civil, by: string, reason?: string): void => {
    events.push(
      rowOf('csr-police-events', { sr_number: plan.sr, event, at: isoDateTime(settled(at)), by, reason }),
    );
  };
  const dayAfter = (from: Civil, low: number, high: number): Civil =>
    dayOf(from) + rng.int(low, high) * DAY + rng.int(9, 17) * HOUR + rng.int(0, 59) * MINUTE;
  set('created_at', opened - rng.int(2, 40) * HOUR);
  set('opened_at', opened);
  if (plan.kind === 'unassigned') return { row: rowOf('csr-police', values), events };

  tell('printed', assigned - 20 * MINUTE, rng.pick(WHO.cpOfficers));
  set('assigned_at', assigned);
  values.assigned_to = officer;
  const submit = (at: Civil): Civil => {
    set('submitted_at', at);
    values.action_taken = rng.pick(ACTIONS);
    return at;
  };
  const close = (submitted: Civil): void => {
    set('closed_at', dayAfter(submitted, 1, 3));
    values.disposition = rng.pick(DISPOSITIONS);
  };
  /** CSR-45: 15 days from the approval. */
  const extend = (requested: Civil, reason: string): Civil => {
    const approved = requested + rng.int(1, 5) * HOUR;
    set('extension_requested_at', requested);
    set('extension_approved_at', approved);
    values.extension_approved_by = WHO.cpSergeant;
    values.extension_reason = reason;
    return approved;
  };
  switch (plan.kind) {
    case 'on-time':
      close(submit(dayAfter(assigned, 1, 7)));
      break;
    case 'late':
      close(submit(dayAfter(assigned, 8, 15)));
      break;
    case 'extended':
      close(submit(dayAfter(extend(dayAfter(assigned, 3, 6), 'Owner away'), 3, 15)));
      break;
    case 'late-extension':
      close(submit(dayAfter(extend(dayAfter(assigned, 8, 11), 'Request filed late'), 2, 12)));
      break;
    case 'second-extension':
    case 'second-extension-by-sergeant': {
      const first = extend(dayAfter(assigned, 4, 6), 'Court date set');
      const second = dayAfter(first, 12, 14);
      const by = plan.kind === 'second-extension' ? WHO.commander : WHO.cpSergeant;
      tell('extension-requested', second, officer, 'Court continued');
      tell('extended', second + 2 * HOUR, by, 'Court continued');
      const submitted = submit(dayAfter(second, 3, 12));
      close(submitted);
      break;
    }
    case 'returned': {
      const first = submit(dayAfter(assigned, 2, 3));
      const returned = dayAfter(first, 1, 1);
      set('returned_at', returned);
      values.return_reason = 'Say on which watch the visits were';
      // CSR-49: the seven days go on running.
      const again = dayAfter(returned, 1, rng.chance(0.7) ? 3 : 9);
      tell('submitted', again, officer, rng.pick(ACTIONS));
      tell('closed', dayAfter(again, 1, 2), WHO.cpSergeant, rng.pick(DISPOSITIONS));
      break;
    }
    case 'extension-pending':
      set('extension_requested_at', dayAfter(assigned, 4, 5));
      break;
    case 'open':
      break;
  }
  if (values.closed_at !== undefined && rng.chance(0.5)) {
    tell(
      'replied',
      assigned + rng.int(1, 6) * DAY + rng.int(60, 3000),
      rng.pick(WHO.cpOfficers),
      'Caller told',
    );
  }
  return {
    row: rowOf('csr-police', values),
    events: events.toSorted((a, b) => (String(a[2]) < String(b[2]) ? -1 : 1)),
  };
}
