import { newestImport } from '../../casework/newest-import.ts';
import type { HiddenClocks } from '../../casework/overdue.ts';
import type { WaitingSource } from '../../casework/waiting.ts';
import { endOfDay, localDate } from '../../core/calendar.ts';
import type { Command, Context, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Instant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Rows, readRows } from '../../store/open.ts';
import { dueForMe } from '../today-due.ts';
import { knownToday, toursOf } from '../today-member.ts';
import { type Day, todayData, todayDocument } from '../today-output.ts';
import { owedAccesses } from '../today-owed.ts';

/**
 * `rollcall today`: what waits for the acting member this tour, what falls due in it, which looks are owed. `sources`
 * loads what of each directive waits, `hides` says which clocks are not for the acting member.
 */
export function makeToday(sources: Sources, hides: Hides = async () => null): Command<Document> {
  return { ...TODAY, run: (context) => run(context, sources, hides) };
}

const TODAY: Omit<Command<Document>, 'run'> = {
  name: 'today',
  summary: 'your tour: what waits, what falls due, which looks are owed',
  details:
    'For the acting member, from the duty roster: the looks that the roles owe each tour (CC-14, CC-20, CC-26, CC-29, ' +
    'CSR-36), the clocks of the member, the unit or the district that are due before the tour ends, and what waits for ' +
    'a decision, each with its command. It is no look itself: opening a list is. Without a tour on the roster the rest ' +
    'of the Chicago day is taken.',
  examples: [{ line: 'rollcall today --actor M0019', says: "the sergeant's day" }],
  fields: {
    member: 'who acts',
    roles: 'roles held or lent now',
    tour: 'start, end and role; null when none is on the roster now',
    nextTour: 'start and end of the next one',
    until: 'what is due by then is listed: the end of the tour, else of the day',
    'owed[]': 'rule, cite, name, role, system, doneAt (null while it is owed) and command',
    'items[].kind': 'due or waiting',
    'items[].id': 'record id',
    'items[].system': 'oss, concerns, csr or said',
    'items[].rule': 'rule behind it',
    'items[].cite': 'directive and paragraph',
    'items[].what': 'what is to be done',
    'items[].dueAt': 'instant it is due; null where no clock runs',
    'items[].overdue': 'true when past due',
    'items[].since': 'instant since when it waits',
    'items[].unit': 'unit of a task',
    'items[].beat': 'four digits',
    'items[].category': 'category of the record',
    'items[].command': 'the command for it',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-14', as: 'check' },
    { rule: 'CC-20', as: 'check' },
    { rule: 'CC-26', as: 'check' },
    { rule: 'CC-29', as: 'check' },
    { rule: 'CSR-36', as: 'check' },
  ],
};

type Sources = () => Promise<readonly WaitingSource[]>;
type Hides = (rows: Rows, context: Context) => Promise<HiddenClocks | null>;

async function run(context: Context, sources: Sources, hides: Hides): Promise<Outcome<Document>> {
  const { day, newest } = await readRows(context.storePath, async (rows) => ({
    day: await dayOf(rows, context, sources, hides),
    newest: await newestImport(rows, null),
  }));
  // Of the two forms one is printed; the other need not be made, nor its cites be read.
  const data = once(() => todayData(day, context.now, loadPolicy(context.env).cite));
  return {
    get document() {
      return todayDocument(day, context.now, newest);
    },
    get data() {
      return data();
    },
    get items() {
      return data().items;
    },
    newestImport: newest,
  };
}

async function dayOf(rows: Rows, context: Context, sources: Sources, hides: Hides): Promise<Day> {
  const { now } = context;
  const member = await knownToday(rows, context);
  if (member === null)
    throw usageError('rollcall must know who acts.', 'Name the member with --actor or ROLLCALL_ACTOR.');
  const waiting = await Promise.all((await sources()).map((source) => source(rows, member, context)));
  const { running, next } = await toursOf(rows, member.memberId, now);
  const ends = running.map(({ end }) => end);
  const until = (ends.length === 0 ? endOfDay(localDate(now)) : Math.max(...ends)) as Instant;
  return {
    member,
    tour: running[0] ?? null,
    next,
    until,
    owed: await owedAccesses(rows, member, running, now),
    due: await dueForMe(rows, member, now, until, await hides(rows, context)),
    waiting: waiting.flat(),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
