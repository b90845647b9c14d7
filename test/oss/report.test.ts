import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppress } from '../../src/oss/report-suppress.ts';
import { freshStore } from '../casework/store-of.ts';
import { fill, oss } from './acting.ts';

const LIMIT = 5;

/** Every way in which the hidden counts could be filled so that the published ones come out. */
function possible(hidden: number, sum: number, zeroes: number): number {
  if (hidden === 0) return sum === 0 ? 1 : 0;
  let ways = 0;
  for (let first = zeroes; first <= sum; first++) ways += possible(hidden - 1, sum - first, zeroes);
  return ways;
}

describe('suppression of small cells', () => {
  it('hides every count from 1 to 4 and leaves a total from which none can be worked out', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), (counts) => {
        const { cells, total } = suppress(counts, LIMIT);
        for (const [at, count] of counts.entries()) {
          if (count > 0 && count < LIMIT) expect(cells[at]).toBeNull();
          if (cells[at] !== null) expect(cells[at]).toBe(count);
        }
        const hidden = cells.filter((cell) => cell === null).length;
        if (total === null || hidden === 0) return;
        const sum = total - cells.reduce<number>((all, cell) => all + (cell ?? 0), 0);
        // Whoever knows the method knows that no hidden count is 0, and still cannot tell which it is.
        expect(possible(hidden, sum, 1)).toBeGreaterThan(1);
        expect(sum).toBeGreaterThanOrEqual(LIMIT);
      }),
    );
  });

  it('shows what is large enough, and zeros', () => {
    expect(suppress([0, 7, 12], LIMIT)).toEqual({ cells: [0, 7, 12], total: 19 });
    expect(suppress([0, 3, 12, 9], LIMIT)).toEqual({ cells: [0, null, 12, null], total: 24 });
    expect(suppress([0, 3], LIMIT)).toEqual({ cells: [0, null], total: null });
  });
});

describe('the report', () => {
  const item = (n: number, more: Readonly<Record<string, string>>) => ({
    work_item_id: `W${n}`,
    member_id: 'P1',
    generated_at: `2020-11-0${n}T08:00:00`,
    models: 'a',
    determined_at: `2020-11-0${n}T18:00:00`,
    determined_by: 'AN',
    ...more,
  });
  const items = [
    item(1, { determination: 'invalid', determination_reason: 'wrong-member' }),
    item(2, { determination: 'invalid', determination_reason: 'Officer So-and-so says it is not theirs' }),
    item(3, { determination: 'valid', forwarded_at: '2020-11-04T08:00:00', area_rep_id: 'R2' }),
    item(4, { determination: 'valid', determined_at: '2020-11-07T08:00:00' }),
  ];

  it("counts determinations against 48 hours, and reasons without anyone's words", async () => {
    const path = freshStore();
    await fill(path, { items });
    const { out } = await oss(path, 'report --monthly 2020-11 --json', 'OS', '2020-12-05');
    const data = JSON.parse(out);
    expect(data.intake).toEqual({
      generated: 4,
      invalid: 2,
      undetermined: 0,
      invalidByReason: [
        { reason: 'other', count: 1 },
        { reason: 'wrong-member', count: 1 },
      ],
    });
    expect(data.steps[0]).toMatchObject({ rule: 'OSS-16', n: 4, medianHours: 10, onTime: 3, late: 1 });
    expect(out).not.toContain('So-and-so');
    expect(out).not.toMatch(/"(P1|AN|R2)"/);
  });

  it('gives outsiders whole quarters alone, without the invalid ones and without small cells', async () => {
    const path = freshStore();
    await fill(path, { items });
    const now = '2021-01-05';
    expect((await oss(path, 'report --monthly 2020-11', 'CO', now)).code).toBe(2);
    expect((await oss(path, 'report --quarterly 2021-Q1', 'CO', now)).code).toBe(2);
    const { out } = await oss(path, 'report --quarterly 2020-Q4 --json', 'CO', now);
    expect(JSON.parse(out)).toMatchObject({ intake: null, valid: null, suppressedBelow: 5 });
    expect((await oss(path, 'report --quarterly 2020-Q4', 'P1', now)).code).toBe(4);
  });

  it('says the same of a quarter that is over to outsiders on every later day', async () => {
    const path = freshStore();
    const late = [
      { work_item_id: 'W4', event: 'forwarded', at: '2021-01-03T08:00:00', detail: 'R2' },
      { work_item_id: 'W3', event: 'discrepancy', at: '2021-01-03T09:00:00', detail: 'letter' },
    ];
    await fill(path, { items, events: late });
    const told = async (actor: string, now: string) => {
      const { out } = await oss(path, 'report --quarterly 2020-Q4 --json', actor, now);
      const { asOf, ...rest } = JSON.parse(out);
      return { asOf, rest };
    };
    const [before, after] = [await told('CO', '2021-01-02'), await told('CO', '2021-01-05')];
    expect(after.rest).toEqual(before.rest);
    expect((await told('OS', '2021-01-02')).rest).not.toEqual((await told('OS', '2021-01-05')).rest);
  });

  it('puts every count beside the Area of the member, for the unit', async () => {
    const path = freshStore();
    await fill(path, { items });
    const { out } = await oss(path, 'report --quarterly 2020-Q4 --json', 'OS', '2021-01-05');
    const { byArea, areaTotals } = JSON.parse(out);
    expect(byArea.find(({ area }: { area: string }) => area === '2')).toMatchObject({
      generated: 4,
      invalid: 2,
      valid: 2,
      late: 1,
    });
    expect(areaTotals).toMatchObject({ generated: 4, invalid: 2, valid: 2, late: 1 });
  });
});
