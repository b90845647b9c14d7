import { expect, test } from 'vitest';
import { concernsAdd } from '../../src/concerns/commands/add.ts';
import { concernsProfile } from '../../src/concerns/imports.ts';
import { read } from '../../src/store/store.ts';
import { importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

test('an export that bears the number of a concern entered here does not replace it', async () => {
  const path = await office();
  const add = as(path, 'CP1', '2020-11-02T10:00');
  const told = {
    ...{ origin: 'phone', category: 'noise', beat: '0511' },
    ...{ description: 'Music every night', address: '700 W 103RD ST' },
  };
  const { data } = await add(concernsAdd, null, told);
  const id = String(data.id);
  await importRows(path, concernsProfile, [row(id, { category: 'parks', beat: '0611' })]);
  const concern = await read(path, (reader) =>
    reader.rows({
      sql: 'select origin, category, beat, district from concern where control_number = ?',
      parameters: [id],
    }),
  );
  expect(concern).toEqual([['phone', 'noise', '0511', '005']]);
});
