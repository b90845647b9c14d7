import { describe, expect, test } from 'vitest';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { csrFormAmend } from '../../src/csr/commands/form-amend.ts';
import { csrFormComplete } from '../../src/csr/commands/form-complete.ts';
import { csrFormList } from '../../src/csr/commands/form-list.ts';
import { csrFormNumber } from '../../src/csr/commands/form-number.ts';
import { csrFormReturn } from '../../src/csr/commands/form-return.ts';
import { csrFormSubmit } from '../../src/csr/commands/form-submit.ts';
import { csrOpen } from '../../src/csr/commands/open.ts';
import { csrReportOcp } from '../../src/csr/commands/report-ocp.ts';
import { csrRetention } from '../../src/csr/commands/retention.ts';
import { requireOneUse } from '../../src/report/question-options.ts';
import { at } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { policeOffice } from './police-office.ts';

const POTHOLE = {
  type: 'Pothole in Street Complaint',
  address: '700 E 111TH ST',
  beat: '0531',
  agency: 'CDOT',
};
const ID = 'F20-00001';

/** Acts on the form as a member at a time. */
function on(path: string, actor: string, when: string, dryRun = false) {
  const context = contextFor(path, { actor, now: at(when), asOfGiven: true, clock: () => at(when), dryRun });
  return (command: typeof csrFormAmend, options = {}, name = 'form', id: string | string[] = ID) =>
    command.run(context, input({ [name]: id }, options));
}

async function formOf(author: string): Promise<string> {
  const path = await policeOffice([]);
  await on(path, author, '2020-11-02T09:00')(csrFormAdd, { ...POTHOLE, description: 'deep' });
  return path;
}

describe('a form', () => {
  test('is mended and handed in by its author, or by the office of its district (CSR-14, CSR-24)', async () => {
    const path = await formOf('O5');
    for (const other of ['S6', 'C5', 'D0']) {
      const act = on(path, other, '2020-11-02T10:00');
      await expect(act(csrFormAmend, { description: 'x' })).rejects.toThrow(/that of O5.*CSR-24/);
      await expect(act(csrFormSubmit)).rejects.toThrow(/that of O5.*CSR-14/);
    }
    await on(path, 'CP5', '2020-11-02T11:00')(csrFormAmend, { description: 'deep, with water' });
    await on(path, 'O5', '2020-11-02T12:00')(csrFormSubmit);
    await on(path, 'S5', '2020-11-02T13:00')(csrFormReturn, { reason: 'which lane' });
    await on(path, 'O5', '2020-11-02T14:00')(csrFormAmend, { description: 'right lane' });
    await expect(on(path, 'S6', '2020-11-02T15:00')(csrFormSubmit)).rejects.toThrow(/CSR-14/);
    expect((await on(path, 'O5', '2020-11-02T15:00')(csrFormSubmit)).data.kept).toBe(1);
  });

  test('that may go is purged by the sergeant of its own district, each once (CSR-21)', async () => {
    const path = await formOf('O5');
    await on(path, 'O5', '2020-11-02T10:00')(csrFormSubmit);
    await on(path, 'CP5', '2020-11-02T11:00')(csrFormNumber, { number: 'SR20-00000009' });
    await on(path, 'CP5', '2020-11-03T11:00')(csrFormComplete);
    const purge = (actor: string, when: string, id: string | string[] = ID) =>
      on(path, actor, when)(csrRetention, { purge: true, certificate: 'RC-1' }, 'form', id);
    await expect(purge('S5', '2021-05-02T23:00')).rejects.toThrow(/CSR-21/);
    await expect(purge('S6', '2021-05-03T00:00')).rejects.toThrow(/S6 may not purge.*005.*006.*CSR-21/);
    expect((await purge('S5', '2021-05-03T00:00', [ID, ID])).data.purged).toEqual([ID]);
  });
});

test('only a City request that is open is reported to the Office of Community Policing (CSR-25)', async () => {
  const city = { type: 'Pothole in Street Complaint', department: 'CDOT' };
  const path = await policeOffice([], {
    mirror: [
      { sr_number: 'M1', ...city },
      { sr_number: 'M2', ...city, status: 'Completed', closed_at: '2020-11-05T08:00:00' },
    ],
  });
  const tell = (id: string, when: string) => on(path, 'S5', when)(csrReportOcp, {}, 'number', [id]);
  await expect(tell('M1', '2020-10-31T08:00')).rejects.toThrow(/created 1 Nov 2020.*CSR-25/);
  await expect(tell('M2', '2020-11-06T08:00')).rejects.toThrow(/closed 5 Nov 2020 08:00.*CSR-25/);
  expect((await tell('M2', '2020-11-04T08:00')).data.total).toBe(1);
  expect((await tell('M1', '2020-11-06T08:00')).data.total).toBe(1);
});

test('a dry run of opening says that the access would be recorded', async () => {
  const { document } = await on(await policeOffice([]), 'CP5', '2020-11-02T08:00', true)(
    csrOpen,
    {},
    'none',
    [],
  );
  expect(JSON.stringify(document.blocks)).toContain('would be recorded');
});

test('a status report is submitted, drilled into or looked up, one at a time', () => {
  expect(() => requireOneUse({ options: { submit: true, rows: 'totals:closed' } })).toThrow(
    /--submit and --rows/,
  );
  expect(() => requireOneUse({ options: { rows: 'totals:closed', archived: '2020-Q4:005' } })).toThrow(
    'An archived report keeps its figures, not the records behind them.',
  );
  expect(() => requireOneUse({ options: { submit: true, list: false } })).not.toThrow();
});

test('who asked for a form is told to the office of its district alone (CSR-17)', async () => {
  const path = await policeOffice([]);
  await on(path, 'O5', '2020-11-02T09:00')(csrFormAdd, { ...POTHOLE, requester: 'REF-R1' });
  const told = async (actor: string | null) => {
    const context = contextFor(path, { actor, now: at('2020-11-03T09:00') });
    const { data } = await csrFormList.run(context, input());
    return (data as { items: readonly { requester: string | null }[] }).items[0]?.requester;
  };
  for (const actor of ['S5', 'CP5', 'X5']) expect([actor, await told(actor)]).toEqual([actor, 'REF-R1']);
  for (const actor of [null, 'S6', 'O5', 'D0']) expect([actor, await told(actor)]).toEqual([actor, null]);
});
