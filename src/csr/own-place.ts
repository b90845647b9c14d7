import { refuseBy, type Verb } from '../casework/act-verb.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { parseDistrict } from '../core/place.ts';
import { districtsActedFor } from '../people/acting-districts.ts';
import { type Actor, resolveActor } from '../people/identity.ts';
import { scopeByView } from '../people/scope.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';
import { districtNamed, type Place } from './asking.ts';
import { OFFICE } from './own-district.ts';

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

const READ = { roles: OFFICE, by: ['CSR-36', 'read police requests'] } as const;

/**
 * What a member reads who names no place: an office's its own, as in `ownPlace`; others who see one district that one,
 * with what is of no known district. Oversight and nobody known (cron) get everywhere; a place that is named stays.
 */
export async function placeOfReader(reader: Reader, context: Context, asked: Place): Promise<Place> {
  const [rule] = READ.by;
  const actor = await resolveActor(reader, context, { rule, cite: loadPolicy(context.env).cite(rule) });
  if (actor === null || districtNamed(asked) !== null) return asked;
  if (OFFICE.some((role) => actor.roles.has(role))) return ownPlace(reader, context, actor, asked, READ);
  const scope = await scopeByView(reader, 'csr.detail', actor, context.now);
  const district = actor.district === null ? null : (parseDistrict(actor.district)?.district ?? null);
  const ofOne = scope === null || (!scope.all && scope.districts.length === 1);
  return ofOne && district !== null ? { ...asked, district, unplaced: true } : asked;
}
