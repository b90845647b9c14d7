import { createHash } from 'node:crypto';
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
        if (rows.length < 50) expect(fields.map((_, at) => batch.block.text(row, at))).toEqual(fields);
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
      { numRuns: 300 },
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
        // csv-parse takes a NUL behind a closing quote for the end of the text; here a NUL is never right.
        fc.pre(!text.includes('"\0'));
        const read = await readAll(pieces(Buffer.from(text), at));
        const expected = reference(text, ',', columns);
        expect(read.rows).toEqual(expected.rows.slice(1));
        expect(read.irregular.map((one) => one.line)).toEqual(expected.irregular);
      }),
      { numRuns: 600 },
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

describe('openCsv', () => {
  test('reads UTF-8 with and without a byte order mark, and UTF-16 by its mark, to the same rows', async () => {
    const text = 'id,name\n1,Zoë\n';
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const swapped = Buffer.from(utf16).swap16();
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), utf16, swapped]) {
      const read = await readAll([bytes]);
      expect(read.header).toEqual(['id', 'name']);
      expect(read.rows).toEqual([{ line: 2, fields: ['1', 'Zoë'] }]);
    }
    expect((await readAll([swapped])).encoding).toBe('utf-16be');
  });

  test('reads Windows-1252 when it is named, and otherwise refuses it with the line and the remedy', async () => {
    const bytes = Buffer.from('id,name\n1,a\n2,Zo\xeb\n', 'latin1');
    expect((await readAll([bytes], 'windows-1252')).rows[1]?.fields).toEqual(['2', 'Zoë']);
    await expect(readAll([bytes])).rejects.toMatchObject({
      kind: 'data',
      message: 'standard input, line 3: this is not UTF-8 text.',
      remedy: 'If an older system or a spreadsheet wrote it, say --encoding windows-1252.',
    });
    await expect(readAll([bytes], 'ebcdic')).rejects.toMatchObject({ kind: 'usage' });
  });

  test.each([
    ['a,b\n1,2\n', ','],
    ['a;b;"c,d"\n1;2;3\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['a\n1\n', ','],
  ])('finds the delimiter of %j', async (text, delimiter) => {
    const read = await readAll([text]);
    expect(read.delimiter).toBe(delimiter);
    expect(read.irregular).toEqual([]);
    expect(read.rows).toHaveLength(1);
  });

  test('trims header cells, passes over blank lines and takes a last line without an end', async () => {
    const read = await readAll(['\r\n', ' a ,"b "\r\n\r\n1, 2\r\n\r\n3,4']);
    expect(read.header).toEqual(['a', 'b']);
    expect(read.rows).toEqual([
      { line: 4, fields: ['1', ' 2'] },
      { line: 6, fields: ['3', '4'] },
    ]);
  });

  test.each([
    ['', 'standard input: this file is empty.'],
    ['\n\n', 'standard input: this file is empty.'],
    ['\ufeff', 'standard input: this file is empty.'],
    ['a,"b\n1,2\n', 'standard input, line 1: the header has a broken quote.'],
    ['a\0,b\n', 'standard input, line 1: the header holds NUL bytes.'],
  ])('refuses %j', async (text, message) => {
    await expect(readAll([text])).rejects.toMatchObject({ kind: 'data', message });
  });

  test('says of each irregular record its line, what is wrong, and its text', async () => {
    const text = 'a,b\n1\n1,2,3\n1,x"y\n1,"x"y\n1,\0\n7,8\n1,"open\n9,9\n';
    const read = await readAll([text]);
    expect(read.rows.map((row) => row.line)).toEqual([7, 9]);
    expect(read.irregular).toEqual([
      { line: 2, reason: '1 field where the header has 2', text: '1' },
      { line: 3, reason: '3 fields where the header has 2', text: '1,2,3' },
      {
        line: 4,
        reason: 'broken quote: it stands inside an unquoted field; quote the field and double the quote',
        text: '1,x"y',
      },
      {
        line: 5,
        reason: 'broken quote: text follows a closing quote; a quote inside a field is written twice',
        text: '1,"x"y',
      },
      { line: 6, reason: 'a NUL byte, which no text holds', text: '1,\0' },
      { line: 8, reason: 'broken quote: it opens here and is not properly closed', text: '1,"open' },
    ]);
  });

  test('gives up a quote that stays open for more than a megabyte, and keeps the rows behind it', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => `${i},abcdefgh`);
    const read = await readAll([`a,b\nx,"open\n${rows.join('\n')}\n`]);
    expect(read.irregular.map((one) => one.line)).toEqual([2]);
    expect(read.rows).toHaveLength(150_000);
    expect(read.rows.at(-1)).toEqual({ line: 150_002, fields: ['149999', 'abcdefgh'] });
  });

  test('refuses a line of more than a megabyte', async () => {
    await expect(readAll([`a,b\n1,${'x'.repeat(3_000_000)}\n`])).rejects.toMatchObject({
      message: 'standard input, line 2: this line is longer than a megabyte.',
    });
  });

  test('decompresses .gz, and hashes the file as it lies on the disk', async () => {
    const zipped = gzipSync('a,b\n1,2\n');
    const read = await drain(file('x.csv.gz', zipped));
    expect(read.rows).toEqual([{ line: 2, fields: ['1', '2'] }]);
    expect(read.sha256).toBe(createHash('sha256').update(zipped).digest('hex'));
    await expect(drain(file('cut.csv.gz', zipped.subarray(0, 15)))).rejects.toMatchObject({
      message: 'cut.csv.gz: the compressed file is cut off or damaged.',
    });
  });

  test('hashes a large file, which it does beside the reading, to the same digest', async () => {
    const text = `a,b\n${'1,abcdefghijklmnopqrstuvwxyz\n'.repeat(620_000)}`;
    const csv = await openCsv(file('large.csv', text));
    let rows = 0;
    for await (const batch of csv.batches()) rows += batch.block.rows;
    await csv.close();
    expect(rows).toBe(620_000);
    expect(csv.bytesTotal).toBeGreaterThan(16 * 1024 * 1024);
    expect(csv.sha256()).toBe(createHash('sha256').update(text).digest('hex'));
  });

  test('names what cannot be opened', async () => {
    await expect(drain(join(folder, 'none.csv'))).rejects.toMatchObject({
      kind: 'data',
      message: 'none.csv: there is no such file.',
    });
    await expect(drain(folder)).rejects.toMatchObject({ kind: 'data' });
  });
});
