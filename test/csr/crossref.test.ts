import { expect, test } from 'vitest';
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
