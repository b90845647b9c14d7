import { refuseBy, type Verb } from '../casework/act-verb.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { parseDistrict } from '../core/place.ts';
import { districtsActedFor } from '../people/acting-districts.ts';
import type { Actor } from '../people/identity.ts';
import type { Reader } from '../store/store.ts';
import { districtNamed, type Place } from './asking.ts';

/**
 * Where a member of a district's office acts: the place named, which must be theirs (else a refusal, exit code 4), or
 * without one their own district together with what is of no known district. A member whose district is not on record
 * acts where they say.
 */
export async function ownPlace(
  reader: Reader,
  context: Context,
  { memberId }: Actor,
  place: Place,
  { roles, by: [rule, what] }: { readonly roles: readonly string[]; readonly by: Verb['by'] },
): Promise<Place> {
  const theirs = await districtsActedFor(reader, memberId, roles, context.now);
  if (theirs === null) return place;
  const named = districtNamed(place);
  if (named === null) {
    const [first = '', another] = [...theirs];
    if (another === undefined)
      return { ...place, district: parseDistrict(first)?.district ?? null, unplaced: true };
    throw usageError(
      `${memberId} acts for districts ${[...theirs].join(' and ')}.`,
      'Name one with --district.',
    );
  }
  if (theirs.has(named)) return place;
  const text = `${memberId} may not ${what} of district ${named}: they act for district ${[...theirs].join(' and ')}.`;
  throw refuseBy(context, rule, text);
}
