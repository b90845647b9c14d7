import { type Edge, instantOfDay, noteOfDay } from '../core/calendar.ts';
import { checkedDay, NO_DAY } from '../core/civil.ts';
import { parseCsvInstant } from '../core/parse-time.ts';
import type { RowBlock } from '../import/csv/block.ts';
import { byteMemo } from './mirror-memo.ts';
import { NOTE, type RequestReader } from './mirror-read.ts';
import { AT } from './mirror-row.ts';
import { ownText, type StatusWord, type WordKind, type Words } from './mirror-words.ts';

const SPACE = 32;
const ZERO = 48;
const NINE = 57;
const DASH = 45;
const DOT = 46;
const SLASH = 47;
const COLON = 58;
const TRUE = [116, 114, 117, 101];
const FALSE = [102, 97, 108, 115, 101];
const UNREAD = Number.NEGATIVE_INFINITY;

/**
 * Reads the common forms of a row straight from its bytes into `reader.row`; false where a field has another form,
 * so that `reader.read` must judge the row. It never accepts what `reader.read` would refuse or read otherwise.
 */
export function makeBytesReader(
  reader: RequestReader,
  words: Words,
): (block: RowBlock, index: number) => boolean {
  const { row, tally } = reader;
  const at = reader.options.positions;
  const types = byteMemo<number>();
  const departments = byteMemo<number>();
  const origins = byteMemo<number>();
  const statuses = byteMemo<StatusWord>();
  const zips = byteMemo<string>();
  let bytes: Uint8Array = new Uint8Array(0);
  let bounds = new Int32Array(0);
  let base = 0;
  // Of the cell looked at last.
  let from = 0;
  let to = 0;

  function blank(column: number): boolean {
    if (column < 0) return true;
    from = bounds[base + 2 * column] as number;
    to = bounds[base + 2 * column + 1] as number;
    return from === to;
  }

  // May begin or end with what a text is trimmed of; letters beyond ASCII are left to the reader of texts.
  function padded(): boolean {
    const first = bytes[from] as number;
    const last = bytes[to - 1] as number;
    return first <= SPACE || last <= SPACE || first > 126 || last > 126;
  }

  function pair(i: number): number {
    const tens = (bytes[i] as number) - ZERO;
    const ones = (bytes[i + 1] as number) - ZERO;
    return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -10_000;
  }

  // 03/05/2024 10:23:11 AM and 2024-03-05T10:23:11[.000]; everything else by its text.
  function time(block: RowBlock, index: number, column: number, edge: Edge): number {
    const length = to - from;
    let day = NO_DAY;
    let second = -1;
    if (length === 22 && bytes[from + 2] === SLASH && bytes[from + 5] === SLASH) {
      const half = bytes[from + 20];
      const hour = pair(from + 11);
      if (
        bytes[from + 10] === SPACE &&
        bytes[from + 13] === COLON &&
        bytes[from + 16] === COLON &&
        bytes[from + 19] === SPACE &&
        bytes[from + 21] === 77 &&
        (half === 65 || half === 80) &&
        hour >= 1 &&
        hour <= 12
      ) {
        day = checkedDay(pair(from + 6) * 100 + pair(from + 8), pair(from), pair(from + 3));
        second = secondOfDay((hour % 12) + (half === 80 ? 12 : 0), pair(from + 14), pair(from + 17));
      }
    } else if (
      (length === 19 ||
        (length === 23 && bytes[from + 19] === DOT && pair(from + 20) >= 0 && pair(from + 21) >= 0)) &&
      bytes[from + 4] === DASH &&
      bytes[from + 7] === DASH &&
      bytes[from + 10] === 84 &&
      bytes[from + 13] === COLON &&
      bytes[from + 16] === COLON
    ) {
      day = checkedDay(pair(from) * 100 + pair(from + 2), pair(from + 5), pair(from + 8));
      second = secondOfDay(pair(from + 11), pair(from + 14), pair(from + 17));
    }
    if (day === NO_DAY || second < 0) return parseCsvInstant(block.text(index, column), edge, tally);
    const note = noteOfDay(day, second);
    if (note !== null) tally[note] += 1;
    return instantOfDay(day, second, edge);
  }

  // The cell holds this word, in either case of letters.
  function is(word: readonly number[]): boolean {
    if (to - from !== word.length) return false;
    for (let i = 0; i < word.length; i++) if (((bytes[from + i] as number) | 32) !== word[i]) return false;
    return true;
  }

  // Up to `digits` digits and nothing else, or UNREAD.
  function digits(most: number): number {
    if (to - from > most) return UNREAD;
    let value = 0;
    for (let i = from; i < to; i++) {
      const digit = (bytes[i] as number) - ZERO;
      if (digit < 0 || digit > 9) return UNREAD;
      value = value * 10 + digit;
    }
    return value;
  }

  // Decimal degrees. Exact: both the digits without the point and the power of ten are exact as doubles.
  function degrees(limit: number): number {
    let i = from;
    const negative = bytes[i] === DASH;
    if (negative) i++;
    let value = 0;
    let scale = -1;
    const first = i;
    for (; i < to; i++) {
      const byte = bytes[i] as number;
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        if (scale >= 0) scale++;
      } else if (byte === DOT && scale < 0 && i > first) scale = 0;
      else return UNREAD;
    }
    if (value > Number.MAX_SAFE_INTEGER || scale > 22 || i === first) return UNREAD;
    const degree = scale > 0 ? value / (POWERS[scale] as number) : value;
    if (degree > limit) return UNREAD;
    return negative ? -degree : degree;
  }

  function word(
    block: RowBlock,
    index: number,
    column: number,
    kind: WordKind,
    memo: typeof types,
  ): number | null {
    const known = memo.get(bytes, from, to);
    if (known !== undefined) return known;
    const start = from;
    const end = to;
    const text = block.text(index, column).trim();
    if (text === '') return null;
    const id = words.id(kind, ownText(text));
    memo.set(bytes, start, end, id);
    return id;
  }

  // What may be refused comes first: words are written to the store when they are met.
  function readRow(block: RowBlock, index: number): boolean {
    if (blank(at.createdAt)) return false;
    const created = time(block, index, at.createdAt, 'start');
    if (Number.isNaN(created)) return false;
    row[AT.createdAt] = created;
    const updated = blank(at.updatedAt) ? null : time(block, index, at.updatedAt, 'stop');
    if (Number.isNaN(updated)) return false;
    row[AT.updatedAt] = updated;
    const dateOnlyBefore = tally.dateOnly;
    const closed = blank(at.closedAt) ? null : time(block, index, at.closedAt, 'stop');
    if (Number.isNaN(closed)) return false;
    const closedOnDayOnly = tally.dateOnly !== dateOnlyBefore;

    const ward = blank(at.ward) ? null : digits(3);
    if (ward === UNREAD) return false;
    row[AT.ward] = ward;
    const community = blank(at.communityArea) ? null : digits(3);
    if (community === UNREAD) return false;
    row[AT.communityArea] = community;
    let district = blank(at.district) ? null : digits(3);
    if (district === UNREAD) return false;
    if (district !== null) reader.district(district);
    if (blank(at.beat)) row[AT.beat] = null;
    else {
      const beat = digits(4);
      if (beat === UNREAD || to - from < 3) return false;
      if (to - from === 3) reader.notes |= NOTE.beatPadded;
      row[AT.beat] = reader.beat(beat);
      if (at.district < 0) district = reader.district(Math.floor(beat / 100));
    }
    row[AT.district] = district;
    const latitude = blank(at.latitude) ? null : degrees(90);
    if (latitude === UNREAD) return false;
    row[AT.latitude] = latitude;
    const longitude = blank(at.longitude) ? null : degrees(180);
    if (longitude === UNREAD) return false;
    row[AT.longitude] = longitude;
    if (blank(at.duplicate)) row[AT.duplicate] = 0;
    else {
      const yes = is(TRUE);
      if (!yes && !is(FALSE)) return false;
      row[AT.duplicate] = yes ? 1 : 0;
    }

    if (blank(at.srNumber) || padded()) return false;
    row[AT.srNumber] = block.text(index, at.srNumber);
    if (blank(at.address)) row[AT.address] = null;
    else
      row[AT.address] = padded()
        ? block.text(index, at.address).trim() || null
        : block.text(index, at.address);
    if (blank(at.parent)) row[AT.parent] = null;
    else row[AT.parent] = block.text(index, at.parent).trim() || null;
    if (blank(at.zip)) row[AT.zip] = null;
    else {
      if (digits(5) === UNREAD || to - from !== 5) return false;
      let zip = zips.get(bytes, from, to);
      if (zip === undefined) {
        zip = ownText(block.text(index, at.zip));
        zips.set(bytes, from, to, zip);
      }
      row[AT.zip] = zip;
    }

    if (at.status >= 0 && (blank(at.status) || padded())) return false;
    if (blank(at.type) || padded()) return false;
    const type = word(block, index, at.type, 'type', types);
    row[AT.type] = type;
    let status: StatusWord | null = null;
    if (at.status >= 0) {
      blank(at.status);
      const known = statuses.get(bytes, from, to);
      if (known !== undefined) status = known;
      else {
        status = words.status(ownText(block.text(index, at.status)));
        statuses.set(bytes, from, to, status);
      }
    }
    row[AT.department] = blank(at.department)
      ? null
      : word(block, index, at.department, 'department', departments);
    row[AT.origin] = blank(at.origin) ? null : word(block, index, at.origin, 'origin', origins);
    reader.settle(status, closed, closedOnDayOnly);
    return true;
  }

  return (block, index) => {
    bytes = block.bytes;
    bounds = block.bounds as Int32Array<ArrayBuffer>;
    base = 2 * index * block.width;
    reader.odd = 0;
    reader.notes = 0;
    const { twice, skipped, dateOnly } = tally;
    const taken = readRow(block, index);
    if (!taken) {
      tally.twice = twice;
      tally.skipped = skipped;
      tally.dateOnly = dateOnly;
    }
    return taken;
  };
}

const POWERS = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

function secondOfDay(hour: number, minute: number, second: number): number {
  const valid = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  return valid ? hour * 3600 + minute * 60 + second : -1;
}
