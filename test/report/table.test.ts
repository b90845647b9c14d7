import { expect, test } from 'vitest';
import type { Document, Table } from '../../src/report/document.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { renderTable } from '../../src/report/table.ts';
import { displayWidth, truncate, wrapLines } from '../../src/report/width.ts';
import { AS_OF, smallDocument } from './sample.ts';

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function documentOf(table: Partial<Table>): Document {
  const whole: Table = { kind: 'table', id: 't', columns: [], rows: [], ...table };
  return { title: 'T', asOf: AS_OF, newestImport: null, blocks: [whole] };
}

test.each([60, 80, 100, 200])('no line is wider than a terminal of %i columns', (width) => {
  const lines = renderTable(smallDocument(), { width, color: false }).split('\n');
  expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
});

test('columns with the highest priority number go first, and are named', () => {
  const at80 = renderTable(smallDocument(), { width: 80, color: false });
  expect(at80).toContain('Left out to fit 80 columns: Description.');
  const at50 = renderTable(smallDocument(), { width: 50, color: false }).replace(/\n/g, ' ');
  expect(at50).toContain('Left out to fit 50 columns: Category, Description, Owner.');
  expect(renderTable(smallDocument(), { width: 160, color: false })).not.toContain('Left out');
});

test('a long text ends in an ellipsis on a terminal and is whole in plain', () => {
  const text = 'word '.repeat(60).trim();
  const document = documentOf({ columns: [{ key: 'a', title: 'A' }], rows: [{ a: text }] });
  expect(renderTable(document, { width: 80, color: false })).toMatch(/word…\n/);
  expect(renderPlain(document)).toContain(`\n${text}\n`);
});

test('a text that must stand whole is not cut: columns that may go make room for it', () => {
  const text = 'find an owner for it (4 moves)';
  const columns = [
    { key: 'a', title: 'A', whole: true },
    { key: 'b', title: 'B', priority: 1 },
  ];
  const page = renderTable(documentOf({ columns, rows: [{ a: text, b: 'b'.repeat(30) }] }), {
    width: 45,
    color: false,
  });
  expect(page).toContain(text);
  expect(page).toContain('Left out to fit 45 columns: B.');
});

test('what stands below its row is whole on a line of its own, however narrow or long the list', () => {
  const columns = [
    { key: 'a', title: 'A' },
    { key: 'command', title: 'Command', below: true },
  ];
  const command =
    `rollcall concerns reassign CC-1 --unit <unit> ${'--justification <text> '.repeat(3)}`.trim();
  const rows = Array.from({ length: 450 }, (_, n) => ({ a: `row ${n}`, command: n === 1 ? null : command }));
  const document = documentOf({ columns, rows });
  const lines = renderTable(document, { width: 40, color: false }).split('\n');
  const at = lines.indexOf('row 0');
  expect(lines.slice(at, at + 4)).toEqual(['row 0', `  → ${command}`, 'row 1', 'row 2']);
  expect(lines.slice(-5, -3)).toEqual(['row 449', `  → ${command}`]);
  expect(renderPlain(document)).toContain(`\nA\tCommand\nrow 0\t${command}\n`);
});

test('numbers are never cut, however narrow the terminal', () => {
  const columns = ['a', 'b', 'c', 'd'].map((key) => ({ key, title: key }));
  const row = { a: 123_456_789, b: 123_456_789, c: 123_456_789, d: 'a text of some length' };
  const table = renderTable(documentOf({ columns, rows: [row] }), { width: 40, color: false });
  expect(table.match(/123,456,789/g)).toHaveLength(3);
});

test('numbers of records are never cut: another column is', () => {
  const columns = ['SR number', 'What', 'When'].map((key) => ({ key, title: key }));
  const row = { 'SR number': 'SR20-00900624', What: 'answered late by a day', When: '18 Nov 2020 23:59' };
  const table = renderTable(documentOf({ columns, rows: [row] }), { width: 40, color: false });
  expect(table).toContain('SR20-00900624');
});

