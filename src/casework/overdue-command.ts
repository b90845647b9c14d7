import type { Command, Context, Input, OptionDef, Outcome } from '../core/command.ts';
import { hoursBetween } from '../core/due.ts';
import { usageError } from '../core/errors.ts';
import { isoInstant } from '../core/instant.ts';
import { parseDuration } from '../core/parse-time.ts';
import { type Beat, type District, parseBeat, parseDistrict } from '../core/place.ts';
import type { Document, Table } from '../report/document.ts';
import { type Rows, readRows } from '../store/open.ts';
import { newestImport } from './newest-import.ts';
import {
  type DueClock,
  type HiddenClocks,
  notPrinted,
  type OverdueFilter,
  overdueClocks,
  rememberPrinted,
} from './overdue.ts';

/** What tells the overdue command of one system from another's. */
export interface OverdueSpec {
  readonly name: string;
  readonly system: string | null;
  readonly summary: string;
  readonly title: string;
  readonly details: string;
  readonly banner?: readonly string[];
  readonly carries: Command<Document>['carries'];
  /** Which clocks are not for whoever asks; absent where all are for everyone. */
  readonly hides?: (rows: Rows, context: Context) => Promise<HiddenClocks | null>;
}

const OPTIONS: readonly OptionDef[] = [
  { flags: '--district <district>', summary: 'only this district (005)' },
  { flags: '--beat <beat>', summary: 'only this beat (0511)' },
  { flags: '--unit <unit>', summary: 'only clocks that this unit owns' },
  { flags: '--within <duration>', summary: 'also what falls due within it: 36h, 2d' },
  { flags: '--new', summary: 'only what no earlier --new printed; remembers what it prints' },
  { flags: '--exit-code', summary: 'exit 1 when something listed is overdue' },
];

/** The command `… overdue` of a system, or of all. Needs no actor: it prints ids, dates, rules and units, no names. */
export function makeOverdueCommand(spec: OverdueSpec): Command<Document> {
  return {
    name: spec.name,
    summary: spec.summary,
    details: spec.details,
    options: OPTIONS,
    examples: [
      { line: `rollcall ${spec.name}`, says: 'what is overdue now, longest overdue first' },
      { line: `rollcall ${spec.name} --within 1d`, says: 'and what falls due in the next 24 hours' },
      { line: `rollcall ${spec.name} --new --exit-code`, says: 'for cron: speaks once of each clock' },
    ],
    fields: {
      'items[].id': 'record id',
      'items[].system': 'oss, concerns, csr or said',
      'items[].rule': 'rule whose clock it is',
      'items[].cite': 'directive and paragraph',
      'items[].startedAt': 'instant the clock started',
      'items[].dueAt': 'instant it was due, extensions included',
      'items[].overdueHours': 'hours past due, one decimal; negative when it is not due yet (--within)',
      'items[].overdue': 'true when past due',
      'items[].owner.role': 'role that is late',
      'items[].owner.unit': 'unit that is late',
      'items[].owner.member': 'member who is late',
      'items[].district': 'three digits',
      'items[].beat': 'four digits',
      'items[].category': 'category of the record',
      'items[].extensions': 'extensions granted so far',
      'items[].reassignments': 're-assignments so far',
      'items[].daysSinceFirstAssignment': 'calendar days since the first assignment, whatever happened since',
      total: 'number of items',
    },
    carries: spec.carries,
    writes: true,
    run: (context, input) => run(spec, context, input),
  };
}

async function run(spec: OverdueSpec, context: Context, input: Input): Promise<Outcome<Document>> {
  const filter = filterOf(spec, input);
  await requirePlace(context, filter);
  const find = async (reader: Rows) => ({
    clocks: await overdueClocks(
      reader,
      { ...filter, hidden: await spec.hides?.(reader, context) },
      context.now,
    ),
    newest: await newestImport(reader, spec.system),
  });
  const onlyNew = input.options.new === true;
  const found = await readRows(context.storePath, async (reader) => {
    const all = await find(reader);
    return onlyNew ? { ...all, clocks: await notPrinted(reader, all.clocks) } : all;
  });
  const late = found.clocks.filter((clock) => clock.overdue).length;
  // Of the two forms one is printed; the other need not be made.
  const items = once(() => found.clocks.map((clock) => itemOf(clock, context.now)));
  return {
    get document() {
      return documentOf(spec, found.clocks, context, found.newest, input);
    },
    data: {
      get items() {
        return items();
      },
      total: found.clocks.length,
      overdue: late,
    },
    get items() {
      return items();
    },
    // A run of --new that has nothing to say stays silent, so that cron sends no mail.
    text: onlyNew && found.clocks.length === 0 ? '' : undefined,
    settle: onlyNew && !context.dryRun ? () => remember(context, found.clocks) : undefined,
    newestImport: found.newest,
    exitCode: input.options.exitCode === true && late > 0 ? 1 : 0,
  };
}

