import { addMonths, dayNumber, endOfDay } from '../../core/calendar.ts';
import type { LocalDate } from '../../core/instant.ts';
import { GROUPS, type Group } from './categories.ts';
import { type History, KINDS } from './history.ts';
import { type FeatureId, featureAt, WIDTH } from './inputs.ts';

/** Members in service on a day, and what was known of each by its end. */
export interface Origin {
  readonly day: LocalDate;
  /** Places in the History. */
  readonly members: Int32Array;
  /** Values as counted, row by row, WIDTH to a row. */
  readonly values: Float64Array;
  /** Place of each member's unit on the day in `units` of the History; -1 unknown. */
  readonly unit: Int32Array;
}

/** How many years before a day the other members named in a complaint are looked at. */
export const CASE_YEARS = 5;

const YEAR = 365.25 * 86_400;
const HALF_LIFE = 1.5 * YEAR;
const LONGEST = 10;
const [COMPLAINT, FORCE] = [KINDS.indexOf('complaint'), KINDS.indexOf('use-of-force')];
const OTHERS: readonly (readonly [number, FeatureId])[] = [
  [KINDS.indexOf('training'), 'training'],
  [KINDS.indexOf('commendation'), 'commendations'],
  [KINDS.indexOf('absence'), 'absences'],
  [KINDS.indexOf('exposure'), 'exposures'],
];
const OF_GROUP: Readonly<Partial<Record<Group, FeatureId>>> = {
  force: 'force-complaints',
  search: 'search-complaints',
  verbal: 'verbal-complaints',
  operations: 'operations-complaints',
  integrity: 'integrity-complaints',
  conduct: 'conduct-complaints',
};
const GROUP_PLACES = GROUPS.map((group) => {
  const id = OF_GROUP[group];
  return id === undefined ? -1 : featureAt(id);
});
const CONDUCT = GROUPS.indexOf('conduct');

/**
 * Sworn members appointed on or before the day and not resigned by it (OSS-08). `roster`: those without a day of
 * appointment too, since the roster of today names them, and without those whom it marks not active; of an earlier day
 * nobody could say.
 */
function inService(history: History, day: LocalDate, roster: boolean): Int32Array {
  return appointedOn(history, day, roster).filter((m) => history.active[m] !== 0);
}

function appointedOn(history: History, day: LocalDate, roster: boolean): Int32Array {
  const at = dayNumber(day);
  const found: number[] = [];
  for (let m = 0; m < history.ids.length; m++) {
    const appointed = history.appointed[m] ?? 0;
    const here = appointed <= at || (roster && appointed === Number.POSITIVE_INFINITY);
    if (history.sworn[m] === 1 && here && (history.resigned[m] ?? 0) > at) found.push(m);
  }
  return Int32Array.from(found);
}

/** What the roster of today says of the members in service on the day, one of them apart. */
export interface RosterCounts {
  /** Marked not active, and therefore left out. */
  readonly inactive: number;
  /** Not marked at all, and kept; 0 where the roster marks nobody. */
  readonly unmarked: number;
}

/** Counts of the members in service on the day by what the roster of today says, without `self`. */
export function rosterCounts(history: History, day: LocalDate, self: string | null): RosterCounts {
  const others = [...appointedOn(history, day, true)].filter((m) => history.ids[m] !== self);
  const count = (active: number): number => others.filter((m) => history.active[m] === active).length;
  const unmarked = count(-1);
  return { inactive: count(0), unmarked: unmarked === others.length ? 0 : unmarked };
}

/** The unit of each of these members on a day: the spell that covers it (the latest begun where several do), else the roster's. */
function unitsOn(history: History, members: Int32Array, day: LocalDate): Int32Array {
  const at = dayNumber(day);
  return members.map((m) => {
    let unit = history.rosterUnit[m] ?? -1;
    let latest = Number.NEGATIVE_INFINITY;
    for (let s = history.spellFirst[m] ?? 0; s < (history.spellFirst[m + 1] ?? 0); s++) {
      const from = history.spellFrom[s] ?? 0;
      if (from > at || (history.spellTo[s] ?? 0) < at || from < latest) continue;
      latest = from;
      unit = history.spellUnit[s] ?? -1;
    }
    return unit;
  });
}

/** What was known by the end of a day of every member then in service. Nothing later is looked at. */
export function originOf(history: History, day: LocalDate, roster = false): Origin {
  const members = inService(history, day, roster);
  const unit = unitsOn(history, members, day);
  const edges = edgesOf(day);
  const values = new Float64Array(members.length * WIDTH);
  const recent = recentComplaints(history, edges);
  const caseTotals = totalsByCase(history, edges, recent);
  for (let row = 0; row < members.length; row++)
    countMember(history, members[row] ?? 0, edges, values, row * WIDTH, recent, caseTotals);
  addUnitRates(history, unit, values);
  return { day, members, values, unit };
}

interface Edges {
  readonly now: number;
  readonly year: number;
  readonly two: number;
  readonly five: number;
}

function edgesOf(day: LocalDate): Edges {
  const back = (years: number) => endOfDay(addMonths(day, -12 * years));
  return { now: endOfDay(day), year: back(1), two: back(2), five: back(CASE_YEARS) };
}

// Complaints of each member that were filed in the five years, for the company that others keep.
function recentComplaints(history: History, { now, five }: Edges): Int32Array {
  const { first, last, known, kind } = history;
  const counts = new Int32Array(history.ids.length);
  for (let m = 0; m < counts.length; m++) {
    let n = 0;
    for (let e = first[m] ?? 0; e < (last[m] ?? 0); e++) {
      const at = known[e] ?? 0;
      if (kind[e] === COMPLAINT && at <= now && at > five) n++;
    }
    counts[m] = n;
  }
  return counts;
}