test('colour adds nothing but colour: words and symbols carry the meaning', () => {
  const plain = renderTable(smallDocument(), { width: 80, color: false });
  const colored = renderTable(smallDocument(), { width: 80, color: true });
  expect(plain).not.toMatch(ANSI);
  expect(colored).toMatch(ANSI);
  expect(colored.replace(ANSI, '')).toBe(plain);
  expect(plain).toContain('✗ late');
  expect(plain).toContain('! due today');
});

test('an empty table says what it was asked to say, else that it has no rows', () => {
  expect(renderTable(documentOf({ empty: 'None is late.' }), { width: 80, color: false })).toContain(
    '\nNone is late.\n',
  );
  expect(renderTable(documentOf({}), { width: 80, color: false })).toContain('\nNo rows.\n');
});

test('decimals of one column stand in one line, totals included', () => {
  const document = documentOf({
    columns: [{ key: 'n', title: 'N' }],
    rows: [{ n: 1200 }, { n: 2.5 }, { n: null }],
    totals: { n: 1202.5 },
  });
  const table = renderTable(document, { width: 80, color: false });
  expect(table).toContain('1,200.0\n    2.5\n      –\n───────\n1,202.5\n');
  expect(renderPlain(document)).toContain('N\n1200\n2.5\n–\n1202.5\n');
});

test('wide and combining characters are measured as a terminal shows them', () => {
  expect([displayWidth('日本'), displayWidth('e\u0301'), displayWidth('Peña – 5')]).toEqual([4, 1, 8]);
  expect(truncate('日本語', 4)).toBe('日…');
  expect(wrapLines('one two three', 7)).toEqual(['one two', 'three']);
});

test('the lines of a long list are laid out alike from its first page to its last', () => {
  const row = { t: { kind: 'tone', tone: 'bad', text: 'late' }, n: 12, s: 'x'.repeat(90), e: null } as const;
  const columns = ['n', 't', 's', 'e'].map((key) => ({ key, title: key }));
  for (const color of [true, false]) {
    const document = documentOf({ columns, rows: Array.from({ length: 900 }, () => row) });
    const lines = renderTable(document, { width: 60, color })
      .split('\n')
      .filter((line) => line.includes('late'));
    expect([lines.length, new Set(lines).size]).toEqual([900, 1]);
  }
});

test('a large table keeps its column widths from first to last piece', () => {
  const rows = Array.from({ length: 1000 }, (_, at) => ({ n: at * 1000, t: 'x'.repeat(at % 20) }));
  const columns = [
    { key: 't', title: 'Text' },
    { key: 'n', title: 'N' },
  ];
  const lines = renderTable(documentOf({ columns, rows }), { width: 80, color: false }).split('\n');
  const widths = new Set(
    lines.filter((line) => /\d$/.test(line) && !line.startsWith('As of')).map((line) => line.length),
  );
  expect(widths).toEqual(new Set([19 + 2 + 7]));
});

test('tables laid out alike have the same columns, and what is left out is said once, after the last', () => {
  const columns = [
    { key: 'a', title: 'Number' },
    { key: 'b', title: 'Address' },
    { key: 'c', title: 'Category', priority: 1 },
  ];
  const table = (id: string, b: string): Table => ({
    kind: 'table',
    id,
    title: id,
    alike: 'beats',
    columns,
    rows: [{ a: 'SR1', b, c: 'Disturbance' }],
  });
  const blocks = [table('First', '1 X ST'), table('Second', '12550 S PRINCETON AVE')];
  const text = renderTable({ ...documentOf({}), blocks }, { width: 36, color: false });
  expect(text.match(/^Number.*$/gm)).toEqual(['Number  Address', 'Number  Address']);
  expect(text.match(/^─.*$/gm)?.every((line, _, all) => line === all[0])).toBe(true);
  expect(text.match(/Left out/g)).toHaveLength(1);
  expect(text.indexOf('Left out')).toBeGreaterThan(text.indexOf('PRINCETON'));
});
