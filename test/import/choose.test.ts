import { expect, test } from 'vitest';
import { allProfiles } from '../../src/desk/registry.ts';
import { chooseProfile } from '../../src/import/choose.ts';

const named = async (header: string) => chooseProfile('f.csv', header.split(','), await allProfiles(), null);

test('a file that holds a member id and a rank among other things is no list of members', async () => {
  await expect(named('visit_id,member_id,visited_on,room,rank,unit,lasted,outcome')).rejects.toMatchObject({
    kind: 'data',
  });
  await expect(named('member_id,rank,trr_date')).rejects.toMatchObject({
    remedy: expect.stringContaining('--as members'),
  });
  expect((await named('member_id,rank,name,unit,hired_on')).profile.name).toBe('members');
});

test('a few columns that nobody knows are passed over', async () => {
  const mapping = await named('control_number,origin,submitted_at,foo');
  expect([mapping.profile.name, mapping.ignored]).toEqual(['concerns', ['foo']]);
});
