import { dayNumber } from '../../core/calendar.ts';
import type { LocalDate } from '../../core/instant.ts';
import { GROUPS, type Sorted, sortCategory } from './categories.ts';

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
  readonly spellFrom: Float64Array;
  readonly spellTo: Float64Array;
  readonly units: readonly string[];
  /** Events of members that the store does not know. */
  readonly strangers: number;
}

export interface MemberRow {
  readonly id: string;
  readonly appointed: string | null;
  readonly resigned: string | null;
  readonly sworn: boolean;
}

/** Collects rows in any order; `done` sorts them by member. */
export interface HistoryBuilder {
  activity(
    member: string,
    occurred: number,
    filed: number | null,
    closed: number | null,
    kind: string,
    category: string | null,
    finding: string | null,
    onDuty: number | null,
    caseId: string | null,
  ): void;
  spell(member: string, unit: string, starts: string, ends: string | null): void;
  done(): History;
}

/** Opens a History over these members. */
export function openHistory(members: readonly MemberRow[]): HistoryBuilder {
  const place = new Map(members.map((member, i) => [member.id, i]));
  const events = grower(10);
  const spells = grower(4);
  const sorted = new Map<string | null, Sorted>();
  const cases = new Map<string, number>();
  const units = new Map<string, number>();
  const days = new Map<string, number>();
  const dayOf = (date: string): number => {
    const known = days.get(date) ?? dayNumber(date as LocalDate);
    days.set(date, known);
    return known;
  };
  let strangers = 0;

  return {
    activity(member, occurred, filed, closed, kind, category, finding, onDuty, caseId) {
      const m = place.get(member);
      if (m === undefined) {
        strangers++;
        return;
      }
      const complaint = kind === 'complaint';
      let what = sorted.get(category);
      if (what === undefined) {
        what = sortCategory(category);
        sorted.set(category, what);
      }
      const told = onDuty === null ? (complaint ? what.onDuty : null) : onDuty === 1;
      const group = complaint && told === false ? 'conduct' : what.group;
      // An event dated after it was filed counts on the day of filing.
      const known = filed ?? occurred;
      const e = events.next();
      e[0] = m;
      e[1] = Math.min(occurred, known);
      e[2] = known;
      e[3] = closed === null ? NEVER : Math.max(closed, known);
      e[4] = Math.max(0, KINDS.indexOf(kind as (typeof KINDS)[number]));
      e[5] = GROUPS.indexOf(group);
      e[6] = told === null ? CANNOT_TELL : Number(told);
      e[7] = Number(complaint ? isSustained(finding) : category === 'firearm');
      e[8] = caseId === null ? -1 : numbered(cases, caseId);
    },
    spell(member, unit, starts, ends) {
      const m = place.get(member);
      if (m === undefined) return;
      const s = spells.next();
      s[0] = m;
      s[1] = numbered(units, unit);
      s[2] = dayOf(starts);
      s[3] = ends === null ? NEVER : dayOf(ends);
    },
    done() {
      const e = events.sorted(members.length);
      const s = spells.sorted(members.length);
      return {
        ids: members.map((member) => member.id),
        appointed: Float64Array.from(members, (m) => (m.appointed === null ? NEVER : dayOf(m.appointed))),
        resigned: Float64Array.from(members, (m) => (m.resigned === null ? NEVER : dayOf(m.resigned))),
        sworn: Uint8Array.from(members, (m) => Number(m.sworn)),
        first: e.first,
        occurred: Float64Array.from(e.column(1)),
        known: Float64Array.from(e.column(2)),
        closed: Float64Array.from(e.column(3)),
        kind: Uint8Array.from(e.column(4)),
        group: Uint8Array.from(e.column(5)),
        duty: Int8Array.from(e.column(6)),
        grave: Uint8Array.from(e.column(7)),
        cases: Int32Array.from(e.column(8)),
        caseCount: cases.size,
        spellFirst: s.first,
        spellUnit: Int32Array.from(s.column(1)),
        spellFrom: Float64Array.from(s.column(2)),
        spellTo: Float64Array.from(s.column(3)),
        units: [...units.keys()],
        strangers,
      };
    },
  };
}

function isSustained(finding: string | null): boolean {
  const text = finding?.trim().toLowerCase();
  return text === 'sustained' || text === 'su';
}

function numbered(names: Map<string, number>, name: string): number {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, names.size);
  return names.size - 1;
}

interface Grower {
  /** The next row to fill; the same view is moved on. */
  next(): Float64Array;
  sorted(members: number): { readonly first: Int32Array; column(at: number): Float64Array };
}

// Rows of numbers, the first of which is the member: kept as they come, then counted out by member.
function grower(width: number): Grower {
  const blocks: Float64Array[] = [];
  const size = 4096;
  let used = size;
  return {
    next() {
      if (used === size) {
        blocks.push(new Float64Array(width * size));
        used = 0;
      }
      const block = blocks[blocks.length - 1] ?? new Float64Array(width);
      const row = block.subarray(used * width, (used + 1) * width);
      used++;
      return row;
    },
    sorted(members) {
      const total = blocks.length === 0 ? 0 : (blocks.length - 1) * size + used;
      const at = (row: number, column: number): number =>
        blocks[Math.floor(row / size)]?.[(row % size) * width + column] ?? 0;
      const first = new Int32Array(members + 1);
      for (let row = 0; row < total; row++) {
        const next = at(row, 0) + 1;
        first[next] = (first[next] ?? 0) + 1;
      }
      for (let m = 1; m <= members; m++) first[m] = (first[m] ?? 0) + (first[m - 1] ?? 0);
      const place = first.slice();
      const order = new Int32Array(total);
      for (let row = 0; row < total; row++) {
        const m = at(row, 0);
        const to = place[m] ?? 0;
        order[to] = row;
        place[m] = to + 1;
      }
      return {
        first,
        column: (column) => Float64Array.from(order, (row) => at(row, column)),
      };
    },
  };
}
