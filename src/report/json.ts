import type { ItemList } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';

/** Lists of more entries than this are long. */
const LONG = 1000;
/** Entries of a long list that are made at once: few enough for their text to stay where memory is used again and again. */
const STRETCH = 100;
/** Controls that JSON leaves raw but a terminal or a reader's eye obeys: DEL, C1, direction marks and line separators. */
const UNSEEN = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const BEYOND_ASCII = /[^\n\x20-\x7e]/;

export type Item = Readonly<Record<string, unknown>>;

export interface JsonParts {
  /** `rollcall/<group>.<verb>/1`. */
  readonly schema: string;
  readonly asOf: Instant;
  readonly newestImport: Instant | null;
  readonly data: Readonly<Record<string, unknown>>;
}

/** One JSON object, indented by 2: schema, asOf and newestImport first, then the command's data. */
export function renderJson(parts: JsonParts): string {
  return [...jsonChunks(parts)].join('');
}

/** renderJson in pieces: long lists of `data` are written STRETCH entries at a time. Instants in `data` are ISO texts. */
export function* jsonChunks({ schema, asOf, newestImport, data }: JsonParts): Generator<string> {
  const head = { schema, asOf: isoInstant(asOf), newestImport: isoOrNull(newestImport) };
  yield seen(`{\n${members(head)}`);
  for (const [key, value] of Object.entries(data)) {
    if (key in head) continue;
    if (isLong(value)) yield* longList(key, value);
    else {
      const text = members({ [key]: value });
      if (text !== '') yield seen(`,\n${text}`);
    }
  }
  yield '\n}\n';
}

/** One JSON object a line. */
export function renderNdjson(items: ItemList): string {
  return [...ndjsonChunks(items)].join('');
}

/** renderNdjson in pieces of STRETCH lines. Throws a usage error when the command has no list. */
export function* ndjsonChunks(items: ItemList | undefined): Generator<string> {
  if (items === undefined) {
    throw usageError('This command has no list, so it cannot be written as ndjson.', 'Use --format json.');
  }
  for (let start = 0; start < items.length; start += STRETCH) {
    let text = '';
    for (const item of items.slice(start, start + STRETCH)) text += `${JSON.stringify(item)}\n`;
    yield seen(text);
  }
}

function isLong(value: unknown): value is ItemList {
  if (Array.isArray(value)) return value.length > LONG;
  return typeof value === 'object' && value !== null && 'slice' in value && typeof value.slice === 'function';
}

// A long list has one line an entry: it is for programs, and half the bytes.
function* longList(key: string, list: ItemList): Generator<string> {
  yield `,\n  ${JSON.stringify(key)}: [`;
  for (let start = 0; start < list.length; start += STRETCH) {
    const lines = list.slice(start, start + STRETCH).map((entry) => `\n    ${JSON.stringify(entry)}`);
    yield seen((start === 0 ? '' : ',') + lines.join(','));
  }
  yield '\n  ]';
}

/** The members of an object at indent 2, without its braces; '' when there are none. */
function members(record: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify(record, null, 2);
  return text === '{}' ? '' : text.slice(2, -2);
}

/** Invisible controls as \u escapes: the same JSON value, and nothing for a terminal to obey. */
function seen(text: string): string {
  // Most text is plain ASCII, and this look is much cheaper than the search for each of those characters.
  if (!BEYOND_ASCII.test(text)) return text;
  return text.replace(UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
