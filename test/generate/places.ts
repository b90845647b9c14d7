import { at, type Rng, seeded } from './random.ts';

/** An invented place on a plausible street, with coordinates that roughly fit the street grid. */
export interface Place {
  readonly number: number;
  readonly direction: string;
  readonly street: string;
  readonly suffix: string;
  readonly district: string;
  readonly beat: string;
  readonly zip: string;
  readonly ward: string;
  readonly communityArea: string;
  /** Feet, Illinois State Plane East, about. */
  readonly x: number;
  readonly y: number;
  readonly latitude: string;
  readonly longitude: string;
}

// Street name, kind, and its place on the grid: numbers west of State Street (negative is east).
const NORTH_SOUTH: readonly (readonly [string, string, number])[] = [
  ['MICHIGAN', 'AVE', -100],
  ['INDIANA', 'AVE', -200],
  ['PRAIRIE', 'AVE', -300],
  ['KING', 'DR', -400],
  ['EBERHART', 'AVE', -500],
  ['ST LAWRENCE', 'AVE', -600],
  ['LANGLEY', 'AVE', -700],
  ['COTTAGE GROVE', 'AVE', -800],
  ['STATE', 'ST', 0],
  ['WENTWORTH', 'AVE', 200],
  ['PRINCETON', 'AVE', 300],
  ['STEWART', 'AVE', 400],
  ['NORMAL', 'AVE', 500],
  ['WALLACE', 'ST', 600],
  ['UNION', 'AVE', 700],
  ['HALSTED', 'ST', 800],
  ['PEORIA', 'ST', 900],
  ['MORGAN', 'ST', 1000],
  ['ABERDEEN', 'ST', 1100],
];
const EAST_WEST = [99, 101, 103, 105, 107, 109, 111, 113, 115, 117, 119, 121, 123, 125, 127, 129];

// District and its beats without the district's digits.
const BEATS =
  '01:11 12 13 14 21 22 23 24 31 32 33;02:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;' +
  '03:11 12 13 14 21 22 23 24 31 32 33 34;04:11 12 13 14 21 22 23 24 31 32 33 34;' +
  '05:11 12 13 22 23 24 31 32 33;06:11 12 13 14 21 22 23 24 31 32 33 34;' +
  '07:11 12 13 14 15 22 23 24 25 26 31 32 33 34 35;08:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;' +
  '09:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;10:11 12 13 14 21 22 23 24 31 32 33 34;' +
  '11:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;12:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;' +
  '14:11 12 13 14 21 22 23 24 31 32 33 34;15:11 12 13 22 23 24 31 32 33;' +
  '16:11 12 13 14 21 22 23 24 31 32 33 34 51 52 53 54 55;17:11 12 13 22 23 24 31 32 33;' +
  '18:11 12 13 14 21 22 23 24 31 32 33 34;19:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35;' +
  '20:11 12 13 22 23 24 31 32 33;22:11 12 13 21 22 23 32 33 34;24:11 12 13 22 23 24 31 32 33;' +
  '25:11 12 13 14 15 21 22 23 24 25 31 32 33 34 35';

/** Every beat of the city, four digits. */
const ALL_BEATS: readonly string[] = BEATS.split(';').flatMap((entry) => {
  const [district = '', beats = ''] = entry.split(':');
  return beats.split(' ').map((beat) => district + beat);
});

function beatOf005(south: number, west: number): string {
  const sector = south < 10_700 ? '051' : south < 11_800 ? '052' : '053';
  const first = sector === '052' ? 2 : 1;
  const column = west < -200 ? 0 : west < 500 ? 1 : 2;
  return `${sector}${first + column}`;
}

function placed(number: number, name: string, suffix: string, south: number, west: number): Place {
  const northSouth = number === south;
  const beat = beatOf005(south, west);
  return {
    number,
    direction: northSouth ? 'S' : west < 0 ? 'E' : 'W',
    street: name,
    suffix,
    district: '5',
    beat,
    zip: south > 12_700 ? '60827' : west > 600 ? '60643' : '60628',
    ward: west > 600 ? '34' : south > 10_500 ? '9' : '21',
    communityArea: south > 12_700 ? '54' : south > 11_500 ? '53' : west < -500 ? '50' : '49',
    x: 1_178_243 - west * 6.6,
    y: 1_831_243 - (south - 11_100) * 6.65,
    latitude: (41.692263 - (south - 11_100) * 1.8267e-5).toFixed(6),
    longitude: (-87.62436 - west * 2.27e-5).toFixed(6),
  };
}

/** Every generic block of the 005th District, once each, in a seeded order: block numbers end in 00 or 50. */
export function blocksOf005(seed: number): Place[] {
  const blocks: Place[] = [];
  for (const [name, suffix, west] of NORTH_SOUTH) {
    for (let south = 9500; south <= 13_300; south += 50)
      blocks.push(placed(south, name, suffix, south, west));
  }
  for (const street of EAST_WEST) {
    for (let west = -800; west <= 1100; west += 100) {
      // The hundred block beside State Street is numbered 1 to 99; the grid has no address 0.
      if (west === 0) continue;
      const name = `${street}${street % 10 === 1 && street !== 111 ? 'ST' : street % 10 === 3 && street !== 113 ? 'RD' : 'TH'}`;
      blocks.push(placed(Math.abs(west), name, 'ST', street * 100, west));
    }
  }
  return seeded(seed, 'blocks').shuffled(blocks);
}

/** `11300 S MICHIGAN AVE`. */
export function addressOf(place: Place): string {
  return `${place.number} ${place.direction} ${place.street} ${place.suffix}`;
}

/** A place on any beat of the city, for benchmark files: the beat and the address are drawn apart. */
export function anyPlace(rng: Rng): Place {
  const beat = rng.pick(ALL_BEATS);
  const [street, suffix, west] = rng.pick(NORTH_SOUTH);
  const south = rng.int(100, 13_300);
  return elsewhere(beat, south, street, suffix, west, rng.int(1, 50), rng.int(1, 77));
}

/** A generic block in a beat of another district. */
export function blockIn(beat: string, rng: Rng): Place {
  const [street, suffix, west] = rng.pick(NORTH_SOUTH);
  return elsewhere(beat, rng.int(90, 110) * 100, street, suffix, west, rng.int(5, 34), rng.int(44, 75));
}

function elsewhere(
  beat: string,
  south: number,
  street: string,
  suffix: string,
  west: number,
  ward: number,
  area: number,
): Place {
  const place = placed(south, street, suffix, south, west);
  const district = String(Number(beat.slice(0, 2)));
  return {
    ...place,
    district,
    beat,
    ward: String(ward),
    communityArea: String(area),
    zip: `606${10 + (ward % 50)}`,
  };
}

/** One block of a given beat of the 005th District, from an ordered list of blocks; throws where there is none left. */
export function takeBlock(blocks: Place[], beat?: string): Place {
  const index = beat === undefined ? blocks.length - 1 : blocks.findLastIndex((block) => block.beat === beat);
  const place = at(blocks, index);
  blocks.splice(index, 1);
  return place;
}
