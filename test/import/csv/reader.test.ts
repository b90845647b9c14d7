import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readWithCsvParse } from '../../../src/import/csv/judge.ts';
import { openCsv } from '../../../src/import/csv/reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-csv-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly encoding: string;
  readonly sha256: string;
  readonly rows: readonly { readonly line: number; readonly fields: readonly string[] }[];
  readonly irregular: readonly { readonly line: number; readonly reason: string; readonly text: string }[];
}

async function readAll(chunks: readonly (Buffer | string)[], encoding?: string): Promise<Read> {
  const stdin = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return await drain('-', encoding, stdin);
}

async function drain(path: string, encoding?: string, stdin?: NodeJS.ReadableStream): Promise<Read> {
  const csv = await openCsv(path, { encoding, stdin });
  try {
    const rows: { line: number; fields: string[] }[] = [];
    const irregular: { line: number; reason: string; text: string }[] = [];
    for await (const batch of csv.batches()) {
      for (let row = 0; row < batch.block.rows; row++) {
        const fields = batch.block.fields(row);
        expect(fields.map((_, column) => batch.block.text(row, column))).toEqual(fields);
        rows.push({ line: batch.block.lines[row] ?? 0, fields });
      }
      irregular.push(...batch.irregular.map(({ line, reason, text }) => ({ line, reason, text })));
    }
    const { header, delimiter } = csv;
    return { header, delimiter, encoding: csv.encoding, sha256: csv.sha256(), rows, irregular };
  } finally {
    await csv.close();
  }
}

function file(name: string, content: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/**
 * The same policy with csv-parse as the only reader: a record is what csv-parse reads as the first record of what is
 * left; where it complains of a quote, the first line is the irregular record and the next is read afresh.
 */
function reference(text: string, delimiter: string, width: number) {
  const rows: { line: number; fields: readonly string[] }[] = [];
  const irregular: number[] = [];
  let rest = text;
  let line = 1;
  const breaks = (part: string) => part.match(/\r\n|\n|\r/g)?.length ?? 0;
  while (rest !== '') {
    // The shortest run of whole lines that csv-parse takes as one record.
    let taken = 0;
    let found: readonly string[] | null = null;
    for (const end of rest.matchAll(/\r\n|\n|\r|$/g)) {
      taken = end.index + end[0].length;
      const verdict = readWithCsvParse(rest.slice(0, taken), delimiter);
      if (verdict.ok) {
        found = verdict.records[0] ?? [];
        break;
      }
      if (verdict.code !== 'CSV_QUOTE_NOT_CLOSED') break;
    }
    if (found === null) {
      taken = (/\r\n|\n|\r/.exec(rest)?.index ?? rest.length) + 1;
      if (rest.startsWith('\r\n', taken - 1)) taken++;
      irregular.push(line);
    } else if (found.length > 0) {
      if (found.length !== width || found.some((field) => field.includes('\0'))) irregular.push(line);
      else rows.push({ line, fields: found });
    }
    line += breaks(rest.slice(0, taken));
    rest = rest.slice(taken);
  }
  return { rows, irregular };
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    'a',
    'Ashland',
    '"',
    '""',
    ',',
    ';',
    ' "x"',
    'a"b',
    '\n',
    'x\ny',
    '\r\n',
    '\r',
    'ä',
    '日本',
    '😀',
    '\u0301',
    '=1',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const width = fc.integer({ min: 1, max: 4 });

function quoted(text: string, always: boolean): string {
  return always || /["\r\n,]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const sorted = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, i) => bytes.subarray(from, sorted[i] ?? bytes.length));
}

describe('the fast reader and csv-parse', () => {
  test('read the same from everything well-formed, wherever the bytes are cut', async () => {
    const table = width.chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(
          fc.array(
            cell.filter((text) => !text.includes('\0')),
            { minLength: columns, maxLength: columns },
          ),
          { maxLength: 6 },
        ),
        end: lineEnd,
        always: fc.boolean(),
        bom: fc.boolean(),
        finalEnd: fc.boolean(),
        cuts: fc.array(fc.nat(400), { maxLength: 6 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ columns, rows, end, always, bom, finalEnd, cuts }) => {
        const header = Array.from({ length: columns }, (_, i) => `column${i}`);
        const lines = [header, ...rows].map((row) => row.map((text) => quoted(text, always)).join(','));
        const text = lines.join(end) + (finalEnd ? end : '');
        const verdict = readWithCsvParse(text, ',');
        if (!verdict.ok) throw new Error(verdict.code);
        const read = await readAll(pieces(Buffer.from((bom ? '\ufeff' : '') + text), cuts));
        expect(read.header).toEqual(verdict.records[0]);
        expect(read.rows.map((row) => row.fields)).toEqual(verdict.records.slice(1));
        expect(read.irregular).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('agree on which records are irregular, and on all others, in text of any shape', async () => {
    const bits = fc.constantFrom(
      'a',
      'bc',
      ',',
      ',',
      '"',
      '"',
      '""',
      '\n',
      '\n',
      '\r\n',
      '\r',
      ' ',
      'é',
      '\0',
      ',,',
      '",',
      ',"',
      '"\n',
    );
    const cuts = fc.array(fc.nat(120), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(width, fc.array(bits, { maxLength: 40 }), cuts, async (columns, parts, at) => {
        const header = Array.from({ length: columns }, (_, i) => `c${i}`).join(',');
        const text = `${header}\n${parts.join('')}`;
        const read = await readAll(pieces(Buffer.from(text), at));
        const expected = reference(text, ',', columns);
        expect(read.rows).toEqual(expected.rows.slice(1));
        expect(read.irregular.map((one) => one.line)).toEqual(expected.irregular);
      }),
      { numRuns: 1500 },
    );
  });

  test('agree when the bytes are cut at every position in turn', async () => {
    const text = '\ufeffa,b\r\n1,"x""y"\r\n2,"p\r\nq"\r\n3,é\r\n4\r\n5,"z"!\r\n6,"€"';
    const bytes = Buffer.from(text);
    const whole = await readAll([bytes]);
    expect(whole.rows.map((row) => [row.line, ...row.fields])).toEqual([
      [2, '1', 'x"y'],
      [3, '2', 'p\r\nq'],
      [5, '3', 'é'],
      [8, '6', '€'],
    ]);
    expect(whole.irregular.map((one) => one.line)).toEqual([6, 7]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      expect(await readAll([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(whole);
    }
    expect(await readAll([...bytes].map((byte) => Buffer.of(byte)))).toEqual(whole);
  });
});
void gzipSync;
void drain;
void file;
void describe;
