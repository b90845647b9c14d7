import { localDay } from '../core/calendar.ts';
import type { Instant } from '../core/instant.ts';
import { parseCsvInstant, type TimeTally } from '../core/parse-time.ts';
import type { Rejection } from '../import/profile.ts';
import { isBeatElsewhere } from './districts.ts';
import { AT, COLUMNS, type Field, ODD, type Positions, type RequestRow } from './mirror-row.ts';
import type { StatusWord, Words } from './mirror-words.ts';

/** What the reader of a file has to know besides where its columns are. */
export interface ReadOptions {
  readonly positions: Positions;
  /** Headers as the profile writes them, for messages. */
  readonly names: Readonly<Partial<Record<Field, string>>>;
  /** Open311: a closed request was closed when it was last updated. */
  readonly closedWhenUpdated: boolean;
  /** Known districts (by number) and beats; null when the geography is not at hand. */
  readonly geography: Geography | null;
}

export interface Geography {
  readonly districts: ReadonlySet<number>;
  readonly beats: ReadonlySet<number>;
}

/** Data-quality notes of one row, as bits. */
export const NOTE = {
  beatPadded: 1,
  decimalDropped: 2,
  zipUnknown: 4,
  districtElsewhere: 8,
  beatElsewhere: 16,
  statusUnknown: 32,
} as const;

/** Their texts, in the order of the bits. */
export const NOTE_TEXTS = [
  'three-digit beats, padded',
  'whole numbers written with .0 read as whole',
  'ZIP codes that are none, taken as unknown',
  'districts that are not in the geography, kept',
  'beats that are not in the geography, kept',
  'status words neither known as open nor as closed: closed where a close date is given, else open',
] as const;

/** Reads the fields of one request after the other into the same `row`. */
export interface RequestReader {
  readonly row: RequestRow;
  /** Bits of `ODD` and of `NOTE` for the row read last. */
  odd: number;
  notes: number;
  readonly tally: TimeTally;
  readonly options: ReadOptions;
  /** Null when `row` now holds the request, else why it is refused: the judge of every row. */
  read(fields: readonly string[]): Rejection | null;
  /** Status, close date and the days beside the instants, once the rest of `row` is set. `status` null: no such column. */
  settle(status: StatusWord | null, closedAt: number | null, closedOnDayOnly: boolean): void;
  /** Number of a place from its digits, noted when it is not in the geography. */
  district(value: number): number;
  beat(value: number): number;
}

const MISSING = 'is empty and must not be';
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const ZIP = /^\d{5}(-\d{4})?$/;
const TRUE = new Set(['true', 'yes', 'y', '1']);
const FALSE = new Set(['', 'false', 'no', 'n', '0']);

