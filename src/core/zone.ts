import { createRequire } from 'node:module';
import type { Temporal as TemporalNamespace } from 'temporal-polyfill';
import { CHANGES, DAYLIGHT, SETTLED_UNTIL, STANDARD } from './zone-transitions.ts';

export const ZONE = 'America/Chicago';

/** From `at` on (seconds, UTC), local time is UTC plus `offset` (seconds, negative in Chicago). */
export interface Transition {
  readonly at: number;
  readonly offset: number;
}

type Temporal = typeof TemporalNamespace;

// The last interval asked about: imports and reports ask for neighbouring instants.
let from = 1;
let until = 0;
let offset: number = STANDARD;

/** Seconds to add to an instant (seconds) for Chicago's local time, at any instant from 1900 on. */
export function offsetAt(at: number): number {
  if (at >= from && at < until) return offset;
  return at < SETTLED_UNTIL ? findSettled(at) : findByTemporal(at);
}

function findSettled(at: number): number {
  const hour = Math.floor(at / 3600);
  let low = 0;
  let high = CHANGES.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((CHANGES[middle] ?? 0) <= hour) low = middle + 1;
    else high = middle;
  }
  const before = CHANGES[low - 1];
  const next = CHANGES[low];
  from = before === undefined ? Number.NEGATIVE_INFINITY : before * 3600;
  until = next === undefined ? SETTLED_UNTIL : next * 3600;
  offset = low % 2 === 1 ? DAYLIGHT : STANDARD;
  return offset;
}

function findByTemporal(at: number): number {
  const year = new Date(at * 1000).getUTCFullYear();
  const transitions = transitionsOfYear(year);
  until = Date.UTC(year + 1, 0, 1) / 1000;
  for (const transition of transitions) {
    if (transition.at > at) {
      until = transition.at;
      break;
    }
    from = transition.at;
    offset = transition.offset;
  }
  return offset;
}

const years = new Map<number, readonly Transition[]>();

/**
 * The offset at the first instant of a UTC year, then each change within that year, by Temporal and so by the
 * time-zone data of the runtime. Asked once a year of the calendar, then remembered.
 */
export function transitionsOfYear(year: number): readonly Transition[] {
  const known = years.get(year);
  if (known !== undefined) return known;
  const end = Date.UTC(year + 1, 0, 1);
  let moment = temporal()
    .Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1))
    .toZonedDateTimeISO(ZONE);
  const found: Transition[] = [];
  for (;;) {
    found.push({ at: moment.epochMilliseconds / 1000, offset: moment.offsetNanoseconds / 1e9 });
    const next = moment.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= end) break;
    moment = next;
  }
  years.set(year, found);
  return found;
}

// Loaded on first need only: most runs never leave the settled years, and loading takes longer than their work.
function temporal(): Temporal {
  const native = (globalThis as { Temporal?: Temporal }).Temporal;
  if (native !== undefined) return native;
  const load = createRequire(import.meta.url);
  return (load('temporal-polyfill') as { Temporal: Temporal }).Temporal;
}
