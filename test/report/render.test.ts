import { expect, test } from 'vitest';
import { FORMATS, type Format, type Outcome } from '../../src/core/command.ts';
import { renderCsv } from '../../src/report/csv.ts';
import type { Document } from '../../src/report/document.ts';
import { render } from '../../src/report/render.ts';
import { AS_OF, smallDocument } from './sample.ts';

const ITEMS = [
  { id: 'CC-0001', overdueHours: 1048, owner: { role: 'cp-sergeant', unit: '005' }, models: ['a', 'b'] },
  { id: 'CC-0002', overdueHours: -0.5, owner: null, models: [] },
];

async function text(outcome: Partial<Outcome<Document>>, format: Format, width = 80, color = false) {
  const document = smallDocument();
  const whole = { document, data: {}, newestImport: document.newestImport, ...outcome };
  const pieces = await render(whole, { format, width, color, schema: 'rollcall/concerns.overdue/1' });
  return [...pieces].join('');
}

test.each(FORMATS)('a small document looks as agreed as %s', async (format) => {
  const data = { total: 2, items: ITEMS };
  const withItems = format === 'json' || format === 'ndjson' ? { data, items: ITEMS } : {};
  await expect(await text(withItems, format)).toMatchFileSnapshot(`golden/small.${format}.txt`);
});

test('a list of items is what csv holds when a command has one', async () => {
  expect(await text({ items: ITEMS }, 'csv')).toBe(
    'id,overdueHours,owner.role,owner.unit,models\nCC-0001,1048,cp-sergeant,005,a;b\nCC-0002,-0.5,,,\n',
  );
});

test('every format gives the same bytes twice in one process', async () => {
  for (const format of FORMATS) {
    expect(await text({ items: ITEMS }, format)).toBe(await text({ items: ITEMS }, format));
  }
});

test('json puts schema, as-of and newest import first, in UTC with Z, and adds items and their number', async () => {
  const json: unknown = JSON.parse(await text({ data: { period: null }, items: ITEMS }, 'json'));
  expect(Object.entries(json ?? {}).slice(0, 5)).toEqual([
    ['schema', 'rollcall/concerns.overdue/1'],
    ['asOf', '2020-11-05T20:30:00Z'],
    ['newestImport', '2020-11-05T14:30:00Z'],
    ['period', null],
    ['total', 2],
  ]);
});

test('ndjson of an output without a list is a usage error', async () => {
  await expect(text({ data: {} }, 'ndjson')).rejects.toMatchObject({ kind: 'usage' });
});

test('an empty list is an empty ndjson and csv', async () => {
  expect(await text({ items: [] }, 'ndjson')).toBe('');
  expect(await text({ items: [] }, 'csv')).toBe('');
  expect(renderCsv([], { columns: ['id', 'owner.role'] })).toBe('id,owner.role\n');
});

test('without any import every format for people says so on its last line', async () => {
  const document: Document = { title: 'Empty', asOf: AS_OF, newestImport: null, blocks: [] };
  for (const format of ['table', 'plain', 'md'] as const) {
    const lines = (await text({ document }, format)).trimEnd().split('\n');
    expect(lines.at(-1)).toBe('No import stands behind this.');
  }
  expect(await text({ document }, 'html')).toContain('<p>No import stands behind this.</p>\n</footer>');
});
