import { actingDistricts } from '../core/acting-districts.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader } from '../store/store.ts';
import { loadDirectory } from './directory.ts';

/** The districts for which a member acts in one of `roles` at a time, own and lent; null when that cannot be told. */
export async function districtsActedFor(
  reader: Reader,
  memberId: string,
  roles: readonly string[],
  at: Instant,
): Promise<ReadonlySet<string> | null> {
  const directory = await loadDirectory(reader);
  const person = directory.person(memberId, at);
  return person === null ? null : actingDistricts(person, roles, (id) => directory.person(id, at));
}
