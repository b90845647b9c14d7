import { expect, test } from 'vitest';
import { sameFigures } from '../../src/casework/report-bytes.ts';

const archived = { police: { received: 2 }, byDistrict: [{ district: '005', received: 2 }], notes: ['one'] };
const same = (now: Readonly<Record<string, unknown>>) =>
  sameFigures(JSON.stringify(archived), { ...archived, ...now });

test('what a later version counts besides leaves the archived figures the same where it is nothing', () => {
  expect(same({ notes: [], further: { asked: 3 } })).toBe(true);
  expect(same({ police: { received: 2, furtherAsked: 0, onTime: { total: 0, median: null }, of: [] } })).toBe(
    true,
  );
  expect(same({ byDistrict: [{ district: '005', received: 2, furtherAsked: 0 }] })).toBe(true);
});

test.each([
  ['another figure', { police: { received: 3 } }],
  ['something counted besides', { police: { received: 2, furtherAsked: 1 } }],
  ['a figure gone', { police: {} }],
  ['a zero gone for nothing', { police: { received: null } }],
  ['a further row', { byDistrict: [...archived.byDistrict, { district: '006', received: 0 }] }],
  ['a section gone', { police: undefined }],
  ['rows for a table', { police: [] }],
])('%s is another report', (_, now) => {
  expect(same(now)).toBe(false);
});
