import { readFileSync } from 'node:fs';
import type { Beat, District } from '../core/place.ts';
import { dataFile } from '../store/data-files.ts';

type Kind = 'beat' | 'district';

const known = new Map<Kind, ReadonlySet<string>>();

/** True for a beat of the geography; a well-formed one that is not may be of another year. */
export function isKnownBeat(beat: Beat): boolean {
  return namesOf('beat').has(beat);
}

/** True for a district of the geography. */
export function isKnownDistrict(district: District): boolean {
  return namesOf('district').has(district);
}

/** The beats or districts of the geography, those given up among them. */
export function knownPlaces(kind: Kind): readonly string[] {
  return [...namesOf(kind)];
}

function namesOf(kind: Kind): ReadonlySet<string> {
  const read = known.get(kind) ?? readNames(kind);
  known.set(kind, read);
  return read;
}

function readNames(kind: Kind): ReadonlySet<string> {
  const file: Readonly<Record<string, readonly Readonly<Record<Kind, string>>[]>> = JSON.parse(
    readFileSync(dataFile(`geography/${kind}s.json`), 'utf8'),
  );
  return new Set((file[`${kind}s`] ?? []).map((row) => row[kind]));
}
