import { dayNumber } from '../../core/calendar.ts';
import type { LocalDate } from '../../core/instant.ts';
import { GROUPS, sortCategory } from './categories.ts';

/** Kinds of activity, by place: what `kind` of a History holds. */
export const KINDS = [
  'complaint',
  'use-of-force',
  'training',
  'commendation',
  'absence',
  'exposure',
  'other',
] as const;

/** Duty of an event: -1 cannot tell, 0 off duty, 1 on duty. */
const CANNOT_TELL = -1;
const COMPLAINT = KINDS.indexOf('complaint');
const CONDUCT = GROUPS.indexOf('conduct');
const NEVER = Number.POSITIVE_INFINITY;

/**
 * Every member with what happened to them, column by column: events of member m lie from `first[m]` to before `last[m]`,
 * and what lies between one member's last and the next one's first is nobody's.
 */
export interface History {
  readonly ids: readonly string[];
  /** Days since 1970-01-01; infinite where unknown or not yet. */
  readonly appointed: Float64Array;
  readonly resigned: Float64Array;
  readonly sworn: Uint8Array;
  /** What the roster of today says: 1 active, 0 not; -1 not said, or not asked for. */
  readonly active: Int8Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** Instants: when it happened, when the Department knew of it, when its finding was known. */
  readonly occurred: Float64Array;
  readonly known: Float64Array;
  readonly closed: Float64Array;
  readonly kind: Uint8Array;
  readonly group: Uint8Array;
  readonly duty: Int8Array;
  /** 1 sustained, for force 1 a firearm. */
  readonly grave: Uint8Array;
  /** The complaint that several members may share; -1 none. */
  readonly cases: Int32Array;
  readonly caseCount: number;
  readonly spellFirst: Int32Array;
  readonly spellUnit: Int32Array;
  readonly spellFrom: Int32Array;
  readonly spellTo: Float64Array;
  /** Place of the unit on the roster in `units`; -1 unknown, or not asked for. */
  readonly rosterUnit: Int32Array;
  readonly units: readonly string[];
  /** Events of members that the store does not know. */
  readonly strangers: number;
}

export interface MemberRow {
  readonly id: string;
  readonly appointed: string | null;
  readonly resigned: string | null;
  readonly sworn: boolean;
  /** How many events of theirs will come at most. */
  readonly events: number;
  /** The unit that the roster of today names. */
  readonly unit?: string | null;
  /** Whether the roster of today marks them active; null where it does not say. */
  readonly active?: boolean | null;
}

/** Collects rows in any order: each member has a place of their own. */
export interface HistoryBuilder {
  /** `kind` is a place in KINDS; `sustained` and `onDuty` are 1, 0 or null; `closed` 0 is on a day that is not said. */
  activity(
    member: string,
    occurred: number,
    filed: number | null,
    closed: number | null,
    kind: number,
    category: string | null,
    sustained: number | null,
    onDuty: number | null,
    caseId: string | null,
  ): void;
  spell(member: string, unit: string, starts: string, ends: string | null): void;
  done(): History;
}

/**
 * Opens a History over these members. `roster`: what is known today without a day holds too: the unit of the roster, who is
 * marked not active, and a finding whose complaint has no closing day; looking back, nobody could say since when.
 */
