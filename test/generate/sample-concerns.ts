import { type Civil, civil, DAY } from './civil.ts';
import { PROFILES, type Row } from './columns.ts';
import type { ConcernKind, ConcernPlan } from './concern-kinds.ts';
import { concernStory } from './concerns.ts';
import { blocksOf005, type Place, takeBlock } from './places.ts';
import { at, seeded } from './random.ts';

/** Kinds whose story is over, with their numbers; they are spread over the six quarters. */
const OVER: readonly (readonly [ConcernKind, number])[] = [
  ['on-time', 58],
  ['late', 11],
  ['extended', 13],
  ['extended-twice', 5],
  ['late-extension', 5],
  ['refused-extension', 3],
  ['reassigned', 5],
  ['disapproved', 4],
  ['two-units', 2],
  ['disputed', 1],
  ['criminal', 2],
  ['late-accept', 5],
  ['not-accepted-content', 3],
  ['not-accepted-criminal', 2],
  ['not-accepted-other', 3],
];

/** Stories still running on 4 January 2021, by the day of their last step or assignment. */
const RUNNING: readonly (readonly [ConcernKind, string])[] = [
  // past their due day
  ['shuffled', '2020-12-10'],
  ['open', '2020-12-11'],
  ['open', '2020-12-16'],
  ['open-extended', '2020-12-17'],
  ['open-extended', '2020-12-19'],
  ['returned-open', '2020-12-21'],
  ['open', '2020-12-23'],
  ['open', '2020-12-26'],
  ['open', '2020-12-27'],
  // due within 48 hours
  ['open-extended', '2020-12-21'],
  ['open-extended', '2020-12-22'],
  ['open', '2020-12-28'],
  ['open', '2020-12-29'],
  // due later
  ['open-extended', '2020-12-26'],
  ['open', '2020-12-30'],
  ['open', '2020-12-31'],
  ['open', '2020-12-31'],
  ['open', '2021-01-02'],
  ['open', '2021-01-03'],
  // waiting for someone
  ['awaiting-approval', '2020-12-22'],
  ['awaiting-approval', '2020-12-23'],
  ['awaiting-approval', '2020-12-26'],
  ['awaiting-assignment', '2021-01-02'],
  ['awaiting-assignment', '2021-01-03'],
  ['accessed', '2020-12-29'],
  ['accessed', '2020-12-31'],
  ['accessed', '2021-01-03'],
  ['unopened', '2020-12-28'],
  ['unopened', '2021-01-02'],
];

const FIRST = civil('2019-07-05');
const LAST = civil('2020-12-07');

interface Draft {
  readonly kind: ConcernKind;
  readonly day: Civil;
  readonly place: Place;
  readonly primary?: Draft;
  readonly category?: string;
  readonly origin?: string;
  readonly inColumns?: boolean;
}

function drafts(seed: number): Draft[] {
  const rng = seeded(seed, 'sample-concerns');
  const blocks = blocksOf005(seed + 1);
  const kinds = rng.shuffled(OVER.flatMap(([kind, times]) => Array.from({ length: times }, () => kind)));
  const all: Draft[] = kinds.map((kind, i) => {
    const day = FIRST + Math.round((i * (LAST - FIRST)) / kinds.length / DAY) * DAY;
    // Half of the plain ones tell their closing in columns, the others by events.
    const inColumns = (kind === 'on-time' || kind === 'late') && rng.chance(0.5);
    return { kind, day, place: takeBlock(blocks), inColumns };
  });
  // Four primaries, one of them with a neighbor that turns out to be another matter (CC-06).
  for (const [i, share] of [0.2, 0.45, 0.7, 0.9].entries()) {
    const day = FIRST + Math.round((share * (LAST - FIRST)) / DAY) * DAY;
    const place = takeBlock(blocks);
    const category = at(['noise', 'loitering', 'narcotics', 'traffic'], i);
    const primary: Draft = { kind: 'on-time', day, place, category };
    all.push(primary);
    const near = { place, category, primary };
    for (const later of [1, 2])
      all.push({ ...near, kind: 'associated', day: day + later * DAY, inColumns: later === 1 });
    if (i === 3) all.push({ ...near, kind: 'separated', day: day + DAY, origin: 'phone' });
  }
  for (const [kind, day] of RUNNING) all.push({ kind, day: civil(day), place: takeBlock(blocks) });
  return all.toSorted((a, b) => a.day - b.day);
}

/** About 160 concerns of six quarters in every state, with their events, numbered in order of time. */
export function sampleConcerns(seed: number): { rows: Row[]; events: Row[] } {
  const ordered = drafts(seed);
  const control = (draft: Draft): string => `CC-${String(2001 + ordered.indexOf(draft)).padStart(6, '0')}`;
  const rows: Row[] = [];
  const events: Row[] = [];
  for (const draft of ordered) {
    const { kind, day, place, origin, category, inColumns } = draft;
    const primary = draft.primary === undefined ? undefined : control(draft.primary);
    const plan: ConcernPlan = {
      control: control(draft),
      kind,
      day,
      place,
      origin,
      primary,
      category,
      inColumns,
    };
    const story = concernStory(seeded(seed, 'sample-concern', plan.control), plan);
    rows.push(story.row);
    events.push(...story.events);
  }
  const when = PROFILES['concern-events'].columns.indexOf('at');
  const time = (row: Row): string => at(row, when);
  return { rows, events: events.toSorted((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0)) };
}
