import { requireListedPlace } from '../casework/known-place.ts';
import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Beat, type District, districtOfBeat, parseBeat, parseDistrict } from '../core/place.ts';
import { placeOf } from '../report/question.ts';

/** What is wrong with a beat's number; null for nothing. */
export function wrongBeat(text: string): string | null {
  return parseBeat(text) === null ? `"${text}" is no beat: it is written 0511.` : null;
}

/** What is wrong with a district's number; null for nothing. */
export function wrongDistrict(text: string): string | null {
  return parseDistrict(text) === null ? `"${text}" is no district: it is written 005.` : null;
}

/** The texts of a variadic argument, each once; a usage error when there is none. */
export function idsOf({ args }: Input, name: string): readonly string[] {
  const given = args[name];
  const ids = (typeof given === 'string' ? [given] : (given ?? [])).map((id) => id.trim()).filter(Boolean);
  if (ids.length === 0) throw usageError('No request is named.', 'Give its number.');
  return [...new Set(ids)];
}

/** Where to look; both null is everywhere. */
export interface Place {
  readonly district: District | null;
  readonly beat: Beat | null;
  /** With a district: together with what is of no known district. */
  readonly unplaced?: boolean;
}

/** The district in which a place lies; null for everywhere. */
export function districtNamed({ district, beat }: Place): District | null {
  return district ?? (beat === null ? null : districtOfBeat(beat));
}

/** The place of a list: one of no geography and of no record is a usage error that names the known ones. */
export async function listedPlace({ storePath }: Pick<Context, 'storePath'>, input: Input): Promise<Place> {
  const place = placeOf(input);
  await requireListedPlace(storePath, place);
  return place;
}

/** `District 005`, `Beat 0511` or `All districts`. */
export function placeName({ district, beat, unplaced }: Place): string {
  if (beat !== null) return `Beat ${beat}`;
  if (district === null) return 'All districts';
  return `District ${district}${unplaced === true ? ' and what is of no known district' : ''}`;
}
