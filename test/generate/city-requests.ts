import {
  type Civil,
  civil,
  DAY,
  HOUR,
  hour,
  isoDateTime,
  MINUTE,
  month,
  settled,
  usDateTime,
  weekday,
  year,
} from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { addressOf, anyPlace, type Place } from './places.ts';
import { at, type Rng, seeded } from './random.ts';
import { ORIGINS, type RequestType, TYPE_IN_MONTH } from './request-types.ts';

/** One City service request, before it is written in one of three forms. Times are local. */
export interface CityRequest {
  readonly sr: string;
  readonly type: RequestType;
  readonly origin: string;
  readonly status: 'Open' | 'Completed' | 'Canceled';
  readonly created: Civil;
  readonly modified: Civil;
  readonly closed: Civil | null;
  readonly place: Place;
  readonly duplicate: boolean;
  readonly parent: string;
}

/** `SR20-00012345`: the year of the request and a running number. */
export function srNumber(created: Civil, number: number): string {
  return `SR${String(year(created)).slice(2)}-${String(number).padStart(8, '0')}`;
}

/** A moment of the day when people call: most between 7 and 20. */
export function calledOn(day: Civil, rng: Rng): Civil {
  const hours = rng.chance(0.88) ? rng.int(7, 19) : rng.int(0, 23);
  return settled(day + hours * HOUR + rng.int(0, 3599));
}

/**
 * A request of a type, closed after a log-normal number of days around the type's median or still open at `asOf`;
 * one in twenty-five is canceled, and one in sixty is never worked at all.
 */
export function cityRequest(
  rng: Rng,
  asOf: Civil,
  known: { sr: string; created: Civil; type: RequestType; place: Place; parent?: string },
): CityRequest {
  const { sr, created, type, place } = known;
  const origin = type.informationOnly === true ? 'Phone Call' : ORIGINS(rng);
  const parent = known.parent ?? '';
  const base = { sr, type, origin, created, place, duplicate: parent !== '', parent };
  if (type.informationOnly === true)
    return { ...base, status: 'Completed', modified: created + 2, closed: created + 2 };
  const days = parent === '' ? type.median * Math.exp(type.spread * rng.normal()) : rng.next() * 2;
  const canceled = rng.chance(0.04);
  const neglected = rng.chance(1 / 60);
  const closed = settled(
    created + Math.round((canceled ? Math.min(days, 4) : days) * DAY) + rng.int(4, 50) * MINUTE,
  );
  if (neglected || closed > asOf) {
    const looked = Math.min(asOf, created + Math.round(days * 0.3 * DAY) + rng.int(1, 90) * MINUTE);
    return { ...base, status: 'Open', modified: settled(Math.max(created, looked - 3 * HOUR)), closed: null };
  }
  return { ...base, status: canceled ? 'Canceled' : 'Completed', modified: closed + rng.int(0, 40), closed };
}

/** The current export's 39 columns. */
export function chicago311Row(request: CityRequest): Row {
  const { place, type, created } = request;
  const sector = `${place.beat.slice(2, 3)}`;
  const x = place.x.toFixed(2);
  const y = place.y.toFixed(2);
  return [
    request.sr,
    type.name,
    type.code,
    request.origin === "Alderman's Office"
      ? 'Alderman'
      : request.origin === 'Phone Call'
        ? '311 City Services'
        : '',
    type.department,
    request.status,
    request.origin,
    usDateTime(created),
    usDateTime(request.modified),
    request.closed === null ? '' : usDateTime(request.closed),
    addressOf(place),
    'Chicago',
    'Illinois',
    place.zip,
    String(place.number),
    place.direction,
    place.street,
    place.suffix,
    request.duplicate ? 'true' : 'false',
    'false',
    '',
    request.parent,
    place.communityArea,
    place.ward,
    '',
    '',
    sector,
    place.district,
    place.beat,
    '',
    '',
    String(hour(created)),
    String(weekday(created) + 1),
    String(month(created)),
    x,
    y,
    place.latitude,
    place.longitude,
    `(${place.latitude}, ${place.longitude})`,
  ];
}

/** The plain csr profile. */
export function csrRow(request: CityRequest): Row {
  const { place } = request;
  return rowOf('csr', {
    sr_number: request.sr,
    type: request.type.name,
    department: request.type.department,
    status: request.status,
    origin: request.origin,
    created_at: isoDateTime(request.created),
    updated_at: isoDateTime(request.modified),
    closed_at: request.closed === null ? '' : isoDateTime(request.closed),
    address: addressOf(place),
    zip: place.zip,
    ward: place.ward,
    community_area: place.communityArea,
    district: place.district.padStart(3, '0'),
    beat: place.beat,
    latitude: place.latitude,
    longitude: place.longitude,
    duplicate: request.duplicate ? 'true' : 'false',
    parent_sr_number: request.parent,
  });
}

/** The legacy per-type export, as for graffiti: whole days, a quoted mapping as location, `- Dup` in the status. */
export function legacyRow(request: CityRequest, rng: Rng): Row {
  const { place, created, closed } = request;
  const day = (when: Civil): string => `${isoDateTime(when).slice(0, 10)}T00:00:00`;
  const state = request.status === 'Open' ? 'Open' : 'Completed';
  return rowOf('chicago-311-legacy', {
    'Creation Date': day(created),
    Status: request.duplicate ? `${state} - Dup` : state,
    'Completion Date': closed === null ? '' : day(closed),
    'Service Request Number': request.sr.slice(2),
    'Type of Service Request': 'Graffiti Removal',
    'What Type of Surface is the Graffiti on?': rng.pick([
      'Brick - Painted',
      'Glass',
      'Metal - Painted',
      'Cement (Curb)',
    ]),
    'Where is the Graffiti located?': rng.pick(['Front', 'Rear', 'Garage', 'Alley', 'Side']),
    'Street Address': addressOf(place),
    'ZIP Code': place.zip,
    'X Coordinate': place.x.toFixed(4),
    'Y Coordinate': place.y.toFixed(4),
    Ward: place.ward,
    'Police District': place.district,
    'Community Area': place.communityArea,
    Latitude: place.latitude,
    Longitude: place.longitude,
    Location: `{'latitude': '${place.latitude}', 'longitude': '${place.longitude}', 'needs_recoding': False}`,
  });
}

const FIRST_DAY = civil('2018-07-01');
const DAYS = 6 * 365;

/**
 * Requests over six years on every beat of the city, oldest first, one in twenty a duplicate of an earlier one;
 * any number of them in constant memory.
 */
export function* drawnRequests(seed: number, count: number): Generator<CityRequest> {
  const rng = seeded(seed, 'city-requests');
  const asOf = FIRST_DAY + DAYS * DAY;
  const dayOfNumber = (i: number): Civil => FIRST_DAY + Math.floor((i * DAYS) / count) * DAY;
  for (let i = 0; i < count; i++) {
    const day = dayOfNumber(i);
    const type = at(TYPE_IN_MONTH, month(day) - 1)(rng);
    const twin = i > 100 && rng.chance(0.05) ? i - rng.int(1, 100) : -1;
    yield cityRequest(rng, asOf, {
      sr: srNumber(day, i + 1),
      created: calledOn(day, rng),
      type,
      place: anyPlace(rng),
      parent: twin < 0 ? undefined : srNumber(dayOfNumber(twin), twin + 1),
    });
  }
}