export function openHistory(members: readonly MemberRow[], roster = false): HistoryBuilder {
  const place = new Map<string, number>();
  const first = new Int32Array(members.length);
  let all = 0;
  for (let m = 0; m < members.length; m++) {
    const member = members[m];
    if (member === undefined) continue;
    place.set(member.id, m);
    first[m] = all;
    all += member.events;
  }
  const last = first.slice();
  const {
    occurred: happened,
    known: told,
    closed: shut,
    kind: kinds,
    group: groups,
    duty: duties,
    grave,
    cases: named,
  } = eventRoom(all);
  let spells = spellRoom(LEAST);
  let served = 0;
  const sorted = new Map<string | null, { group: number; duty: number; firearm: number }>();
  const cases = new Map<string, number>();
  const units = new Map<string, number>();
  const dayOf = (date: string): number => dayNumber(date as LocalDate);
  // Neither open nor found, where nobody could say when.
  const undated = (known: number): number => (roster ? known : Number.NaN);
  let strangers = 0;
  let lastCase = '';
  let lastNumber = -1;
  let serving: string | null = null;
  let server: number | undefined;

  return {
    activity(member, occurred, filed, closed, kind, category, sustained, onDuty, caseId) {
      const m = place.get(member);
      if (m === undefined) {
        strangers++;
        return;
      }
      const complaint = kind === COMPLAINT;
      let what = sorted.get(category);
      if (what === undefined) {
        const { group, onDuty: duty } = sortCategory(category);
        const said = duty === null ? CANNOT_TELL : Number(duty);
        what = { group: GROUPS.indexOf(group), duty: said, firearm: Number(category === 'firearm') };
        sorted.set(category, what);
      }
      const duty = onDuty ?? (complaint ? what.duty : CANNOT_TELL);
      // An event dated after it was filed counts on the day of filing.
      const known = filed ?? occurred;
      // Members named in one complaint mostly come one after another.
      if (caseId !== null && caseId !== lastCase) {
        lastCase = caseId;
        lastNumber = numbered(cases, caseId);
      }
      const at = last[m] ?? 0;
      if (at === (first[m + 1] ?? all)) throw new Error('more events of a member than were said to come');
      last[m] = at + 1;
      happened[at] = Math.min(occurred, known);
      told[at] = known;
      shut[at] = closed === null ? NEVER : closed === 0 ? undated(known) : Math.max(closed, known);
      kinds[at] = kind;
      groups[at] = complaint && duty === 0 ? CONDUCT : what.group;
      duties[at] = duty;
      grave[at] = complaint ? (sustained ?? 0) : what.firearm;
      named[at] = caseId === null ? -1 : lastNumber;
    },
    spell(member, unit, starts, ends) {
      // Spells of a member mostly come one after another.
      if (member !== serving) {
        serving = member;
        server = place.get(member);
      }
      const m = server;
      if (m === undefined) return;
      if (served === spells.member.length) spells = larger(spells, spellRoom(served * 2));
      const at = served++;
      spells.member[at] = m;
      spells.unit[at] = numbered(units, unit);
      spells.from[at] = dayOf(starts);
      spells.to[at] = ends === null ? NEVER : dayOf(ends);
    },
    done() {
      const spell = spellRoom(served);
      const ofMember = byMember(spells.member, served, members.length);
      for (let row = 0; row < served; row++) {
        const at = ofMember.place[row] ?? 0;
        spell.unit[at] = spells.unit[row] ?? 0;
        spell.from[at] = spells.from[row] ?? 0;
        spell.to[at] = spells.to[row] ?? 0;
      }
      return {
        ids: members.map((member) => member.id),
        appointed: Float64Array.from(members, (m) => (m.appointed === null ? NEVER : dayOf(m.appointed))),
        resigned: Float64Array.from(members, (m) => (m.resigned === null ? NEVER : dayOf(m.resigned))),
        sworn: Uint8Array.from(members, (m) => Number(m.sworn)),
        active: Int8Array.from(members, ({ active }) => (roster ? Number(active ?? -1) : -1)),
        ...{ first, last, grave },
        ...{
          occurred: happened,
          known: told,
          closed: shut,
          kind: kinds,
          group: groups,
          duty: duties,
          cases: named,
        },
        caseCount: cases.size,
        spellFirst: ofMember.first,
        spellUnit: spell.unit,
        spellFrom: spell.from,
        spellTo: spell.to,
        rosterUnit: Int32Array.from(members, ({ unit }) => (roster && unit ? numbered(units, unit) : -1)),
        units: [...units.keys()],
        strangers,
      };
    },
  };
}

function numbered(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

const LEAST = 256;

function eventRoom(size: number) {
  return {
    occurred: new Float64Array(size),
    known: new Float64Array(size),
    closed: new Float64Array(size),
    kind: new Uint8Array(size),
    group: new Uint8Array(size),
    duty: new Int8Array(size),
    grave: new Uint8Array(size),
    cases: new Int32Array(size),
  };
}

function spellRoom(rows: number) {
  const size = Math.max(rows, LEAST);
  return {
    member: new Int32Array(size),
    unit: new Int32Array(size),
    from: new Int32Array(size),
    to: new Float64Array(size),
  };
}

type Numbers = Int8Array | Uint8Array | Int32Array | Float64Array;
function larger<R extends Readonly<Record<string, Numbers>>>(from: R, to: R): R {
  for (const [name, column] of Object.entries(from)) to[name]?.set(column);
  return to;
}

/** Where each row belongs in the order of members, those of one as they came; those of member m begin at `first[m]`. */
function byMember(
  member: Int32Array,
  rows: number,
  members: number,
): { readonly first: Int32Array; readonly place: Int32Array } {
  const first = new Int32Array(members + 1);
  for (let row = 0; row < rows; row++) {
    const next = (member[row] ?? 0) + 1;
    first[next] = (first[next] ?? 0) + 1;
  }
  for (let m = 1; m <= members; m++) first[m] = (first[m] ?? 0) + (first[m - 1] ?? 0);
  const free = first.slice();
  const place = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const m = member[row] ?? 0;
    const at = free[m] ?? 0;
    place[row] = at;
    free[m] = at + 1;
  }
  return { first, place };
}
