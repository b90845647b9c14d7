import { describe, expect, it } from 'vitest';
import { freshStore } from '../casework/store-of.ts';
import { ASSIGNED, fill, oss } from './acting.ts';

const NOW = '2020-11-09T09:00';

const step = (event: string, at: string, by: string, detail = '') => ({
  work_item_id: 'W1',
  event,
  at: `2020-11-0${at}`,
  by,
  detail,
});

const MET = [step('notified', '2T13:00', 'L1', 'in-person'), step('met', '3T09:00', 'S1', 'abcdef')];

async function supportsAfter(events: readonly ReturnType<typeof step>[]) {
  const path = freshStore();
  await fill(path, { items: [ASSIGNED], events: [...MET, ...events] });
  const { out, err } = await oss(path, 'show W1 --json', 'S1', NOW);
  expect(err).toBe('');
  return JSON.parse(out).plan.supports;
}

describe('plans that come with an import', () => {
  it('hold what was submitted, whatever was planned before', async () => {
    const supports = await supportsAfter([
      step('planned', '3T10:00', 'S1', 'chaplain;mentoring'),
      step('plan-submitted', '3T12:00', 'S1', 'peer-support;mentoring'),
    ]);
    expect(supports).toEqual([
      { support: 'mentoring', status: 'chosen' },
      { support: 'peer-support', status: 'chosen' },
    ]);
  });

  it('are followed up by what the log says of each support', async () => {
    const supports = await supportsAfter([
      step('plan-submitted', '3T12:00', 'S1', 'peer-support;mentoring'),
      step('command-approved', '4T09:00', 'L1'),
      step('area-rep-approved', '4T10:00', 'R2'),
      step('progressed', '5T09:00', 'S1', 'peer-support: completed'),
      step('progressed', '6T09:00', 'S1', 'mentoring:Started'),
      step('progressed', '7T09:00', 'S1', 'all well'),
    ]);
    expect(supports).toEqual([
      { support: 'peer-support', status: 'completed' },
      { support: 'mentoring', status: 'started' },
    ]);
  });
});
