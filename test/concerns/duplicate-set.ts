import { type Candidate, FREE } from '../../src/concerns/duplicates.ts';
import { DAY } from '../../src/core/calendar.ts';
import type { Instant } from '../../src/core/instant.ts';

/** A concern with the matter that it is really about. */
export interface Labelled extends Candidate {
  readonly matter: number;
}

type Words = readonly (readonly string[])[];

// Each slot holds ways of saying the same; a report takes one of each and leaves some slots out.
const MATTERS: Readonly<Record<string, Words>> = {
  noise: [
    ['loud music', 'music playing loud', 'booming stereo', 'very loud music'],
    ['from parked cars', 'from a parked car', 'out of vehicles'],
    ['after midnight', 'late at night', 'past midnight', 'all night long'],
    ['every weekend', 'on weekends', 'Friday and Saturday'],
    ['by the gas station', 'beside the gas station', 'gas station lot'],
  ],
  loitering: [
    ['group of men', 'men gathering', 'people hanging out', 'several men'],
    ['in front of the liquor store', 'outside the liquor store', 'at the liquor store door'],
    ['blocking the sidewalk', 'sidewalk is blocked', 'nobody can use the sidewalk'],
    ['asking customers for money', 'begging customers', 'harassing customers'],
    ['each evening', 'evenings', 'after dark'],
  ],
  traffic: [
    ['cars speeding', 'drivers racing', 'speeding drivers', 'cars race'],
    ['past the elementary school', 'by the elementary school', 'near the school entrance'],
    ['ignore the stop sign', 'running the stop sign', 'stop sign ignored'],
    ['during pickup', 'when children are picked up', 'at dismissal'],
  ],
  narcotics: [
    ['drug sales', 'dealing drugs', 'hand to hand sales'],
    ['from a gray porch', 'on the gray porch', 'porch of the gray house'],
    ['buyers come in cars', 'cars stop briefly', 'quick stops by buyers'],
    ['lookout on a bicycle', 'boy on a bicycle keeps watch', 'bicycle lookout'],
  ],
  drinking: [
    ['drinking in the playground', 'alcohol in the playlot', 'people drink at the playground'],
    ['broken bottles', 'glass bottles left', 'bottles smashed'],
    ['by the swings', 'under the swings', 'around the swings'],
    ['families stay away', 'parents avoid it', 'families are afraid'],
  ],
  vehicle: [
    ['abandoned van', 'van left behind', 'old van'],
    ['no plates', 'without plates', 'license plates missing'],
    ['flat tires', 'tires are flat', 'two flat tires'],
    ['blocking the alley', 'alley blocked', 'in the alley'],
  ],
  building: [
    ['vacant building', 'empty building', 'abandoned two-flat'],
    ['rear door open', 'back door is open', 'open rear door'],
    ['people sleeping inside', 'squatters inside', 'someone sleeps inside'],
    ['boards torn off', 'boards removed', 'window boards gone'],
  ],
};
const KINDS = Object.keys(MATTERS);

/** A repeatable source of numbers from 0 to below 1 (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function pick<T>(list: readonly T[], next: () => number): T {
  const found = list[Math.floor(next() * list.length)];
  if (found === undefined) throw new RangeError('nothing to pick');
  return found;
}

// One letter in eighty is mistyped.
function mistyped(text: string, next: () => number): string {
  return [...text].map((letter) => (next() < 1 / 80 && letter !== ' ' ? 'x' : letter)).join('');
}

function telling(kind: string, next: () => number): string {
  const slots = MATTERS[kind] ?? [];
  const left = Math.floor(next() * slots.length);
  const parts = slots.flatMap((ways, at) => (at === left && next() < 0.5 ? [] : [pick(ways, next)]));
  return mistyped(parts.join(' '), next);
}

/**
 * `matters` matters over a part of the city and two years, each reported one to four times by different people: in
 * other words, up to 80 m off, within three weeks. Every third is of another kind at the place and time of the one before;
 * matters of one kind recur a few blocks away. One report in twelve has another category than the matter's.
 * `again` is the share of matters that are reported so; the others are reported once.
 */
export function labelledConcerns(matters: number, seed: number, again = 1): readonly Labelled[] {
  const next = seeded(seed);
  const list: Labelled[] = [];
  const side = Math.sqrt(matters / 40) * 0.009;
  let first = 0;
  let place = { latitude: 41.7, longitude: -87.63 };
  for (let matter = 0; matter < matters; matter++) {
    // Every third is where and when the last one was.
    if (matter % 3 !== 2) {
      place = { latitude: 41.7 + next() * side, longitude: -87.63 + next() * side * 1.34 };
      first = 1_546_300_800 + Math.floor(next() * 730 * DAY);
    }
    const kind = KINDS[(matter * 3 + Math.floor(matter / 3)) % KINDS.length] ?? 'noise';
    const reports = next() < again ? 1 + Math.floor(next() * 4) : 1;
    for (let report = 0; report < reports; report++) {
      const metres = 80 * next();
      const angle = next() * 2 * Math.PI;
      list.push({
        id: `S${String(list.length).padStart(7, '0')}`,
        matter,
        submittedAt: (first + Math.floor(report === 0 ? 0 : next() * 21 * DAY)) as Instant,
        category: next() < 1 / 12 ? pick(KINDS, next) : kind,
        description: telling(kind, next),
        address: null,
        latitude: place.latitude + (metres * Math.sin(angle)) / 111_320,
        longitude: place.longitude + (metres * Math.cos(angle)) / (111_320 * 0.747),
        standing: FREE,
      });
    }
  }
  return list;
}