async function remember(context: Context, clocks: readonly DueClock[]): Promise<void> {
  const { write } = await import('../store/store.ts');
  await write(context.storePath, async (writer) => rememberPrinted(writer, clocks, context.now));
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function filterOf(spec: OverdueSpec, input: Input) {
  const { district, beat, unit, within } = input.options;
  return {
    system: spec.system,
    district: typeof district === 'string' ? districtOption(district) : undefined,
    beat: typeof beat === 'string' ? beatOption(beat) : undefined,
    unit: typeof unit === 'string' ? unit.trim() : undefined,
    within: typeof within === 'string' ? parseDuration(within) : 0,
  } satisfies OverdueFilter;
}

/** Where a list is asked for. */
interface AskedFor {
  readonly district?: District | undefined;
  readonly beat?: Beat | undefined;
  readonly unit?: string | undefined;
}

/**
 * A mistyped place or unit would be silent for ever: one of no geography and no record is a usage error. What looks it up is
 * loaded only where a place is named.
 */
export async function requirePlace(
  { storePath }: Pick<Context, 'storePath'>,
  { district, beat, unit }: AskedFor,
): Promise<void> {
  if (district === undefined && beat === undefined && unit === undefined) return;
  const { requireListedPlace } = await import('./known-place.ts');
  await requireListedPlace(storePath, { district: district ?? null, beat: beat ?? null, unit: unit ?? null });
}

/** A --district value as three digits; throws a usage error. */
export function districtOption(text: string): District {
  const parsed = parseDistrict(text);
  if (parsed === null) throw usageError(`--district ${text} is no district.`, 'Give its number: 5 or 005.');
  return parsed.district;
}

/** A --beat value as four digits; throws a usage error. */
export function beatOption(text: string): Beat {
  const parsed = parseBeat(text);
  if (parsed === null) throw usageError(`--beat ${text} is no beat.`, 'Give its number: 511 or 0511.');
  return parsed.beat;
}

function itemOf(clock: DueClock, now: Context['now']): Readonly<Record<string, unknown>> {
  return {
    id: clock.id,
    system: clock.system,
    rule: clock.rule,
    cite: clock.cite,
    startedAt: isoInstant(clock.startedAt),
    dueAt: isoInstant(clock.dueAt),
    overdueHours: hoursBetween(clock.dueAt, now),
    overdue: clock.overdue,
    owner: clock.owner,
    district: clock.district,
    beat: clock.beat,
    category: clock.category,
    extensions: clock.extensions,
    reassignments: clock.reassignments,
    daysSinceFirstAssignment: clock.daysSinceFirstAssignment,
  };
}

function documentOf(
  spec: OverdueSpec,
  clocks: readonly DueClock[],
  context: Context,
  newest: Context['now'] | null,
  input: Input,
): Document {
  const late = clocks.filter((clock) => clock.overdue).length;
  const soon = clocks.length - late;
  const within =
    typeof input.options.within === 'string' ? `, ${soon} more due within ${input.options.within}` : '';
  const table: Table = {
    kind: 'table',
    id: 'overdue',
    columns: [
      { key: 'id', title: 'Record' },
      { key: 'rule', title: 'Rule' },
      { key: 'cite', title: 'Paragraph', priority: 3 },
      { key: 'due', title: 'Due' },
      { key: 'late', title: 'Overdue', align: 'right' },
      { key: 'owner', title: 'Owner' },
      { key: 'district', title: 'Dist', priority: 4 },
      { key: 'beat', title: 'Beat', priority: 2 },
      { key: 'category', title: 'Category', priority: 5 },
      { key: 'extensions', title: 'Ext', align: 'right', priority: 6 },
      { key: 'reassignments', title: 'Reas', align: 'right', priority: 7 },
      { key: 'days', title: 'Days', align: 'right', priority: 8 },
    ],
    rows: clocks.map((clock) => ({
      id: clock.id,
      rule: clock.rule,
      cite: clock.cite,
      due: { kind: 'instant', at: clock.dueAt },
      late: clock.overdue
        ? { kind: 'duration', seconds: context.now - clock.dueAt }
        : { kind: 'tone', tone: 'warn', text: 'not yet' },
      owner: ownerText(clock),
      district: clock.district,
      beat: clock.beat,
      category: clock.category,
      extensions: clock.extensions,
      reassignments: clock.reassignments,
      days: clock.daysSinceFirstAssignment,
    })),
    empty: input.options.new === true ? 'Nothing new is overdue.' : 'Nothing is overdue.',
    caption:
      clocks.length === 0
        ? undefined
        : 'Ext: extensions. Reas: re-assignments. Days: since the first assignment.',
  };
  return {
    title: spec.title,
    subtitle: `${late} overdue${within}`,
    banner: spec.banner,
    asOf: context.now,
    newestImport: newest,
    blocks: [table],
  };
}

function ownerText(clock: DueClock): string {
  const unit = clock.owner.unit === null ? null : `unit ${clock.owner.unit}`;
  return [unit, clock.owner.member ?? clock.owner.role].filter((part) => part !== null).join(', ');
}