/** A reader for one file; new words go to the store through `words`. */
export function makeReader(options: ReadOptions, words: Words): RequestReader {
  const { positions, names, geography } = options;
  const row: RequestRow = new Array(COLUMNS.length).fill(null);
  const tally: TimeTally = { twice: 0, skipped: 0, dateOnly: 0 };

  function cell(fields: readonly string[], field: Field): string {
    const at = positions[field];
    return at < 0 ? '' : (fields[at] ?? '').trim();
  }

  function refuse(field: Field, reason: string): Rejection {
    return { column: names[field] ?? null, reason };
  }

  // Whole numbers; NaN for what is none. Spreadsheets and data frames write 24 as 24.0.
  function whole(text: string, digits: number): number | null {
    if (text === '') return null;
    const parts = /^(\d+)(\.0)?$/.exec(text);
    const value = parts?.[1] ?? '';
    if (value === '' || value.length > digits) return Number.NaN;
    if (parts?.[2] !== undefined) reader.notes |= NOTE.decimalDropped;
    return Number(value);
  }

  function degrees(text: string, limit: number): number | null {
    if (text === '') return null;
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
    return Math.abs(value) <= limit ? value : Number.NaN;
  }

  function zip(text: string): string | null {
    if (text === '') return null;
    const digits = text.endsWith('.0') ? text.slice(0, -2) : text;
    if (ZIP.test(digits)) return digits;
    reader.notes |= NOTE.zipUnknown;
    return null;
  }

  const WHOLES = [
    ['ward', AT.ward, 3],
    ['communityArea', AT.communityArea, 3],
    ['district', AT.district, 3],
  ] as const;
  const DEGREES = [
    ['latitude', AT.latitude, 90],
    ['longitude', AT.longitude, 180],
  ] as const;

  function readChecked(fields: readonly string[]): Rejection | null {
    const srNumber = cell(fields, 'srNumber');
    if (srNumber === '') return refuse('srNumber', MISSING);
    const type = cell(fields, 'type');
    if (type === '') return refuse('type', MISSING);
    const statusText = cell(fields, 'status');
    if (statusText === '' && positions.status >= 0) return refuse('status', MISSING);

    const createdText = cell(fields, 'createdAt');
    if (createdText === '') return refuse('createdAt', MISSING);
    const created = parseCsvInstant(createdText, 'start', tally);
    if (Number.isNaN(created)) return refuse('createdAt', notATime(createdText));
    const updatedText = cell(fields, 'updatedAt');
    const updated = updatedText === '' ? null : parseCsvInstant(updatedText, 'stop', tally);
    if (Number.isNaN(updated)) return refuse('updatedAt', notATime(updatedText));
    const closedText = cell(fields, 'closedAt');
    const dateOnlyBefore = tally.dateOnly;
    const closed = closedText === '' ? null : parseCsvInstant(closedText, 'stop', tally);
    if (Number.isNaN(closed)) return refuse('closedAt', notATime(closedText));
    const closedOnDayOnly = tally.dateOnly !== dateOnlyBefore;

    for (const [field, at, digits] of WHOLES) {
      const text = cell(fields, field);
      const value = whole(text, digits);
      if (Number.isNaN(value))
        return refuse(field, `"${text}" is no whole number of at most ${digits} digits`);
      row[at] = value;
    }
    const beatText = cell(fields, 'beat');
    const beat = whole(beatText, 4);
    const beatDigits = beatText.replace('.0', '').length;
    if (Number.isNaN(beat) || (beat !== null && beatDigits < 3)) {
      return refuse('beat', `"${beatText}" is no beat: three or four digits`);
    }
    if (beat !== null && beatDigits === 3) reader.notes |= NOTE.beatPadded;
    row[AT.beat] = beat;
    for (const [field, at, limit] of DEGREES) {
      const text = cell(fields, field);
      const value = degrees(text, limit);
      if (Number.isNaN(value)) return refuse(field, `"${text}" is no number from -${limit} to ${limit}`);
      row[at] = value;
    }
    const duplicateText = cell(fields, 'duplicate').toLowerCase();
    const duplicate = TRUE.has(duplicateText);
    if (!duplicate && !FALSE.has(duplicateText)) {
      return refuse('duplicate', `"${duplicateText}" is neither true nor false`);
    }

    row[AT.srNumber] = srNumber;
    row[AT.address] = cell(fields, 'address') || null;
    row[AT.zip] = zip(cell(fields, 'zip'));
    row[AT.parent] = cell(fields, 'parent') || null;
    row[AT.duplicate] = duplicate ? 1 : 0;
    row[AT.createdAt] = created;
    row[AT.updatedAt] = updated;
    const district = row[AT.district];
    if (typeof district === 'number') reader.district(district);
    if (beat !== null) {
      reader.beat(beat);
      if (positions.district < 0) row[AT.district] = reader.district(Math.floor(beat / 100));
    }
    const department = cell(fields, 'department');
    const origin = cell(fields, 'origin');
    row[AT.type] = words.id('type', type);
    row[AT.department] = department === '' ? null : words.id('department', department);
    row[AT.origin] = origin === '' ? null : words.id('origin', origin);
    reader.settle(positions.status < 0 ? null : words.status(statusText), closed, closedOnDayOnly);
    return null;
  }

  const reader: RequestReader = {
    row,
    odd: 0,
    notes: 0,
    tally,
    options,
    read(fields) {
      reader.odd = 0;
      reader.notes = 0;
      const { twice, skipped, dateOnly } = tally;
      const rejection = readChecked(fields);
      if (rejection !== null) Object.assign(tally, { twice, skipped, dateOnly });
      return rejection;
    },
    settle(status, closedAt, closedOnDayOnly) {
      const created = row[AT.createdAt] as number;
      const createdDay = localDay(created as Instant);
      let closed = closedAt;
      let open = status === null ? closed === null : status.open;
      if (open === null) {
        reader.notes |= NOTE.statusUnknown;
        open = closed === null;
      }
      if (open) {
        if (closed !== null) reader.odd |= ODD.openWithDate;
      } else if (closed === null) {
        closed = row[AT.updatedAt] as number | null;
        if (!options.closedWhenUpdated || closed === null) reader.odd |= ODD.closedWithoutDate;
      }
      const closedDay = closed === null ? null : localDay(closed as Instant);
      if (closed !== null && closed < created && !(closedOnDayOnly && closedDay === createdDay)) {
        reader.odd |= ODD.closedBeforeCreated;
      }
      if (isBeatElsewhere(row[AT.district] as number | null, row[AT.beat] as number | null))
        reader.odd |= ODD.beatOfOtherDistrict;
      row[AT.status] = status === null ? words.status(open ? 'Open' : 'Completed').id : status.id;
      row[AT.isOpen] = open ? 1 : 0;
      row[AT.createdDay] = createdDay;
      row[AT.closedAt] = closed;
      row[AT.closedDay] = closedDay;
      if (status?.duplicate) row[AT.duplicate] = 1;
    },
    district(value) {
      if (geography !== null && !geography.districts.has(value)) reader.notes |= NOTE.districtElsewhere;
      return value;
    },
    beat(value) {
      if (geography !== null && !geography.beats.has(value)) reader.notes |= NOTE.beatElsewhere;
      return value;
    },
  };
  return reader;
}

function notATime(text: string): string {
  return `"${text}" is no date or time`;
}
