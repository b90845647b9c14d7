import type { Waiting } from '../casework/waiting.ts';
import { peopleAge, peopleInstant, plural } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Cell, Document, Table } from '../report/document.ts';
import { type DueForMe, stepFor } from './today-due.ts';
import type { TodayMember, Tour } from './today-member.ts';
import type { Owed } from './today-owed.ts';

/** A member's day at a moment. */
export interface Day {
  readonly member: TodayMember;
  readonly tour: Tour | null;
  readonly next: Tour | null;
  readonly until: Instant;
  readonly owed: readonly Owed[];
  readonly due: readonly DueForMe[];
  readonly waiting: readonly Waiting[];
}

type Item = Readonly<Record<string, unknown>>;

/** A clock that is due, with the step that waits on the same record, if any. */
interface DueStep {
  readonly due: DueForMe;
  readonly what: string;
  readonly command: string;
}

/** What is due by the end of the tour, each with its step; and what else waits. One step stands in one of them. */
function split(day: Day): { readonly due: readonly DueStep[]; readonly waiting: readonly Waiting[] } {
  const taken = new Set<Waiting>();
  const steps = Map.groupBy(day.waiting, ({ system, id }) => `${system} ${id}`);
  const due = day.due.map((each) => {
    // Of several steps on one record the one by which the clock stops, if it is among them.
    const here = steps.get(`${each.system} ${each.id}`) ?? [];
    const step = here.find(({ rule }) => rule === each.rule) ?? here[0];
    if (step !== undefined) taken.add(step);
    const { what, command } = step ?? stepFor(each, day.member.roles);
    return { due: each, what, command };
  });
  return { due, waiting: day.waiting.filter((each) => !taken.has(each)) };
}

/** The day as JSON. */
export function todayData(
  day: Day,
  now: Instant,
  cite: (rule: string) => string,
): { readonly items: readonly Item[] } & Item {
  const { due, waiting } = split(day);
  const items = [
    ...due.map(
      ({ due: each, what, command }): Item => ({
        kind: 'due',
        id: each.id,
        system: each.system,
        rule: each.rule,
        cite: cite(each.rule),
        what,
        dueAt: isoInstant(each.dueAt),
        overdue: each.dueAt < now,
        since: isoInstant(each.startedAt),
        unit: each.unit,
        beat: each.beat,
        category: each.category,
        command,
      }),
    ),
    ...waiting.map(
      (each): Item => ({
        kind: 'waiting',
        id: each.id,
        system: each.system,
        rule: each.rule,
        cite: cite(each.rule),
        what: each.what,
        dueAt: isoOrNull(each.dueAt),
        overdue: each.dueAt !== null && each.dueAt < now,
        since: isoInstant(each.since),
        unit: each.unit,
        beat: each.beat,
        category: each.category,
        command: each.command,
      }),
    ),
  ];
  return {
    member: day.member.memberId,
    roles: [...day.member.roles].sort(),
    tour: day.tour && {
      start: isoInstant(day.tour.start),
      end: isoInstant(day.tour.end),
      role: day.tour.role,
    },
    nextTour: day.next && { start: isoInstant(day.next.start), end: isoInstant(day.next.end) },
    until: isoInstant(day.until),
    owed: day.owed.map(({ doneAt, ...owed }) => ({ ...owed, doneAt: isoOrNull(doneAt) })),
    items,
    total: items.length,
  };
}

/** Rows of a table before the rest is only counted: a screen, not a backlog. */
const ROWS = 15;

/** The day for people. */
export function todayDocument(day: Day, now: Instant, newestImport: Instant | null): Document {
  const owing = day.owed.filter(({ doneAt }) => doneAt === null).length;
  const { due, waiting } = split(day);
  const late = due.filter(({ due: { dueAt } }) => dueAt < now).length;
  return {
    title: `Today: ${day.member.memberId}`,
    subtitle: `${tourText(day)} · ${plural(owing, 'look')} owed, ${due.length} due (${late} overdue), ${waiting.length} more waiting`,
    asOf: now,
    newestImport,
    blocks: [owedTable(day), dueTable(due, day, now), waitingTable(waiting, now)],
    notes:
      day.tour === null
        ? [
            `No tour on the roster now${day.next === null ? '' : `; the next begins ${peopleInstant(day.next.start)}`}: listed is what falls due today.`,
          ]
        : [],
  };
}

