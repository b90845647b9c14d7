import { expect, test } from 'vitest';
import { jsonChunks, ndjsonChunks, renderJson } from '../../src/report/json.ts';
import { AS_OF } from './sample.ts';

const HEAD = { schema: 'rollcall/x.y/1', asOf: '2020-11-05T20:30:00Z', newestImport: null };
const parts = (data: Record<string, unknown>) => ({
  schema: HEAD.schema,
  asOf: AS_OF,
  newestImport: null,
  data,
});

test.each([0, 1, 1000, 1001, 2500])('%i items in pieces are the same JSON as in one', (count) => {
  const items = Array.from({ length: count }, (_, at) => ({ id: `C${at}`, owner: { unit: null }, list: [] }));
  const data = { total: count, items, after: 'the list' };
  expect(JSON.parse(renderJson(parts(data)))).toEqual({ ...HEAD, ...data });
});

test('a value that JSON cannot hold is left out or null, and the rest stays valid', () => {
  const json = renderJson(parts({ a: undefined, b: Number.NaN, c: 1 }));
  expect(JSON.parse(json)).toEqual({ ...HEAD, b: null, c: 1 });
});

test('a long list never becomes one long string', () => {
  const items = Array.from({ length: 20_000 }, (_, at) => ({ id: at, text: 'x'.repeat(50) }));
  for (const piece of jsonChunks(parts({ items }))) expect(piece.length).toBeLessThan(200_000);
  expect([...ndjsonChunks(items)].join('').split('\n')).toHaveLength(20_001);
});
