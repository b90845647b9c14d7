import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { suppress } from '../../src/oss/report-suppress.ts';
import { freshStore } from '../casework/store-of.ts';
import { temporaryFolder } from '../temporary.ts';
import { fill, oss, rollcall } from './acting.ts';

const LIMIT = 5;

/** Every list of counts of this length up to `most`. */
function lists(length: number, most: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return lists(length - 1, most).flatMap((rest) => Array.from({ length: most + 1 }, (_, n) => [n, ...rest]));
}

describe('suppression of small cells', () => {
  it('hides every count from 1 to 4 and shows no other than it is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 6 }), (counts) => {
        const { cells } = suppress(counts, LIMIT);
        for (const [at, count] of counts.entries()) {
          if (count > 0 && count < LIMIT) expect(cells[at]).toBeNull();
          if (cells[at] !== null) expect(cells[at]).toBe(count);
        }
      }),
    );
  });

  it('leaves each hidden count open to whoever knows the method and tries all that it could be', () => {
    for (const length of [2, 3, 4]) {
      const limit = 3;
      const published = Map.groupBy(lists(length, 9), (counts) => JSON.stringify(suppress(counts, limit)));
      for (const [output, candidates] of published) {
        const { cells, total }: ReturnType<typeof suppress> = JSON.parse(output);
        // Of larger totals the lists tried do not hold every way.
        if (total !== null && total > 9) continue;
        for (const [at, cell] of cells.entries()) {
          if (cell !== null) continue;
          const could = new Set(candidates.map((counts) => counts[at] ?? 0));
          expect(could.size, output).toBeGreaterThanOrEqual(2);
          if (total !== null) expect(Math.max(...could), output).toBeGreaterThanOrEqual(limit);
          expect(Math.min(...could), output).toBe(1);
        }
      }
    }
  });

  it('shows what is large enough, and zeros', () => {
    expect(suppress([0, 7, 12], LIMIT)).toEqual({ cells: [0, 7, 12], total: 19 });
    expect(suppress([0, 3, 12, 9], LIMIT)).toEqual({ cells: [0, null, null, null], total: 24 });
    expect(suppress([0, 3], LIMIT)).toEqual({ cells: [0, null], total: null });
    expect(suppress([1, 1, 1, 1, 1, 0], LIMIT)).toEqual({
      cells: [null, null, null, null, null, 0],
      total: null,
    });
    expect(suppress([4, 4, 4, 5, 20], LIMIT).cells).toEqual([null, null, null, null, null]);
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
      soFar: { generated: 4, determined: 4, open: 0 },
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

  it('says the same of a quarter that is over on every later day', async () => {
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
    for (const actor of ['CO', 'OS']) {
      const [before, after] = [await told(actor, '2021-01-02'), await told(actor, '2021-01-05')];
      expect(after.rest).toEqual(before.rest);
    }
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

  it('moves nobody who is transferred after the period', async () => {
    const path = freshStore();
    await fill(path, { items });
    const areas = async () => {
      const { out } = await oss(path, 'report --quarterly 2020-Q4 --json', 'OS', '2021-01-05');
      return JSON.parse(out).byArea;
    };
    const before = await areas();
    const file = join(temporaryFolder(), 'moved.csv');
    writeFileSync(file, 'member_id,rank,sworn,unit,district\nP1,Police Officer,yes,1,001\n');
    expect((await rollcall(path, ['import', file, '--actor', 'AD'])).code).toBe(0);
    expect(await areas()).toEqual(before);
  });

  it('counts discrepancies that were open at the end, and their age then', async () => {
    const path = freshStore();
    const letter = (at: string) => ({
      work_item_id: 'W3',
      event: 'discrepancy',
      at,
      detail: 'letter; paper',
    });
    await fill(path, { items, events: [letter('2020-11-20T09:00:00')] });
    const open = async (period: string, when = '2021-02-05') => {
      const { out } = await oss(path, `report ${period} --json`, 'OS', when);
      return JSON.parse(out).discrepancies;
    };
    expect(await open('--monthly 2020-10')).toEqual({ opened: 0, open: 0, oldestDays: null });
    expect(await open('--monthly 2020-11')).toEqual({ opened: 1, open: 1, oldestDays: 10 });
    expect(await open('--monthly 2020-12')).toEqual({ opened: 0, open: 1, oldestDays: 41 });
    const sofar = await open('--monthly 2020-12', '2020-12-05T12:00');
    expect(sofar).toEqual({ opened: 0, open: 1, oldestDays: 15 });
  });

  it('times the forwarding from the determination that stood', async () => {
    const path = freshStore();
    await fill(path, {
      items: [item(1, { determination: 'invalid', determination_reason: 'wrong-member' })],
      events: [
        {
          work_item_id: 'W1',
          event: 'reopened',
          at: '2020-11-03T08:00:00',
          by: 'OS',
          reason: 'right member',
        },
        { work_item_id: 'W1', event: 'determined-valid', at: '2020-11-03T10:00:00', by: 'AN' },
        { work_item_id: 'W1', event: 'forwarded', at: '2020-11-03T13:00:00', by: 'AN', detail: 'R2' },
      ],
    });
    const { out } = await oss(path, 'report --monthly 2020-11 --json', 'OS', '2020-12-05');
    const steps: readonly { readonly step: string }[] = JSON.parse(out).steps;
    expect(steps.find(({ step }) => step.startsWith('forwarded'))).toMatchObject({ n: 1, medianHours: 3 });
  });

  it('is printed for one Area by the unit alone', async () => {
    const path = freshStore();
    await fill(path, { items });
    const one = async (area: string, actor = 'OS') =>
      await oss(path, `report --quarterly 2020-Q4 --area ${area} --json`, actor, '2021-01-05');
    expect(JSON.parse((await one('2')).out)).toMatchObject({ area: '2', valid: 2, intake: { invalid: 2 } });
    expect(JSON.parse((await one('3')).out)).toMatchObject({ area: '3', valid: 0, intake: { invalid: 0 } });
    expect((await one('9')).code).toBe(2);
    expect((await one('2', 'CO')).code).toBe(2);
  });
});
