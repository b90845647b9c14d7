import { optionText } from '../casework/act-asking.ts';
import { requireListedPlace } from '../casework/known-place.ts';
import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Beat, type District, districtOfBeat, parseBeat, parseDistrict } from '../core/place.ts';

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

/** The place that --district and --beat name; usage errors show how each is written. */
export function placeOption(input: Pick<Input, 'options'>): Place {
  const districtText = optionText(input, 'district');
  const beatText = optionText(input, 'beat');
  const district = districtText === null ? null : parseDistrict(districtText);
  if (districtText !== null && district === null)
    throw usageError(`--district: "${districtText}" is no district.`, 'Write it as 005.');
  const beat = beatText === null ? null : parseBeat(beatText);
  if (beatText !== null && beat === null)
    throw usageError(`--beat: "${beatText}" is no beat.`, 'Write it as 0511.');
  if (beat && district && districtOfBeat(beat.beat) !== district.district)
    throw usageError(
      `--beat: ${beat.beat} lies in district ${districtOfBeat(beat.beat)}.`,
      'Name one of the two.',
    );
  return { district: district?.district ?? null, beat: beat?.beat ?? null };
}

/** The same of a list: a place of no geography and of no record is a usage error that names the known ones. */
export async function listedPlace({ storePath }: Pick<Context, 'storePath'>, input: Input): Promise<Place> {
  const place = placeOption(input);
  await requireListedPlace(storePath, place);
  return place;
}

/** `District 005`, `Beat 0511` or `All districts`. */
export function placeName({ district, beat, unplaced }: Place): string {
  if (beat !== null) return `Beat ${beat}`;
  if (district === null) return 'All districts';
  return `District ${district}${unplaced === true ? ' and what is of no known district' : ''}`;
}
