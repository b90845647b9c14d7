import { dataError, usageError } from '../core/errors.ts';
import { foldKey, nearest } from '../core/text.ts';
import type { Profile } from './profile.ts';

/** Columns that a rejects file has besides those of the file it comes from; an import passes over them. */
export const REJECT_COLUMNS = ['reject_line', 'reject_column', 'reject_reason', 'reject_extra'] as const;

/** How the columns of a profile lie in a file. */
export interface Mapping {
  readonly profile: Profile;
  /** Position of a profile's column in the file, or -1. */
  readonly index: (column: string) => number;
  /** Columns of the file that the profile does not know, as the header has them. */
  readonly ignored: readonly string[];
}

interface Match {
  readonly profile: Profile;
  readonly places: ReadonlyMap<string, number>;
  readonly missing: readonly string[];
  /** Two columns of the file that mean the same one. */
  readonly twice: readonly [string, string] | null;
}

function isRejectColumn(folded: string): boolean {
  return REJECT_COLUMNS.some((name) => name === folded);
}

function match(profile: Profile, header: readonly string[], folded: readonly string[]): Match {
  const places = new Map<string, number>();
  let twice: Match['twice'] = null;
  for (const column of profile.columns) {
    const exact = folded.indexOf(foldKey(column.name));
    // The column's own name wins over its other names.
    const found = exact >= 0 ? [exact] : positions(folded, column.aliases ?? []);
    const [first, second] = found;
    if (first === undefined) continue;
    places.set(column.name, first);
    if (second !== undefined) twice ??= [header[first] ?? '', header[second] ?? ''];
  }
  const missing = profile.columns
    .filter((column) => column.required && !places.has(column.name))
    .map((column) => column.name);
  return { profile, places, missing, twice };
}

function positions(folded: readonly string[], names: readonly string[]): number[] {
  const wanted = new Set(names.map(foldKey));
  return folded.flatMap((name, at) => (wanted.has(name) ? [at] : []));
}

function signed(one: Match): boolean {
  return one.profile.signature?.every((column) => one.places.has(column)) ?? true;
}

/** The profile by name; an unknown one is a usage error that names the nearest. */
export function profileByName(name: string, profiles: readonly Profile[]): Profile {
  const folded = foldKey(name);
  const found = profiles.find((profile) => foldKey(profile.name) === folded);
  if (found) return found;
  const near = nearest(
    name,
    profiles.map((profile) => profile.name),
  );
  throw usageError(
    `There is no profile "${name}"${near === null ? '' : `; did you mean ${near}?`}`,
    'See them all with: rollcall import --list',
  );
}

/**
 * Finds the profile of a file by its header (or takes `as`) and where its columns lie. Throws a data error when the
 * same column stands twice, a required one is missing, or no profile or more than one fits.
 */
export function chooseProfile(
  file: string,
  header: readonly string[],
  profiles: readonly Profile[],
  as: Profile | null,
): Mapping {
  const folded = header.map(foldKey);
  const repeated = folded.findIndex((name, at) => name !== '' && folded.indexOf(name) !== at);
  if (repeated >= 0)
    throw sameTwice(file, header[folded.indexOf(folded[repeated] ?? '')] ?? '', header[repeated] ?? '');

  const chosen = as === null ? bestMatch(file, header, folded, profiles) : match(as, header, folded);
  if (chosen.missing.length > 0) throw missingColumns(file, header, chosen, as !== null);
  if (chosen.twice !== null) throw sameTwice(file, ...chosen.twice);
  const used = new Set(chosen.places.values());
  return {
    profile: chosen.profile,
    index: (column) => chosen.places.get(column) ?? -1,
    ignored: header.filter((_, at) => !used.has(at) && !isRejectColumn(folded[at] ?? '')),
  };
}

function sameTwice(file: string, one: string, other: string): Error {
  const names =
    one === other ? `the column "${one}" stands twice` : `"${one}" and "${other}" are the same column`;
  return dataError(`${file}: ${names}.`, 'Remove or rename one of them.');
}

function bestMatch(
  file: string,
  header: readonly string[],
  folded: readonly string[],
  profiles: readonly Profile[],
): Match {
  // Most known columns first: a file that lacks one required column is still that kind of file.
  const ranked = profiles
    .map((profile) => match(profile, header, folded))
    .filter((one) => one.places.size > 0)
    .map((one) => ({ one, whole: one.missing.length === 0 && signed(one) }))
    .sort((a, b) => b.one.places.size - a.one.places.size || Number(b.whole) - Number(a.whole));
  const [best, next] = ranked;
  if (best === undefined) {
    throw dataError(
      `${file}: no profile knows any of these columns: ${listed(header)}.`,
      'See the profiles with rollcall import --list, and name one with --as.',
    );
  }
  // Columns that nobody knows say that this is something else: a list of events with a member id and a rank in it is
  // no list of members. Profiles with a signature of their own have been told apart by it.
  const strange = folded.length - best.one.places.size - folded.filter(isRejectColumn).length;
  // Members and delegations judge what others did, so a file must look like them more than that.
  const guess = best.one.profile.guarded ? strange * 2 : strange - 1;
  if (best.whole && best.one.profile.signature === undefined && guess >= best.one.places.size) {
    throw dataError(
      `${file}: the nearest profile is ${best.one.profile.name}, but it does not know ${strange} of ${folded.length} columns.`,
      `If that is what it is, say so: --as ${best.one.profile.name}.`,
    );
  }
  if (!best.whole) {
    const whole = ranked.find((other) => other.whole);
    // A file of one profile may well hold a few columns more of another.
    const required = best.one.profile.columns.filter((column) => column.required).length;
    if (whole && best.one.missing.length * 2 >= required) return whole.one;
    return best.one;
  }
  if (next?.whole && next.one.places.size === best.one.places.size) {
    const fits = ranked.filter((other) => other.whole && other.one.places.size === best.one.places.size);
    const names = fits.map(({ one }) => one.profile.name);
    const needs = (one: Match) => one.profile.columns.filter((column) => column.required).length;
    const [most, second] = fits.toSorted((a, b) => needs(b.one) - needs(a.one));
    if (most && second && needs(most.one) > needs(second.one)) return most.one;
    throw dataError(`${file}: this header fits ${names.join(' and ')}.`, 'Say which with --as.');
  }
  return best.one;
}

function missingColumns(file: string, header: readonly string[], chosen: Match, named: boolean): Error {
  const { profile, missing } = chosen;
  const words = missing.length === 1 ? 'a required column is missing' : 'required columns are missing';
  const names = missing.map((name) => {
    const near = nearest(name, header);
    return near === null ? name : `${name} (is "${near}" meant?)`;
  });
  return dataError(
    named
      ? `${file}: ${words} for ${profile.name}: ${names.join(', ')}.`
      : `${file}: the nearest profile is ${profile.name}, but ${words}: ${names.join(', ')}.`,
    `See its columns with: rollcall import --template ${profile.name}`,
  );
}

function listed(header: readonly string[]): string {
  const shown = header.slice(0, 8).join(', ');
  return header.length > 8 ? `${shown} and ${header.length - 8} more` : shown;
}
