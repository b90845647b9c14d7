import { describe, expect, test } from 'vitest';
import type { Instant } from '../../src/core/instant.ts';
import { loadDirectory } from '../../src/people/directory.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { type Place, place } from '../import/harness.ts';

const HEAD = 'member_id,rank,unit,supervisor_id,roles\n';
const HIRED = `${HEAD}M1,Police Officer,5,M2,\nM2,Sergeant,5,,supervisor;cp-sergeant\n`;
const PROMOTED = `${HEAD}M1,Sergeant,6,M2,supervisor\nM2,Lieutenant,5,,watch-operations-lieutenant\n`;

async function told(here: Place, member: string, when: Instant): Promise<string> {
  return read(here.store, async (reader) => {
    const person = (await loadDirectory(reader)).person(member, when);
    return `${person?.rankLevel} unit ${person?.unit}: ${[...(person?.roles ?? [])].sort().join(' ')}`;
  });
}

async function promoted(): Promise<Place> {
  const here = place();
  await here.one('members.csv', HIRED, { clock: () => at('2020-03-01') });
  await here.one('members.csv', PROMOTED, { clock: () => at('2020-09-01') });
  return here;
}

describe('a member whom a later import changed', () => {
  test('is judged at the rank, unit and roles on record at the time', async () => {
    const here = await promoted();
    expect(await told(here, 'M2', at('2020-06-01'))).toBe(
      '2 unit 5: cp-sergeant supervisor watch-operations-lieutenant',
    );
    expect(await told(here, 'M2', at('2020-10-01'))).toBe('3 unit 5: watch-operations-lieutenant');
    expect(await told(here, 'M1', at('2020-06-01'))).toBe('1 unit 5: supervisor');
    expect(await told(here, 'M1', at('2020-10-01'))).toBe('2 unit 6: supervisor');
  });

  test('counts as known today for a time before the store knew the member', async () => {
    const here = await promoted();
    expect(await told(here, 'M1', at('2019-06-01'))).toBe('2 unit 6: supervisor');
  });

  test('is as before once that import is taken back', async () => {
    const here = await promoted();
    await here.undo(2);
    expect(await told(here, 'M2', at('2020-10-01'))).toBe('2 unit 5: cp-sergeant supervisor');
    expect(await told(here, 'M2', at('2020-06-01'))).toBe('2 unit 5: cp-sergeant supervisor');
  });
});