function tourText({ tour, member }: Day): string {
  const roles = [...member.roles].sort().join(', ') || 'no role';
  if (tour === null) return `off duty, ${roles}`;
  return `tour ${peopleInstant(tour.start)} to ${peopleInstant(tour.end)}, ${tour.role ?? roles}`;
}

function owedTable({ owed }: Day): Table {
  return {
    kind: 'table',
    id: 'owed',
    title: 'Looks of this tour',
    columns: [
      { key: 'name', title: 'Look' },
      { key: 'rule', title: 'Rule' },
      { key: 'role', title: 'As', priority: 2 },
      { key: 'done', title: 'Given' },
      { key: 'command', title: 'Command', below: true },
    ],
    rows: owed.map(
      ({ name, rule, role, doneAt, command }): Readonly<Record<string, Cell>> => ({
        name,
        rule,
        role,
        done:
          doneAt === null ? { kind: 'tone', tone: 'warn', text: 'owed' } : { kind: 'instant', at: doneAt },
        command: doneAt === null ? command : null,
      }),
    ),
    empty: 'No look is owed now.',
  };
}

function dueTable(due: readonly DueStep[], day: Day, now: Instant): Table {
  return {
    kind: 'table',
    id: 'due',
    title: `Due by ${peopleInstant(day.until)}`,
    columns: [
      { key: 'id', title: 'Record', whole: true },
      { key: 'what', title: 'To do', whole: true },
      { key: 'rule', title: 'Rule' },
      { key: 'unit', title: 'Unit', priority: 4 },
      { key: 'beat', title: 'Beat', priority: 3 },
      { key: 'category', title: 'Category', priority: 2 },
      { key: 'due', title: 'Due' },
      { key: 'late', title: 'Overdue', align: 'right' },
      { key: 'command', title: 'Command', below: true },
    ],
    rows: due.slice(0, ROWS).map(({ due: each, what, command }) => ({
      id: each.id,
      what,
      rule: each.rule,
      unit: each.unit,
      beat: each.beat,
      category: each.category,
      ...dueCells(each.dueAt, now),
      command,
    })),
    empty: 'Nothing of yours falls due.',
    caption: more(due.length, 'rollcall overdue'),
  };
}

function waitingTable(waiting: readonly Waiting[], now: Instant): Table {
  return {
    kind: 'table',
    id: 'waiting',
    title: 'Waits for you as well',
    columns: [
      { key: 'id', title: 'Record', whole: true },
      { key: 'what', title: 'To do', whole: true },
      { key: 'rule', title: 'Rule' },
      { key: 'waits', title: 'Waits', align: 'right', priority: 2 },
      { key: 'due', title: 'Due' },
      { key: 'late', title: 'Overdue', align: 'right', priority: 1 },
      { key: 'command', title: 'Command', below: true },
    ],
    rows: waiting.slice(0, ROWS).map((each) => ({
      id: each.id,
      what: each.what,
      rule: each.rule,
      waits: { kind: 'duration', seconds: Math.max(0, now - each.since) },
      ...dueCells(each.dueAt, now),
      command: each.command,
    })),
    empty: 'Nothing else waits for you.',
    caption: more(waiting.length, listsOf(waiting)),
  };
}

// The list of each system that shows all of what waits.
function listsOf(waiting: readonly Waiting[]): string {
  const lists = {
    concerns: 'rollcall concerns worklist',
    csr: 'rollcall csr query-report',
    oss: 'rollcall oss queue',
  };
  return Object.entries(lists)
    .flatMap(([system, list]) => (waiting.some((each) => each.system === system) ? [list] : []))
    .join(', ');
}

function more(count: number, command: string): string | undefined {
  return count > ROWS ? `${count - ROWS} more: ${command}.` : undefined;
}

// Two columns: of a narrow terminal neither is cut.
function dueCells(dueAt: Instant | null, now: Instant): { readonly due: Cell; readonly late: Cell } {
  const late: Cell =
    dueAt !== null && dueAt < now ? { kind: 'tone', tone: 'bad', text: peopleAge(now - dueAt) } : null;
  return { due: { kind: 'instant', at: dueAt }, late };
}
