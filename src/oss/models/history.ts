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

/** Every member with what happened to them, column by column: events lie by member, `first[m]` to `first[m + 1]`. */
export interface History {
  readonly ids: readonly string[];
  /** Days since 1970-01-01; infinite where unknown or not yet. */
  readonly appointed: Float64Array;
  readonly resigned: Float64Array;
  readonly sworn: Uint8Array;
  readonly first: Int32Array;
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
  /** The unit that the roster of today names. */
  readonly unit?: string | null;
}

/** Collects rows in any order; `done` sorts them by member. */
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
 * Opens a History over these members. `roster`: what is known today without a day holds too, the unit of the roster and
 * a finding whose complaint has no closing day; looking back, nobody could say since when.
 */
export function openHistory(members: readonly MemberRow[], roster = false): HistoryBuilder {
  const place = new Map(members.map((member, i) => [member.id, i]));
  const events = grower(9);
  const spells = grower(4);
  const sorted = new Map<string | null, { group: number; duty: number; firearm: number }>();
  const cases = new Map<string, number>();
  const units = new Map<string, number>();
  const dayOf = (date: string): number => dayNumber(date as LocalDate);
  // Neither open nor found, where nobody could say when.
  const undated = (known: number): number => (roster ? known : Number.NaN);
  let strangers = 0;
  let lastCase = '';
  let lastNumber = -1;

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
        const told = duty === null ? CANNOT_TELL : Number(duty);
        what = { group: GROUPS.indexOf(group), duty: told, firearm: Number(category === 'firearm') };
        sorted.set(category, what);
      }
      const duty = onDuty ?? (complaint ? what.duty : CANNOT_TELL);
      // An event dated after it was filed counts on the day of filing.
      const known = filed ?? occurred;
      const at = events.next();
      const { cells } = events;
      cells[at] = m;
      cells[at + 1] = Math.min(occurred, known);
      cells[at + 2] = known;
      cells[at + 3] = closed === null ? NEVER : closed === 0 ? undated(known) : Math.max(closed, known);
      cells[at + 4] = kind;
      cells[at + 5] = complaint && duty === 0 ? CONDUCT : what.group;
      cells[at + 6] = duty;
      cells[at + 7] = complaint ? (sustained ?? 0) : what.firearm;
      // Members named in one complaint mostly come one after another.
      if (caseId !== null && caseId !== lastCase) {
        lastCase = caseId;
        lastNumber = numbered(cases, caseId);
      }
      cells[at + 8] = caseId === null ? -1 : lastNumber;
    },
    spell(member, unit, starts, ends) {
      const m = place.get(member);
      if (m === undefined) return;
      const at = spells.next();
      const { cells } = spells;
      cells[at] = m;
      cells[at + 1] = numbered(units, unit);
      cells[at + 2] = dayOf(starts);
      cells[at + 3] = ends === null ? NEVER : dayOf(ends);
    },
    done() {
      const { first, from } = events.sorted(members.length);
      const { cells } = events;
      const total = from.length;
      const occurred = new Float64Array(total);
      const known = new Float64Array(total);
      const closed = new Float64Array(total);
      const kind = new Uint8Array(total);
      const group = new Uint8Array(total);
      const grave = new Uint8Array(total);
      const duty = new Int8Array(total);
      const ofCase = new Int32Array(total);
      for (let e = 0; e < total; e++) {
        const at = from[e] ?? 0;
        occurred[e] = cells[at + 1] ?? 0;
        known[e] = cells[at + 2] ?? 0;
        closed[e] = cells[at + 3] ?? 0;
        kind[e] = cells[at + 4] ?? 0;
        group[e] = cells[at + 5] ?? 0;
        duty[e] = cells[at + 6] ?? 0;
        grave[e] = cells[at + 7] ?? 0;
        ofCase[e] = cells[at + 8] ?? 0;
      }
      const spell = spells.sorted(members.length);
      const cell = (column: number) => (at: number) => spells.cells[at + column] ?? 0;
      return {
        ids: members.map((member) => member.id),
        appointed: Float64Array.from(members, (m) => (m.appointed === null ? NEVER : dayOf(m.appointed))),
        resigned: Float64Array.from(members, (m) => (m.resigned === null ? NEVER : dayOf(m.resigned))),
        sworn: Uint8Array.from(members, (m) => Number(m.sworn)),
        first,
        occurred,
        known,
        closed,
        kind,
        group,
        duty,
        grave,
        cases: ofCase,
        caseCount: cases.size,
        spellFirst: spell.first,
        spellUnit: spell.from.map(cell(1)),
        spellFrom: spell.from.map(cell(2)),
        spellTo: Float64Array.from(spell.from, cell(3)),
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

interface Grower {
  /** Where the cells of the next row begin; `cells` may be another array afterwards. */
  next(): number;
  readonly cells: Float64Array;
  /** Where the rows of each member begin in `from`, and where the cells of each row begin. */
  sorted(members: number): { readonly first: Int32Array; readonly from: Int32Array };
}

// Rows of numbers, the first of which is the member; counted out by member at the end.
function grower(width: number): Grower {
  const rows: { cells: Float64Array } = { cells: new Float64Array(width * 4096) };
  let used = 0;
  return {
    get cells() {
      return rows.cells;
    },
    next() {
      if (used === rows.cells.length) {
        const larger = new Float64Array(used * 2);
        larger.set(rows.cells);
        rows.cells = larger;
      }
      used += width;
      return used - width;
    },
    sorted(members) {
      const { cells } = rows;
      const first = new Int32Array(members + 1);
      for (let at = 0; at < used; at += width) {
        const next = (cells[at] ?? 0) + 1;
        first[next] = (first[next] ?? 0) + 1;
      }
      for (let m = 1; m <= members; m++) first[m] = (first[m] ?? 0) + (first[m - 1] ?? 0);
      const place = first.slice();
      const from = new Int32Array(used / width);
      for (let at = 0; at < used; at += width) {
        const m = cells[at] ?? 0;
        const next = place[m] ?? 0;
        from[next] = at;
        place[m] = next + 1;
      }
      return { first, from };
    },
  };
}
