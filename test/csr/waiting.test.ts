import { describe, expect, it } from 'vitest';
import { csrAges } from '../../src/csr/commands/ages.ts';
import { csrAssign } from '../../src/csr/commands/assign.ts';
import { csrExtend } from '../../src/csr/commands/extend.ts';
import { csrFormAdd } from '../../src/csr/commands/form-add.ts';
import { csrFormAmend } from '../../src/csr/commands/form-amend.ts';
import { csrFormList } from '../../src/csr/commands/form-list.ts';
import { csrFormReturn } from '../../src/csr/commands/form-return.ts';
import { csrFormReview } from '../../src/csr/commands/form-review.ts';
import { csrFormSubmit } from '../../src/csr/commands/form-submit.ts';
import { csrOpen } from '../../src/csr/commands/open.ts';
import { csrQueryReport } from '../../src/csr/commands/query-report.ts';
import { csrRequestExtension } from '../../src/csr/commands/request-extension.ts';
import { csrReturn } from '../../src/csr/commands/return.ts';
import { csrSubmit } from '../../src/csr/commands/submit.ts';
import { csrWaiting } from '../../src/csr/today.ts';
import { assignedQuery, requestsQuery, untakenQuery } from '../../src/csr/waiting.ts';
import { formsQuery } from '../../src/csr/waiting-papers.ts';
import { calendar } from '../../src/desk/commands/calendar.ts';
import { evidenceAdd } from '../../src/desk/commands/evidence-add.ts';
import { makeToday } from '../../src/desk/commands/today.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { read } from '../../src/store/store.ts';
import { at, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';
import { as, policeOffice } from './police-office.ts';

const today = makeToday(async () => [csrWaiting]);

/** What waits for a member at a time: rule, record and the verb of its command. */
async function waits(path: string, actor: string, when: string): Promise<readonly string[]> {
  const { data } = await as(path, actor, when)(today);
  const items: readonly { id: string; rule: string; kind: string; command: string }[] = JSON.parse(
    JSON.stringify(data.items),
  );
  return items.map(({ id, rule, command }) => `${rule} ${id}: ${command.replace('rollcall csr ', '')}`);
}

describe('today tells of service requests', () => {
  it('what is new, to the officer of the office, orders and 311 alike', async () => {
    const path = await policeOffice([{ sr_number: 'A', created_at: '2020-11-01T09:00:00' }], {
      mirror: [{ sr_number: 'M1' }, { sr_number: 'M2', district: '006', beat: '0611' }, { sr_number: 'A' }],
    });
    expect(await waits(path, 'CP5', '2020-11-02T08:00')).toEqual(['CSR-36 M1: open --district 005']);
    await as(path, 'CP5', '2020-11-02T09:00')(csrOpen);
    expect(await waits(path, 'CP5', '2020-11-02T10:00')).toEqual([]);
    // As it was before they were opened.
    expect(await waits(path, 'CP5', '2020-11-02T08:00')).toEqual(['CSR-36 M1: open --district 005']);
    expect(await waits(path, 'S5', '2020-11-02T08:00')).toEqual([]);
  });

  it('a request along its way, to each whose turn it is', async () => {
    const path = await policeOffice([{ sr_number: 'A', opened_at: '2020-11-02T08:00:00' }]);
    expect(await waits(path, 'S5', '2020-11-02T09:00')).toEqual(['CSR-37 A: assign A --to <member>']);
    expect(await waits(path, 'S6', '2020-11-02T09:00')).toEqual([]);
    await as(path, 'S5', '2020-11-02T10:00')(csrAssign, ['A'], { to: 'O5' });
    expect(await waits(path, 'O5', '2020-11-02T11:00')).toEqual(['CSR-38 A: submit A --action <text>']);
    expect(await waits(path, 'S5', '2020-11-02T11:00')).toEqual([]);
    await as(path, 'O5', '2020-11-03T10:00')(csrRequestExtension, ['A'], { reason: 'away' });
    expect(await waits(path, 'S5', '2020-11-03T11:00')).toEqual(['CSR-45 A: extend A --reason <text>']);
    expect(await waits(path, 'C5', '2020-11-03T11:00')).toEqual([]);
    await as(path, 'S5', '2020-11-03T12:00')(csrExtend, ['A'], { reason: 'away' });
    expect(await waits(path, 'S5', '2020-11-03T13:00')).toEqual([]);
    await as(path, 'O5', '2020-11-04T10:00')(csrRequestExtension, ['A'], { reason: 'still' });
    expect(await waits(path, 'S5', '2020-11-04T11:00')).toEqual([]);
    expect(await waits(path, 'C5', '2020-11-04T11:00')).toEqual(['CSR-47 A: extend A --reason <text>']);
    await as(path, 'O5', '2020-11-05T10:00')(csrSubmit, ['A'], { action: 'done' });
    expect(await waits(path, 'C5', '2020-11-05T11:00')).toEqual([]);
    expect(await waits(path, 'O5', '2020-11-05T11:00')).toEqual([]);
    expect(await waits(path, 'S5', '2020-11-05T11:00')).toEqual(['CSR-44 A: close A --disposition <text>']);
    await as(path, 'S5', '2020-11-05T12:00')(csrReturn, ['A'], { reason: 'more' });
    expect(await waits(path, 'O5', '2020-11-05T13:00')).toEqual(['CSR-49 A: submit A --action <text>']);
    expect(await waits(path, 'C5', '2020-11-04T11:00')).toEqual(['CSR-47 A: extend A --reason <text>']);
  });

  it('requests for more time, in the query report as well', async () => {
    const path = await policeOffice([
      {
        sr_number: 'A',
        assigned_to: 'O5',
        assigned_at: '2020-11-02T08:00:00',
        extension_requested_at: '2020-11-03T08:00:00',
        extension_reason: 'witness away',
      },
      { sr_number: 'B', assigned_to: 'O5', assigned_at: '2020-11-02T08:00:00' },
    ]);
    const ask = { awaitingExtension: true };
    const { data } = await as(path, null, '2020-11-04T08:00')(csrQueryReport, [], ask);
    expect(data).toMatchObject({
      total: 1,
      awaitingExtension: 1,
      items: [{ id: 'A', moreTimeAskedAt: '2020-11-03T14:00:00Z', moreTimeReason: 'witness away' }],
    });
  });

  it('forms and requests of no known district, by a command that takes them', async () => {
    const path = await policeOffice([], { mirror: [{ sr_number: 'M1', district: '', beat: '' }] });
    const added = await as(path, 'O5', '2020-11-02T09:00')(csrFormAdd, [], { type: 'live wire down' });
    const id = String(added.data.id);
    const submit = contextFor(path, {
      actor: 'O5',
      now: at('2020-11-02T10:00'),
      clock: () => at('2026-01-01'),
    });
    await csrFormSubmit.run(submit, input({ form: [id] }));
    expect(await waits(path, 'S5', '2020-11-02T11:00')).toEqual([`CSR-19 ${id}: form review`]);
    const sergeant = as(path, 'S5', '2020-11-02T12:00');
    const listed = async (options = {}) => (await sergeant(csrFormList, [], options)).data;
    expect(await listed({ district: '005' })).toMatchObject({ total: 0, unknownDistrictLeftOut: 1 });
    expect(await listed()).toMatchObject({ total: 1, unknownDistrictLeftOut: 0 });
    await sergeant(csrFormReview);
    expect(await waits(path, 'S5', '2020-11-02T13:00')).toEqual([]);
    expect(await waits(path, 'CP5', '2020-11-02T13:00')).toEqual(['CSR-36 M1: open']);
    await as(path, 'CP5', '2020-11-02T14:00')(csrOpen);
    expect(await waits(path, 'CP5', '2020-11-02T15:00')).toEqual([]);
  });

  it('forms to review once a day, and a returned one to who filled it in', async () => {
    const path = await policeOffice([]);
    const form = { type: 'Graffiti', address: '1 X ST', beat: '0511', describe: 'wall' };
    const added = await as(path, 'O5', '2020-11-02T09:00')(csrFormAdd, [], form);
    const id = String(added.data.id);
    const step =
      (actor: string, when: string) =>
      (command: typeof csrFormReturn, options = {}) =>
        command.run(
          contextFor(path, { actor, now: at(when), clock: () => at('2026-01-01') }),
          input({ form: [id] }, options),
        );
    await step('O5', '2020-11-02T10:00')(csrFormSubmit);
    expect(await waits(path, 'S5', '2020-11-02T11:00')).toEqual([`CSR-19 ${id}: form review --district 005`]);
    await as(path, 'S5', '2020-11-02T12:00')(csrFormReview);
    expect(await waits(path, 'S5', '2020-11-02T13:00')).toEqual([]);
    expect(await waits(path, 'S5', '2020-11-03T08:00')).toEqual([`CSR-19 ${id}: form review --district 005`]);
    await step('S5', '2020-11-03T09:00')(csrFormReturn, { reason: 'no address' });
    expect(await waits(path, 'O5', '2020-11-03T10:00')).toEqual([
      `CSR-24 ${id}: form amend ${id} --description <text>`,
    ]);
    const amend = contextFor(path, {
      actor: 'O5',
      now: at('2020-11-03T11:00'),
      clock: () => at('2026-01-01'),
    });
    await csrFormAmend.run(amend, input({ form: id }, { address: '2 X ST' }));
    expect(await waits(path, 'O5', '2020-11-03T10:30')).toEqual([
      `CSR-24 ${id}: form amend ${id} --description <text>`,
    ]);
    expect(await waits(path, 'O5', '2020-11-03T12:00')).toEqual([`CSR-14 ${id}: form submit ${id}`]);
    expect(await waits(path, 'CP5', '2020-11-03T10:00')).toEqual([]);
  });

  it('the forwarded query report to the executive officer, the month to the Deputy Chief', async () => {
    const path = await policeOffice([{ sr_number: 'A' }]);
    await as(path, 'S5', '2020-11-02T09:00')(csrQueryReport, [], { forward: true });
    expect(await waits(path, 'X5', '2020-11-02T10:00')).toEqual([
      'CSR-41 query report 2020-11-02: query-report --district 005',
    ]);
    expect(await waits(path, 'X5', '2020-11-03T10:00')).toEqual([]);
    expect(await waits(path, 'D0', '2020-11-02T10:00')).toEqual([
      'CSR-51 month 2020-10: report --monthly 2020-10',
    ]);
    const context = contextFor(path, { actor: 'D0', now: at('2020-11-03T09:00') });
    await evidenceAdd.run(context, input({ rule: 'CSR-51' }, { note: 'told' }));
    expect(await waits(path, 'D0', '2020-11-03T10:00')).toEqual([]);
    expect(await waits(path, 'D0', '2020-12-01T10:00')).toEqual([
      'CSR-51 month 2020-11: report --monthly 2020-11',
    ]);
  });

  it('the 7 days of an SRSWO to its own member, the sergeant and the executive officer (CSR-35, CSR-39)', async () => {
    const path = await policeOffice([{ sr_number: 'A', opened_at: '2020-11-02T08:00:00' }]);
    await as(path, 'S5', '2020-11-02T10:00')(csrAssign, ['A'], { to: 'O5' });
    const late = '2020-11-10T09:00';
    expect(await waits(path, 'O5', late)).toEqual(['CSR-38 A: submit A --action <text>']);
    for (const actor of ['S5', 'X5'])
      expect(await waits(path, actor, late)).toEqual(['CSR-38 A: rollcall show A']);
    for (const actor of ['CP5', 'S6']) expect(await waits(path, actor, late)).toEqual([]);
    const inCalendar = async (actor: string) => (await as(path, actor, late)(calendar)).data.total;
    expect(await Promise.all(['O5', 'S5', 'X5', 'CP5', 'S6'].map(inCalendar))).toEqual([1, 1, 1, 0, 0]);
  });

  it('and of the look of the tour: anyone of the office gives it for all (CSR-36)', async () => {
    const path = await policeOffice([]);
    const roster = peopleProfiles.find(({ name }) => name === 'duty-roster');
    if (roster === undefined) throw new Error('no profile');
    const tour = { tour_start: '2020-11-02T06:00:00', tour_end: '2020-11-02T15:00:00' };
    await importRows(path, roster, [
      { member_id: 'CP5', ...tour },
      { member_id: 'CQ5', ...tour },
      { member_id: 'S6', ...tour },
    ]);
    const owed = async (actor: string) => {
      const { data } = await as(path, actor, '2020-11-02T12:00')(today);
      return [data.owed].flat().flatMap((look) => (JSON.stringify(look).includes('CSR-36') ? [look] : []));
    };
    expect(await owed('CP5')).toMatchObject([{ doneAt: null }]);
    // A list read as of the past is no look, nor one that shows no police request of the district; opening them is.
    await as(path, 'CQ5', '2020-11-02T08:00', { clock: () => at('2026-01-01') })(csrQueryReport);
    const now = { clock: () => at('2020-11-02T08:30') };
    await as(path, 'CQ5', '2020-10-01T08:00', now)(csrQueryReport);
    const look = as(path, 'CQ5', '2020-11-02T08:30', now);
    for (const other of [{ district: '006' }, { beat: '0611' }, { awaitingExtension: true }])
      await look(csrQueryReport, [], other);
    await look(csrAges);
    expect(await owed('CP5')).toMatchObject([{ doneAt: null }]);
    await as(path, 'CP5', '2020-11-02T08:45')(csrQueryReport, [], { beat: '0511' });
    expect(await owed('CQ5')).toMatchObject([{ doneAt: '2020-11-02T14:45:00Z' }]);
    await as(path, 'CQ5', '2020-11-02T09:00')(csrOpen);
    expect(await owed('CP5')).toMatchObject([{ doneAt: '2020-11-02T15:00:00Z' }]);
    expect(await owed('S6')).toMatchObject([{ doneAt: null }, { doneAt: null }].slice(1));
  });

  it('by searches on indexes alone', async () => {
    const path = await policeOffice([{ sr_number: 'A' }], { mirror: [{ sr_number: 'M1' }] });
    const queries = [
      requestsQuery(['opened', 'submitted'], '005'),
      assignedQuery('O5'),
      untakenQuery('Police Miscellaneous', '005', at('2020-11-04')),
      formsQuery('submitted', '005'),
      formsQuery('returned', null),
    ];
    const plans = await read(path, (reader) =>
      Promise.all(
        queries.map(({ sql, parameters }) => reader.rows({ sql: `explain query plan ${sql}`, parameters })),
      ),
    );
    for (const plan of plans) {
      const steps = plan.map((step) => String(step[3])).filter((step) => /\b(s|r|f)\b/.test(step));
      expect(steps).not.toEqual([]);
      for (const step of steps) expect(step).toMatch(/^SEARCH/);
    }
  });
});
