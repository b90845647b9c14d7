import { usageError } from '../core/errors.ts';
import { districtOfBeat } from '../core/place.ts';
import { isKnownBeat, isKnownDistrict, knownPlaces } from '../import/geography.ts';
import type { ReportPlace } from '../report/question.ts';
import type { Reader } from '../store/store.ts';

/** The places that records of a directive name, those of no geography among them. */
export type HeldPlaces = (reader: Reader, kind: 'district' | 'beat') => Promise<readonly string[]>;

/**
 * A report is about a place of the geography or of some record; else a usage error that names those there are. Districts
 * and beats of other years are known as long as a record bears them.
 */
export async function requireKnownPlace(
  reader: Reader,
  { district, beat }: ReportPlace,
  held: HeldPlaces,
): Promise<void> {
  const asked = beat === null ? district : districtOfBeat(beat);
  if (asked !== null && !isKnownDistrict(asked)) await heldOrUnknown('district', asked, '');
  if (beat !== null && !isKnownBeat(beat)) await heldOrUnknown('beat', beat, beat.slice(0, 2));

  async function heldOrUnknown(kind: 'district' | 'beat', name: string, like: string): Promise<void> {
    const others = await held(reader, kind);
    if (others.includes(name)) return;
    const known = [...knownPlaces(kind), ...others].filter((each) => each.startsWith(like));
    throw usageError(
      `--${kind}: ${name} is in no geography and on no record of this store.`,
      `Known${like === '' ? '' : ' of its district'}: ${[...new Set(known)].sort().join(', ')}.`,
    );
  }
}
