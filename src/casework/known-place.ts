import { usageError } from '../core/errors.ts';
import { type Beat, bareUnit, type District, districtOfBeat } from '../core/place.ts';
import { isKnownBeat, isKnownDistrict, knownPlaces } from '../import/geography.ts';
import { isKnownUnit } from '../people/units.ts';
import { type Rows, readRows } from '../store/open.ts';

type PlaceKind = 'district' | 'beat';

/** A place that was asked for; both null is everywhere. */
interface AskedPlace {
  readonly district: District | null;
  readonly beat: Beat | null;
}

/** A beat as it is kept, and as it was told where that is in no geography. */
export interface ToldBeat {
  readonly beat: Beat | null;
  readonly strangeBeat: Beat | null;
}

/**
 * The beat by which a record is kept. One of no geography would leave a hazard with a district that nobody works in: its
 * place counts as not known, and every district office has it (CSR-03).
 */
export function beatKept(told: Beat | null, hazard: boolean): ToldBeat {
  const strange = hazard && told !== null && !isKnownBeat(told);
  return strange ? { beat: null, strangeBeat: told } : { beat: told, strangeBeat: null };
}

/** The places that records name, those of no geography among them. */
export type HeldPlaces<R extends Rows> = (reader: R, kind: PlaceKind) => Promise<readonly string[]>;

/**
 * A report is about a place of the geography or of some record; else a usage error that names those there are. Districts
 * and beats of other years are known as long as a record bears them.
 */
export async function requireKnownPlace<R extends Rows>(
  reader: R,
  { district, beat }: AskedPlace,
  held: HeldPlaces<R>,
): Promise<void> {
  const asked = beat === null ? district : districtOfBeat(beat);
  if (asked !== null && !isKnownDistrict(asked)) await heldOrUnknown('district', asked, '');
  if (beat !== null && !isKnownBeat(beat)) await heldOrUnknown('beat', beat, beat.slice(0, 2));

  async function heldOrUnknown(kind: PlaceKind, name: string, like: string): Promise<void> {
    const others = await held(reader, kind);
    if (others.includes(name)) return;
    const known = [...knownPlaces(kind), ...others].filter((each) => each.startsWith(like));
    throw usageError(
      `--${kind}: ${name} is in no geography and on no record of this store.`,
      `Known${like === '' ? '' : ' of its district'}: ${[...new Set(known)].sort().join(', ')}.`,
    );
  }
}

/**
 * The same of a list, over the records of all directives, and of the unit that it asks for: the store is opened only for
 * what is in no geography.
 */
export async function requireListedPlace(
  storePath: string,
  { unit = null, ...place }: AskedPlace & { readonly unit?: string | null },
): Promise<void> {
  const { district, beat } = place;
  const strange = unit !== null && !isKnownUnit(unit);
  if ((district === null || isKnownDistrict(district)) && (beat === null || isKnownBeat(beat)) && !strange)
    return;
  await readRows(storePath, async (rows) => {
    await requireKnownPlace(rows, place, placesOnRecord);
    if (strange) await requireUnitOnRecord(rows, unit);
  });
}

async function requireUnitOnRecord(rows: Rows, unit: string): Promise<void> {
  const found = await rows.rows({
    sql: 'select owner_unit from clock union select unit from member',
    parameters: [],
  });
  const units = found.flatMap(([each]) => (typeof each === 'string' ? [bareUnit(each)] : []));
  if (units.includes(bareUnit(unit))) return;
  throw usageError(
    `--unit: ${unit} is no unit of the Department and on no record of this store.`,
    `On record: ${[...new Set(units)].sort().join(', ') || 'none'}.`,
  );
}

async function placesOnRecord(reader: Rows, kind: PlaceKind): Promise<readonly string[]> {
  const sql =
    kind === 'district'
      ? `select district from clock union select district from concern union select district from srswo
          union select district from csr_form union select district from member
          union select printf('%03d', district) from csr_request where district is not null`
      : `select beat from clock union select beat from concern union select beat from srswo
          union select beat from csr_form
          union select printf('%04d', beat) from csr_request where beat is not null`;
  const rows = await reader.rows({ sql, parameters: [] });
  return rows.flatMap(([place]) => (typeof place === 'string' ? [place] : []));
}
