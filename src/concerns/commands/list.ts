import { refuseBy } from '../../casework/act-verb.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { beatOption, districtOption, requirePlace } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import { districtOfBeat } from '../../core/place.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { type ListFilter, listConcerns, OPEN_STATES } from '../list.ts';
import { concernItem, concernTable } from '../list-output.ts';
import { lookAround } from '../looking.ts';
import { ORIGINS, STATES } from '../state.ts';
import type { Scope } from '../visibility.ts';

/** `rollcall concerns list`: concerns by state, place, unit, origin; who still waits for a reply (CSR-17). */
export const concernsList: Command<Document> = {
  name: 'concerns list',
  summary: 'concerns by state, place, unit and origin',
  details:
    'As they stood at the as-of. With an actor: the concerns that the role may see (CC-10), and opening the list counts ' +
    'as the look of the tour. Without one: ids, dates, units and districts only. --awaiting-reply lists those to whose ' +
    'resident no reply is on record (CSR-17).',
  options: [
    {
      flags: '--state <state>',
      summary: 'only these states; again for more',
      choices: STATES,
      repeatable: true,
    },
    { flags: '--open', summary: 'only those in which something is still owed' },
    { flags: '--district <district>', summary: 'only this district (005)' },
    { flags: '--beat <beat>', summary: 'only this beat (0511)' },
    { flags: '--unit <unit>', summary: 'only those with a running task of this unit' },
    { flags: '--origin <origin>', summary: 'only those that came this way', choices: ORIGINS },
    { flags: '--category <category>', summary: 'only this category' },
    { flags: '--awaiting-reply', summary: 'only those without a reply on record' },
  ],
  examples: [
    { line: 'rollcall concerns list --open --district 005', says: 'what is still owed in a district' },
    { line: 'rollcall concerns list --awaiting-reply --actor M0019', says: 'who still waits for a reply' },
  ],
  fields: {
    'items[].id': 'control number',
    'items[].state': 'its place in the workflow at the as-of, for an actor who may see it, else null',
    'items[].origin': 'how it came; the same',
    'items[].category': 'category as entered; the same',
    'items[].district': 'three digits',
    'items[].beat': 'four digits, for an actor who may see it, else null',
    'items[].submittedAt': 'instant of submission',
    'items[].dueAt': 'first due instant of a clock that runs',
    'items[].tasks[]':
      'rule, unit, member, dueAt and period of each clock that runs; member and period for an actor who may see them, else null',
    'items[].extensions': 'extensions granted so far, for an actor who may see it, else null',
    'items[].reassignments': 're-assignments so far; the same',
    'items[].primaryControlNumber': 'the primary it is associated to',
    'items[].address': 'for an actor who may see it, else null',
    'items[].description': 'the same',
    total: 'number of items',
  },
  carries: [
    { rule: 'CC-10', as: 'block' },
    { rule: 'CC-14', as: 'check' },
    { rule: 'CSR-17', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const filter = filterOf(input);
  await requirePlace(context, filter);
  const { looker, seen } = await lookAround(context, 'concerns list', filter, (scope) =>
    holdsNew(filter, scope),
  );
  if (looker === null) requireTold(context, input);
  const { list, newest } = await read(context.storePath, async (reader) => ({
    list: await listConcerns(reader, filter, looker?.scope ?? null, context.now),
    newest: await newestImport(reader, 'concerns'),
  }));
  const items = list.map((concern) => concernItem(concern, looker !== null));
  return {
    get document() {
      return {
        title: filter.awaitingReply === true ? 'Concerns that wait for a reply' : 'Community Concerns',
        subtitle: `${plural(list.length, 'concern')} · ${seen}`,
        asOf: context.now,
        newestImport: newest,
        blocks: [concernTable(list, context.now, { empty: 'No concern fits.', bare: looker === null })],
        notes: filter.awaitingReply === true ? ['Replied to means a reply is on record (CSR-17).'] : [],
      };
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

// New is what nobody has accepted yet, in a district of theirs; a selection that leaves it out is no look of the tour.
function holdsNew(
  { district, beat, unit, origin, category, states, awaitingReply }: ReturnType<typeof filterOf>,
  { all, districts }: Scope,
): boolean {
  const place = district ?? (beat === undefined ? undefined : districtOfBeat(beat));
  const narrowed = [unit, origin, category].some((each) => each !== undefined) || awaitingReply;
  return (
    !narrowed &&
    (states?.includes('submitted') ?? true) &&
    (all || place === undefined || districts.includes(place))
  );
}

// What is not told is not selected by: the selection would tell it.
const UNTOLD = ['state', 'beat', 'origin', 'category'];

function requireTold(context: Context, { options }: Input): void {
  const asked = UNTOLD.find((name) => [options[name] ?? []].flat().length > 0);
  if (asked === undefined) return;
  throw refuseBy(
    context,
    'CC-10',
    `--${asked} selects by what this list does not hold.`,
    'Name a member who may see concerns with --actor.',
  );
}

function filterOf({ options }: Input) {
  const { district, beat, unit, origin, category, state } = options;
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : undefined);
  const states = Array.isArray(state) && state.length > 0 ? state.map(String) : undefined;
  return {
    district: typeof district === 'string' ? districtOption(district) : undefined,
    beat: typeof beat === 'string' ? beatOption(beat) : undefined,
    unit: text(unit),
    origin: text(origin),
    category: text(category),
    states: states ?? (options.open === true ? OPEN_STATES : undefined),
    awaitingReply: options.awaitingReply === true,
  } satisfies ListFilter;
}
