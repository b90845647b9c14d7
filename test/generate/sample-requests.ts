import { type CityRequest, calledOn, cityRequest, srNumber } from './city-requests.ts';
import { type Civil, civil, DAY, dayOf, month } from './civil.ts';
import type { Row } from './columns.ts';
import { blockIn, blocksOf005, type Place, takeBlock } from './places.ts';
import { type PoliceKind, policeStory } from './police-requests.ts';
import { at, type Rng, seeded } from './random.ts';
import { REQUEST_TYPES, type RequestType, TYPE_IN_MONTH } from './request-types.ts';

const FIRST = civil('2019-07-01');
const DAYS = 553;
const ORDINARY = 1240;
const DUPLICATES = 60;
const ELSEWHERE = ['2212', '2221', '0413', '0424', '0624'];
const AWAY = 25;

/** Places with the same trouble again and again, each with the months (from July 2019) in which it is reported. */
const CHRONIC: readonly (readonly [string, readonly number[]])[] = [
  ['Fly Dumping Complaint', [9, 11, 13, 14, 16, 17]],
  ['Rodent Baiting/Rat Complaint', [10, 12, 13, 15, 16]],
  ['Street Light Out Complaint', [7, 12, 15, 17]],
  ['Vacant/Abandoned Building Complaint', [8, 11, 14, 16]],
  ['Water in Basement Complaint', [10, 11, 13]],
  ['Abandoned Vehicle Complaint', [9, 12, 16, 17]],
  ['Alley Light Out Complaint', [1, 3, 6, 8]],
  ['Garbage Cart Maintenance', [8, 12, 15]],
];

interface Draft {
  readonly created: Civil;
  readonly type: RequestType;
  readonly place: Place;
  readonly parent?: Draft;
}

function typeNamed(name: string): RequestType {
  const found = REQUEST_TYPES.find((type) => type.name === name);
  if (found === undefined) throw new RangeError(`no request type ${name}`);
  return found;
}

function ordinary(rng: Rng, place: Place): Draft {
  const day = FIRST + rng.int(0, DAYS - 1) * DAY;
  return { created: calledOn(day, rng), type: at(TYPE_IN_MONTH, month(day) - 1)(rng), place };
}

function monthStart(index: number): Civil {
  return Date.UTC(2019, 6 + index, 1) / 1000;
}

function drafts(seed: number): Draft[] {
  const rng = seeded(seed, 'sample-requests');
  const blocks = blocksOf005(seed);
  const all: Draft[] = [];
  for (let i = 0; i < ORDINARY; i++) all.push(ordinary(rng, takeBlock(blocks)));
  for (let i = 0; i < AWAY; i++) all.push(ordinary(rng, blockIn(rng.pick(ELSEWHERE), rng)));
  for (const [name, months] of CHRONIC) {
    const place = takeBlock(blocks);
    for (const index of months) {
      all.push({
        created: calledOn(monthStart(index) + rng.int(0, 27) * DAY, rng),
        type: typeNamed(name),
        place,
      });
    }
  }
  const parents = all.filter((draft) => draft.type.informationOnly !== true);
  for (let i = 0; i < DUPLICATES; i++) {
    const parent = rng.pick(parents);
    const created = calledOn(dayOf(parent.created) + rng.int(1, 4) * DAY, rng);
    if (created < FIRST + DAYS * DAY) all.push({ created, type: parent.type, place: parent.place, parent });
  }
  return all.toSorted((a, b) => a.created - b.created);
}

/** About 1,370 City requests of six quarters, nearly all in the 005th District, oldest first. */
export function sampleRequests(seed: number, asOf: Civil): CityRequest[] {
  const rng = seeded(seed, 'sample-request-lives');
  const ordered = drafts(seed);
  const numbers = new Map(ordered.map((draft, i) => [draft, srNumber(draft.created, 10_001 + i * 3)]));
  return ordered.map((draft) => {
    const { created, type, place, parent } = draft;
    const sr = numbers.get(draft) ?? '';
    return cityRequest(rng, asOf, { sr, created, type, place, parent: parent && numbers.get(parent) });
  });
}

/** Police requests whose worksheet is done, with their numbers. */
const OVER: readonly (readonly [PoliceKind, number])[] = [
  ['on-time', 65],
  ['late', 10],
  ['extended', 12],
  ['late-extension', 4],
  ['second-extension', 3],
  ['second-extension-by-sergeant', 1],
  ['returned', 8],
];
/** Police requests still open on 4 January 2021, by the day of their assignment. */
const RUNNING: readonly (readonly [PoliceKind, string])[] = [
  ['open', '2020-12-14'],
  ['open', '2020-12-20'],
  ['open', '2020-12-23'],
  ['open', '2020-12-27'],
  ['open', '2020-12-28'],
  ['open', '2020-12-28'],
  ['open', '2020-12-29'],
  ['open', '2020-12-30'],
  ['open', '2020-12-31'],
  ['open', '2021-01-02'],
  ['open', '2021-01-03'],
  ['open', '2021-01-03'],
  ['extension-pending', '2020-12-29'],
  ['extension-pending', '2020-12-29'],
  ['unassigned', '2021-01-02'],
  ['unassigned', '2021-01-03'],
  ['unassigned', '2021-01-03'],
];

/** 120 police requests, more of them in the last quarter, with their events. */
export function samplePolice(seed: number): { rows: Row[]; events: Row[] } {
  const rng = seeded(seed, 'sample-police');
  const blocks = blocksOf005(seed + 2);
  const last = civil('2020-11-29');
  const over = OVER.flatMap(([kind, times]) => Array.from({ length: times }, () => kind)).map((kind) => {
    const day = dayOf(last - rng.next() ** 1.8 * (last - FIRST - 5 * DAY));
    return { kind, day };
  });
  const plans = [...over, ...RUNNING.map(([kind, day]) => ({ kind, day: civil(day) }))];
  const rows: Row[] = [];
  const events: Row[] = [];
  for (const [i, { kind, day }] of plans.toSorted((a, b) => a.day - b.day).entries()) {
    const sr = srNumber(day - 4 * DAY, 900_001 + i * 7);
    const story = policeStory(seeded(seed, 'sample-police', sr), { sr, kind, day, place: takeBlock(blocks) });
    rows.push(story.row);
    events.push(...story.events);
  }
  return { rows, events };
}
