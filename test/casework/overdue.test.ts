import { expect, it } from 'vitest';
import { dueQuery } from '../../src/casework/overdue.ts';
import { concernsProfile } from '../../src/concerns/imports.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from './store-of.ts';

it('finds what is overdue by index, without reading or sorting the clocks', async () => {
  const path = freshStore();
  await importRows(path, concernsProfile, [
    { control_number: 'C1', origin: 'phone', submitted_at: '2020-11-01' },
  ]);
  for (const system of [null, 'concerns']) {
    const plan = await read(path, (reader) => {
      const query = dueQuery({ system, within: 0 }, at('2020-12-01'), 'running');
      return reader.rows({ sql: `explain query plan ${query.sql}`, parameters: query.parameters });
    });
    const steps = plan.map((row) => String(row[3]));
    expect(steps).toEqual(['SEARCH clock USING COVERING INDEX clock_open (due_at<?)']);
  }
});

it('looks for clocks that stopped since a past day by the same index', async () => {
  const path = freshStore();
  await importRows(path, concernsProfile, [
    { control_number: 'C1', origin: 'phone', submitted_at: '2020-11-01' },
  ]);
  const plan = await read(path, (reader) => {
    const filter = { system: 'concerns', within: 0 };
    const query = dueQuery(filter, at('2020-12-01'), 'stopped-since');
    return reader.rows({ sql: `explain query plan ${query.sql}`, parameters: query.parameters });
  });
  expect(String(plan[0]?.[3])).toContain('USING INDEX clock_running (stopped_at>? AND stopped_at<?)');
});
