import { describe, expect, it } from 'vitest';
import { freshStore } from '../casework/store-of.ts';
import { ASSIGNED, fill, oss, rollcall } from './acting.ts';

const NOW = '2020-11-09T09:00';
const VALID = {
  work_item_id: 'W1',
  member_id: 'P1',
  generated_at: '2020-11-01T08:00:00',
  determined_at: '2020-11-01T10:00:00',
  determination: 'valid',
};

const step = (event: string, at: string, by: string, detail: string) => ({
  work_item_id: 'W1',
  event,
  at: `2020-11-0${at}`,
  by,
  detail,
});

async function storeWith(items: Parameters<typeof fill>[1]): Promise<string> {
  const path = freshStore();
  await fill(path, items);
  return path;
}

const submitted = (checklist: string, supports: string) =>
  storeWith({
    items: [ASSIGNED],
    events: [step('met', '3T09:00', 'S1', checklist), step('plan-submitted', '4T09:00', 'S1', supports)],
  });

describe('what a list or a log tells of a Work Item', () => {
  it('is to the analyst nothing of the plan, nor of points left out of a meeting', async () => {
    const stores = [await submitted('abcdef', 'chaplain'), await submitted('abdef', 'none')];
    for (const line of ['status', 'show W1', 'show W1 --json', 'status --json']) {
      const [one, other] = await Promise.all(stores.map((path) => oss(path, line, 'AN', NOW)));
      expect(one?.code).toBe(0);
      expect(one).toEqual(other);
    }
    for (const path of stores) {
      const { out } = await rollcall(path, ['check', '--actor', 'AN', '--as-of', NOW]);
      expect(out).not.toMatch(/MEETING_|NO_SUPPORT/);
    }
  });

  it('is without an actor the same once it was found valid or invalid', async () => {
    const stores = [
      await storeWith({ items: [VALID] }),
      await storeWith({ items: [{ ...VALID, determination: 'invalid' }] }),
    ];
    for (const line of [['calendar'], ['overdue'], ['oss', 'overdue'], ['oss', 'triage', '--list']]) {
      const [one, other] = await Promise.all(stores.map((path) => rollcall(path, [...line, '--as-of', NOW])));
      expect(one).toEqual(other);
    }
  });

  it('is in the logs nothing to who may read logs and sees no Work Item (OSS-58)', async () => {
    const path = await submitted('abcdef', 'chaplain');
    const log = (actor: string) => rollcall(path, ['audit', 'log', '--actor', actor]);
    expect((await log('OS')).out).toContain('plan-submitted');
    expect((await log('AD')).out).toContain('plan-submitted');
    for (const actor of ['XO', 'CO']) {
      const { code, out } = await log(actor);
      expect(code).toBe(0);
      expect(out).not.toMatch(/W1|plan-submitted/);
    }
  });
});
