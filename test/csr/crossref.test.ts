import { expect, test } from 'vitest';
import { parseDistrict } from '../../src/core/place.ts';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { csrFormNumber } from '../../src/csr/commands/form-number.ts';
import { csrFormSubmit } from '../../src/csr/commands/form-submit.ts';
import { crossReference } from '../../src/csr/crossref.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { policeOffice } from './police-office.ts';

const NUMBER = 'SR20-00700009';

/** What the cross-reference says of a form that was entered under the number of a 311 row. */
async function crossed(
  form: { readonly type: string; readonly beat: string },
  row: { readonly type: string; readonly beat: string },
): Promise<readonly string[]> {
  const path = await policeOffice([], { mirror: [{ sr_number: NUMBER, ...row }] });
  const context = (when: string) =>
    contextFor(path, { actor: 'S5', now: at(when), asOfGiven: true, clock: () => at(when) });
  const filled = { ...form, address: '700 E 111TH ST', agency: 'CDOT' };
  await csrFormAdd.run(context('2020-11-02T09:00'), input({}, filled));
  await csrFormSubmit.run(context('2020-11-02T10:00'), input({ form: 'F20-00001' }));
  await csrFormNumber.run(context('2020-11-02T11:00'), input({ form: 'F20-00001' }, { number: NUMBER }));
  const { mismatches } = await read(path, (reader) =>
    crossReference(reader, { district: null, beat: null }, at('2020-11-03'), loadPolicy({}).csr()),
  );
  return mismatches.map(({ id, code, rule, text }) => `${id} ${code} ${rule} ${text}`);
}

test('a form that asks for another service or place than 311 says under its number does not match (CSR-27)', async () => {
  expect(
    await crossed(
      { type: 'Street Light Out Complaint', beat: '0531' },
      { type: 'Graffiti Removal Request', beat: '0511' },
    ),
  ).toEqual([
    `F20-00001 FORM_DIFFERS CSR-27 entered as ${NUMBER}: the form asks for Street Light Out Complaint, 311 says Graffiti Removal Request; the form is of beat 0531, 311 says 0511`,
  ]);
  expect(
    await crossed(
      { type: 'Street Light Out Complaint', beat: '0531' },
      { type: 'Pothole in Street Complaint', beat: '' },
    ),
  ).toEqual([
    `F20-00001 FORM_DIFFERS CSR-27 entered as ${NUMBER}: the form asks for Street Light Out Complaint, 311 says Pothole in Street Complaint`,
  ]);
});

test.each([
  ['Pothole', 'Pothole in Street Complaint'],
  ['Pot holes', 'Pothole in Street Complaint'],
  ['street lights - all out', 'Street Light Out Complaint'],
  ['Graffiti removal', 'Graffiti Removal Request'],
])('%s is what 311 calls %s', async (form, row) => {
  expect(await crossed({ type: form, beat: '0531' }, { type: row, beat: '0531' })).toEqual([]);
});

test('a work order whose number 311 holds as something else is told as that (CSR-42)', async () => {
  const common = { created_at: '2020-10-05T10:00:00', beat: '0531' };
  const there = { ...common, district: '005' };
  const path = await policeOffice(
    ['D1', 'D2', 'D3', 'D4', 'D5'].map((sr_number) => ({ sr_number, ...common })),
    {
      mirror: [
        { sr_number: 'D1', ...there, duplicate: 'true' },
        { sr_number: 'D2', ...there, type: 'Pothole in Street Complaint' },
        { sr_number: 'D3', ...there, district: '006', beat: '0631', created_at: '2020-10-07T10:00:00' },
        { sr_number: 'D4', ...there, district: '', beat: '' },
      ],
    },
  );
  const { mismatches, mirrored } = await read(path, (reader) =>
    crossReference(
      reader,
      { district: parseDistrict('005')?.district ?? null, beat: null },
      at('2020-11-03'),
      loadPolicy({}).csr(),
    ),
  );
  expect(mirrored).toBe(4);
  expect(
    mismatches
      .filter(({ code }) => code !== 'NOT_PRINTED')
      .map(({ id, code, text }) => `${id} ${code} ${text}`),
  ).toEqual([
    'D1 DUPLICATE_IN_311 new here, but 311 holds it as a duplicate',
    'D2 OTHER_TYPE_IN_311 has a work order, but 311 holds it as Pothole in Street Complaint',
    'D3 ORDER_DIFFERS of beat 0531 on the work order, 0631 in 311; created 5 Oct 2020 on the work order, 7 Oct 2020 in 311',
    'D5 NOT_IN_311 has a work order, but 311 does not know it',
  ]);
});

test('a duplicate in 311 as the only request there is no match (CSR-42)', async () => {
  const path = await policeOffice([{ sr_number: 'Z1' }], {
    mirror: [{ sr_number: 'Z1', status: 'Completed - Dup', duplicate: 'true' }],
  });
  const crossed = await read(path, (reader) =>
    crossReference(reader, { district: null, beat: null }, at('2020-11-03'), loadPolicy({}).csr()),
  );
  expect(crossed.mirrored).toBe(1);
  expect(crossed.mismatches.map(({ code }) => code)).toContain('DUPLICATE_IN_311');
});
