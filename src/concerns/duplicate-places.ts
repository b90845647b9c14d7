import { normalAddress } from '../core/address.ts';
import { METRES_PER_DEGREE } from './apart.ts';

/** What is known of where a concern is. */
interface Placed {
  readonly address: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
}

/** Where concerns are, and which of those added are near one. */
export interface Places {
  has(i: number): boolean;
  /** From now on later ones are compared with it. */
  add(i: number): void;
  near(i: number): readonly (readonly number[])[];
  metres(i: number, j: number): number;
}

/**
 * Squares of a grid and doors by address; `reach` in metres is the side of a square. A flat map: within a city the
 * error is under a metre on the distances that count.
 */
export function placesOf(order: readonly Placed[], reach: number): Places {
  const x = new Float64Array(order.length).fill(Number.NaN);
  const y = new Float64Array(order.length).fill(Number.NaN);
  const middle = order.find(({ latitude }) => latitude !== null)?.latitude ?? 0;
  const shrink = Math.cos((middle * Math.PI) / 180);
  const addresses: string[] = new Array(order.length).fill('');
  order.forEach(({ latitude, longitude, address }, i) => {
    if (latitude !== null && longitude !== null) {
      x[i] = longitude * METRES_PER_DEGREE * shrink;
      y[i] = latitude * METRES_PER_DEGREE;
    } else if (address !== null) addresses[i] = normalAddress(address);
  });
  const squares = new Map<number, number[]>();
  const doors = new Map<string, number[]>();
  const located = (i: number) => !Number.isNaN(x[i] ?? Number.NaN);
  // Small whole numbers, counted from the corner: those are what maps are quick with.
  const corner = [least(x), least(y)] as const;
  const column = (i: number) => Math.floor(((x[i] ?? 0) - corner[0]) / reach) + 1;
  const line = (i: number) => Math.floor(((y[i] ?? 0) - corner[1]) / reach) + 1;
  const key = (across: number, up: number) => across * 32_768 + up;
  const doorOf = (i: number) => addresses[i] || normalAddress(order[i]?.address ?? '');
  const put = <K>(map: Map<K, number[]>, at: K, i: number) => {
    const known = map.get(at);
    if (known) known.push(i);
    else map.set(at, [i]);
  };
  // Addresses of located concerns are needed only where some other is known by its address alone.
  const byDoor = order.some((_, i) => !located(i) && addresses[i] !== '');
  // One list for all questions: it is read before the next is asked.
  const found: (readonly number[])[] = [];
  return {
    has: (i) => located(i) || addresses[i] !== '',
    add(i) {
      if (located(i)) put(squares, key(column(i), line(i)), i);
      if (byDoor && doorOf(i) !== '') put(doors, doorOf(i), i);
    },
    near(i) {
      found.length = 0;
      if (located(i)) {
        const here = key(column(i), line(i));
        for (let across = -1; across <= 1; across++) {
          for (let up = -1; up <= 1; up++) {
            const square = squares.get(here + key(across, up));
            if (square) found.push(square);
          }
        }
      }
      const door = byDoor && doorOf(i) !== '' ? doors.get(doorOf(i)) : undefined;
      // Two located ones have met in their squares.
      if (door) found.push(located(i) ? door.filter((j) => !located(j)) : door);
      return found;
    },
    metres: (i, j) =>
      located(i) && located(j) ? Math.hypot((x[i] ?? 0) - (x[j] ?? 0), (y[i] ?? 0) - (y[j] ?? 0)) : 0,
  };
}

function least(values: Float64Array): number {
  let found = Number.POSITIVE_INFINITY;
  for (const value of values) if (value < found) found = value;
  return found;
}
