import { expect, test } from 'vitest';
import { overdueClocks } from '../../src/casework/overdue.ts';
import { csrAssign } from '../../src/csr/commands/assign.ts';
import { csrOpen } from '../../src/csr/commands/open.ts';
import { csrWorkOrders } from '../../src/csr/commands/work-orders.ts';
import { crossReference } from '../../src/csr/crossref.ts';
import { listPolice } from '../../src/csr/police-list.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { as, policeOffice } from './police-office.ts';

const policy = loadPolicy({}).csr();
const EVERYWHERE = { district: null, beat: null };

test('a work order that was assigned before it was printed is printed once, and then again (CSR-42)', async () => {
  const path = await policeOffice([{ sr_number: 'A' }]);
  await as(path, 'CP5', '2020-11-02T08:00')(csrOpen);
  await as(path, 'S5', '2020-11-02T08:30')(csrAssign, ['A'], { to: 'CP5' });
  const print = async (when: string) => {
    const { data, document, settle } = await as(path, 'CP5', when)(csrWorkOrders, ['A']);
    await settle?.();
    const told = document.blocks.flatMap((block) => (block.kind === 'prose' ? (block.paragraphs ?? []) : []));
    return { data, told: told[0] };
  };
  const stands = (when: string) =>
    read(path, async (reader) => {
      const [request] = await listPolice(reader, EVERYWHERE, at(when), policy);
      const { mismatches } = await crossReference(reader, EVERYWHERE, at(when), policy);
      const row = await reader.db.selectFrom('srswo').select('state').executeTakeFirst();
      return [request?.printed, request?.state, row?.state, mismatches.map(({ code }) => code)];
    });
  expect(await stands('2020-11-02T08:45')).toEqual([false, 'assigned', 'assigned', ['NOT_PRINTED']]);
  const first = await print('2020-11-02T09:00');
  expect(first.data).toMatchObject({ items: [{ first: true }] });
  expect(first.told).toContain('Printed 2 Nov 2020 09:00.');
  expect(await stands('2020-11-02T09:30')).toEqual([true, 'assigned', 'assigned', []]);
  const again = await print('2020-11-02T10:00');
  expect(again.data).toMatchObject({ items: [{ first: false }] });
  expect(again.told).toContain('Printed again 2 Nov 2020 10:00.');
  const prints = await read(path, (reader) =>
    reader.db.selectFrom('event').select('name').where('name', '=', 'printed').execute(),
  );
  expect(prints).toHaveLength(1);
});

test('a work order handed to another member counts as re-assigned, to the same member not (CSR-37)', async () => {
  const path = await policeOffice([{ sr_number: 'A' }]);
  const counted = async () => {
    const [clock] = await read(path, (reader) =>
      overdueClocks(reader, { system: 'csr', within: 0 }, at('2020-12-01')),
    );
    return [clock?.owner.member, clock?.reassignments];
  };
  for (const [when, to, times] of [
    ['2020-11-02T08:30', 'CP5', 0],
    ['2020-11-02T09:30', 'CP5', 0],
    ['2020-11-02T09:40', 'O5', 1],
    ['2020-11-03T09:30', 'CQ5', 2],
  ] as const) {
    await as(path, 'S5', when)(csrAssign, ['A'], { to });
    expect(await counted()).toEqual([to, times]);
  }
});