interface CaseTotals {
  readonly named: Int32Array;
  readonly complaints: Float64Array;
}

// Of each complaint of the five years: how many members it names, and how many complaints these have among them.
function totalsByCase(history: History, { now, five }: Edges, recent: Int32Array): CaseTotals {
  const named = new Int32Array(history.caseCount);
  const complaints = new Float64Array(history.caseCount);
  const { first, last, known, cases } = history;
  for (let m = 0; m < recent.length; m++) {
    const mine = recent[m] ?? 0;
    if (mine === 0) continue;
    for (let e = first[m] ?? 0; e < (last[m] ?? 0); e++) {
      const c = cases[e] ?? -1;
      const at = known[e] ?? 0;
      if (c < 0 || at > now || at <= five) continue;
      named[c] = (named[c] ?? 0) + 1;
      complaints[c] = (complaints[c] ?? 0) + mine;
    }
  }
  return { named, complaints };
}

const F = {
  year: featureAt('complaints-1y'),
  two: featureAt('complaints-2y'),
  five: featureAt('complaints-5y'),
  recent: featureAt('complaints-recent'),
  conductBefore: featureAt('conduct-before'),
  kinds: featureAt('kinds'),
  sustained: featureAt('sustained'),
  sustained5: featureAt('sustained-5y'),
  open: featureAt('open'),
  sinceComplaint: featureAt('since-complaint'),
  shared: featureAt('shared'),
  company: featureAt('company'),
  force1: featureAt('force-1y'),
  force2: featureAt('force-2y'),
  force5: featureAt('force-5y'),
  firearm: featureAt('firearm'),
  forceOff: featureAt('force-off-duty'),
  sinceForce: featureAt('since-force'),
  unitComplaints: featureAt('unit-complaints'),
  unitForce: featureAt('unit-force'),
};

function countMember(
  history: History,
  m: number,
  { now, year, two, five }: Edges,
  values: Float64Array,
  row: number,
  recent: Int32Array,
  totals: CaseTotals,
): void {
  const { first, last, known, closed, kind, group, duty, grave, cases } = history;
  const add = (place: number, amount = 1): void => {
    values[row + place] = (values[row + place] ?? 0) + amount;
  };
  let groups = 0;
  let lastComplaint = Number.NEGATIVE_INFINITY;
  let lastForce = Number.NEGATIVE_INFINITY;
  let others = 0;
  let theirs = 0;
  for (let e = first[m] ?? 0; e < (last[m] ?? 0); e++) {
    const at = known[e] ?? 0;
    if (at > now) continue;
    if (kind[e] === COMPLAINT) {
      if (at > lastComplaint) lastComplaint = at;
      if (at > five) add(at > year ? F.year : at > two ? F.two : F.five);
      add(F.recent, 2 ** ((at - now) / HALF_LIFE));
      const end = closed[e] ?? 0;
      const shut = end <= now;
      if (end > now) add(F.open);
      if (shut && grave[e] === 1) add(F.sustained);
      const g = group[e] ?? 0;
      if (at <= five) {
        if (g === CONDUCT) add(F.conductBefore);
        continue;
      }
      if (shut && grave[e] === 1) add(F.sustained5);
      const place = GROUP_PLACES[g] ?? -1;
      if (place >= 0) add(place);
      groups |= 1 << g;
      const c = cases[e] ?? -1;
      const with_ = c < 0 ? 0 : (totals.named[c] ?? 1) - 1;
      if (with_ > 0) {
        add(F.shared);
        others += with_;
        theirs += (totals.complaints[c] ?? 0) - (recent[m] ?? 0);
      }
    } else if (kind[e] === FORCE) {
      if (at > lastForce) lastForce = at;
      if (at > five) add(at > year ? F.force1 : at > two ? F.force2 : F.force5);
      if (grave[e] === 1) add(F.firearm);
      if (duty[e] === 0) add(F.forceOff);
    } else if (at > two) {
      for (const [other, id] of OTHERS) if (kind[e] === other) add(featureAt(id));
    }
  }
  values[row + F.kinds] = bits(groups);
  values[row + F.sinceComplaint] = Math.min(LONGEST, (now - lastComplaint) / YEAR);
  values[row + F.sinceForce] = Math.min(LONGEST, (now - lastForce) / YEAR);
  values[row + F.company] = others === 0 ? 0 : theirs / others;
}

function bits(set: number): number {
  let n = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) n++;
  return n;
}

// The rate of the unit without the member's own share: what the post brings with it.
function addUnitRates(history: History, unit: Int32Array, values: Float64Array): void {
  const size = new Int32Array(history.units.length);
  const complaints = new Float64Array(history.units.length);
  const force = new Float64Array(history.units.length);
  for (let row = 0; row < unit.length; row++) {
    const u = unit[row] ?? -1;
    if (u < 0) continue;
    size[u] = (size[u] ?? 0) + 1;
    complaints[u] = (complaints[u] ?? 0) + (values[row * WIDTH + F.year] ?? 0);
    force[u] = (force[u] ?? 0) + (values[row * WIDTH + F.force1] ?? 0);
  }
  for (let row = 0; row < unit.length; row++) {
    const u = unit[row] ?? -1;
    const rest = u < 0 ? 0 : (size[u] ?? 0) - 1;
    if (rest <= 0) continue;
    const at = row * WIDTH;
    values[at + F.unitComplaints] = ((complaints[u] ?? 0) - (values[at + F.year] ?? 0)) / rest;
    values[at + F.unitForce] = ((force[u] ?? 0) - (values[at + F.force1] ?? 0)) / rest;
  }
}
