import { districtOfBeat, parseBeat, sectorOfBeat } from '../core/place.ts';

/** The key of what is not known. */
export const UNKNOWN_KEY = 'Unknown';

/** Order of keys: the same on every machine, whatever its language; the unknown comes last. */
export function byKey(a: string, b: string): number {
  if (a === UNKNOWN_KEY || b === UNKNOWN_KEY) return a === b ? 0 : a === UNKNOWN_KEY ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `0510`: sector 1 of district 005, whose beats are 0511, 0512 and so on. */
export function sectorKey(beat: string): string {
  const parsed = parseBeat(beat);
  return parsed === null
    ? UNKNOWN_KEY
    : `${districtOfBeat(parsed.beat).slice(1)}${sectorOfBeat(parsed.beat)}0`;
}
