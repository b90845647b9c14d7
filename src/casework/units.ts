import { bareUnit } from '../core/place.ts';

/** Units are compared by number: 005 and 5 are one. */
export function sameUnit(a: string, b: string): boolean {
  return bareUnit(a) === bareUnit(b);
}

/** A unit's number as exports write it, for a search by index. */
export function unitForms(unit: string): readonly string[] {
  const bare = bareUnit(unit);
  return [...new Set([bare, bare.padStart(2, '0'), bare.padStart(3, '0')])];
}
