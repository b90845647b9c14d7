import { newestImport } from '../../casework/newest-import.ts';
import type { DueClock } from '../../casework/overdue.ts';
import { beatOption, districtOption, requirePlace } from '../../casework/overdue-command.ts';
import { sameUnit } from '../../casework/units.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { isoInstant } from '../../core/instant.ts';
import { parseDuration } from '../../core/parse-time.ts';
import type { Document } from '../../report/document.ts';
import { readRows } from '../../store/open.ts';
import { type CalendarClock, calendarClocks } from '../calendar-clocks.ts';
import { type CalendarEntry, calendarText } from '../calendar-text.ts';
import { hiddenClocks } from '../hidden-clocks.ts';
import { ownerRoles } from '../today-due.ts';
import { knownToday } from '../today-member.ts';

/** `rollcall calendar`: due dates for a calendar program, RFC 5545, ids only. */
export const calendar: Command<Document> = {
  name: 'calendar',
  summary: 'due dates for a calendar program',
  details:
    'iCalendar text (RFC 5545): record id, rule, unit and due instant, no names and no texts. For an actor the clocks ' +
    'that the member answers for, as rollcall today has them: their own, and by their roles those of their unit and ' +
    'district. Without an actor, as cron runs, every clock that cron may tell of. Reading the file again moves an entry ' +
    'whose due date has moved, and takes away one whose clock has stopped: those of the last weeks are in it as ' +
    'cancelled.',
  options: [
    { flags: '--district <district>', summary: 'only this district (005)' },
    { flags: '--beat <beat>', summary: 'only this beat (0511)' },
    { flags: '--unit <unit>', summary: 'only clocks that this unit owns' },
    {
      flags: '--within <duration>',
      summary: 'what falls due within it, 60d without; what is overdue is always in',
    },
    { flags: '--mine', summary: 'what the acting member answers for, or no calendar where nobody is known' },
  ],
  examples: [
    { line: 'rollcall calendar --actor M0019 -o due.ics', says: 'your own, to open in a calendar program' },
    {
      line: 'rollcall calendar --district 005 -o due.ics',
      says: "a district's, where nobody is known to act",
    },
  ],
  fields: {
    'items[].uid': 'id of the entry, the same for the same clock whatever its extensions',
    'items[].sequence': 'goes up with each change of the entry',
    'items[].id': 'record id',
    'items[].rule': 'rule whose clock it is',
    'items[].dueAt': 'instant it is due',
    'items[].overdue': 'true when past due and still running',
    'items[].cancelled': 'true when its clock has stopped',
    'items[].unit': 'the unit that owns it',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-15', as: 'report' },
    { rule: 'CC-22', as: 'report' },
  ],
  extensions: ['.ics'],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const { district, beat, unit, within, mine } = input.options;
  const filter = {
    system: null,
    district: typeof district === 'string' ? districtOption(district) : undefined,
    beat: typeof beat === 'string' ? beatOption(beat) : undefined,
    unit: typeof unit === 'string' ? unit.trim() : undefined,
    within: parseDuration(typeof within === 'string' ? within : '60d'),
  };
  await requirePlace(context, filter);
  const { clocks, newest } = await readRows(context.storePath, async (rows) => {
    const member = await knownToday(rows, context);
    if (member === null && mine === true)
      throw usageError('--mine needs to know who acts.', 'Name the member with --actor.');
    const hidden = await hiddenClocks(rows, context);
    const all = await calendarClocks(rows, { ...filter, hidden }, context.now);
    const newest = await newestImport(rows, null);
    if (member === null) return { clocks: all, newest };
    const roles = new Set(ownerRoles(member.roles));
    return { clocks: all.filter(({ clock }) => isMine(clock, member, roles)), newest };
  });
  if (clocks.every(({ cancelled }) => cancelled)) context.note('Nothing is due.');
  const items = clocks.map(({ uid, sequence, clock, cancelled }) => ({
    uid,
    sequence,
    id: clock.id,
    rule: clock.rule,
    dueAt: isoInstant(clock.dueAt),
    overdue: clock.overdue && !cancelled,
    cancelled,
    unit: clock.owner.unit,
  }));
  return {
    document: {
      title: 'Due dates',
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'due',
          columns: [
            { key: 'id', title: 'Record' },
            { key: 'rule', title: 'Rule' },
            { key: 'due', title: 'Due' },
            { key: 'unit', title: 'Unit' },
            { key: 'status', title: 'Status' },
          ],
          rows: clocks.map(({ clock, cancelled }) => ({
            id: clock.id,
            rule: clock.rule,
            due: { kind: 'instant', at: clock.dueAt },
            unit: clock.owner.unit,
            status: cancelled ? 'no longer due' : clock.overdue ? 'overdue' : 'due',
          })),
          empty: 'Nothing is due.',
        },
      ],
    },
    data: { items, total: items.length },
    items,
    text: calendarText(clocks.map(entryOf), context.now),
    newestImport: newest,
  };
}

function entryOf({ uid, sequence, changedAt, clock, cancelled }: CalendarClock): CalendarEntry {
  const { id, rule, cite, owner } = clock;
  const overdue = clock.overdue && !cancelled;
  const unit = owner.unit === null ? '' : `, unit ${owner.unit}`;
  return {
    uid,
    sequence,
    changedAt,
    cancelled,
    at: clock.dueAt,
    summary: `${cancelled ? 'No longer due' : overdue ? 'Overdue' : 'Due'}: ${id} (${rule}${unit})`,
    description: `${rule}, ${cite}. Why: rollcall why ${id}`,
    overdue,
  };
}

function isMine(
  { owner }: DueClock,
  member: { readonly memberId: string; readonly unit: string | null; readonly district: string | null },
  roles: ReadonlySet<string>,
): boolean {
  if (owner.member === member.memberId) return true;
  if (owner.role === null || !roles.has(owner.role)) return false;
  const { unit } = owner;
  if (unit === null) return owner.member === null;
  return [member.unit, member.district].some((own) => own !== null && sameUnit(own, unit));
}
