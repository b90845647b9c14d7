import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/core/command.ts';
import { RollcallError } from '../../src/core/errors.ts';
import type { Instant } from '../../src/core/instant.ts';
import { makeRulesCommand } from '../../src/desk/commands/rules.ts';
import { type Carried, coverage, coverageTotal } from '../../src/desk/coverage.ts';
import type { RuleItem } from '../../src/desk/rule-tables.ts';
import { loadPolicy } from '../../src/store/data-files.ts';

const rules = loadPolicy({}).rules();
const carried: readonly Carried[] = [
  { rule: 'OSS-16', as: 'check' },
  { rule: 'OSS-12', as: 'report' },
  { rule: 'OSS-12', as: 'block' },
  { rule: 'CC-22', as: 'check' },
  { rule: 'CSR-22', as: 'report' },
  { rule: 'CP-34', as: 'evidence' },
];

// The command reads the time and the environment only.
const context = { now: 1_604_600_000 as Instant, env: {} } as Context;

async function run(options: Record<string, string | true> = {}) {
  const command = makeRulesCommand(async () => carried);
  const outcome = await command.run(context, { args: {}, options });
  return { ...outcome, rules: outcome.data.items as readonly RuleItem[] };
}

describe('coverage', () => {
  test('counts each rule once, by the strongest form in which it is built', () => {
    const oss = coverage(rules, carried).find((row) => row.system === 'oss');
    expect(oss).toMatchObject({ directive: 'D20-04', rules: 58, enforced: 1, blocked: 1, reported: 0 });
    expect(oss?.listed).toBe(56);
  });

  test('has a row for each system, and every row and the total add up', () => {
    const rows = coverage(rules, carried);
    expect(rows.map((row) => [row.directive, row.system, row.rules])).toEqual([
      ['D20-04', 'oss', 58],
      ['S02-03-03', 'csr', 51],
      ['S02-03-03', 'concerns', 39],
      ['CPMV', 'engagement', 53],
      ['S09-11', 'said', 32],
      ['SRO', 'schools', 16],
    ]);
    for (const row of [...rows, coverageTotal(rows)]) {
      for (const counts of [row, row.meant]) {
        const sum = counts.enforced + counts.blocked + counts.evidenced + counts.reported + counts.listed;
        expect(sum).toBe(row.rules);
      }
    }
    expect(coverageTotal(rows)).toMatchObject({
      rules: 249,
      enforced: 2,
      blocked: 1,
      evidenced: 1,
      reported: 1,
    });
  });

  test('is only a list while nothing is registered', () => {
    expect(coverageTotal(coverage(rules, [])).listed).toBe(249);
  });

  test('refuses a registered rule that does not exist', () => {
    expect(() => coverage(rules, [{ rule: 'OSS-99', as: 'check' }])).toThrow(/OSS-99, which does not exist/);
  });
});

describe('rollcall rules', () => {
  test('lists all rules with what is meant and what is built', async () => {
    const { data, items, rules: listed } = await run();
    expect(data.schema).toBe('rollcall/desk.rules/1');
    expect(data.total).toBe(249);
    expect(items).toEqual(listed);
    expect(listed.find((rule) => rule.id === 'OSS-16')).toEqual({
      id: 'OSS-16',
      cite: 'D20-04 IV.A.2',
      text: 'The analyst settles whether an item is valid no later than 48 h after it was generated.',
      type: ['deadline'],
      carry: 'check',
      carriedAs: 'check',
      status: 'in-force',
      system: 'oss',
    });
    expect(listed.find((rule) => rule.id === 'OSS-17')?.carriedAs).toBeNull();
  });

  test('narrows the list by system, type and meant carry together', async () => {
    const { rules: listed, data } = await run({ system: 'concerns', type: 'prohibition', carry: 'block' });
    expect(listed.map((rule) => rule.id)).toEqual(['CC-10']);
    expect(data.coverage).toMatchObject([{ system: 'concerns', rules: 1, listed: 1 }]);
  });

  test('shows one rule with its clock, the extension and the readings', async () => {
    const { document, data, rules: listed } = await run({ show: 'cc-22' });
    expect(listed.map((rule) => rule.id)).toEqual(['CC-22']);
    expect(data).toMatchObject({ clocks: [{ rule: 'CC-22' }], duties: [] });
    expect((data.readings as { id: string }[]).map((reading) => reading.id)).toEqual(['A-CC-4', 'A-CC-5']);
    const text = JSON.stringify(document.blocks);
    expect(text).toContain('7 days from');
    expect(text).toContain('adds 7 days to the due day (CC-23, S02-03-03 VII.C.2 note)');
  });

  test('shows the clock that a rule extends, and a recurring duty', async () => {
    expect((await run({ show: 'CSR-47' })).data.clocks).toMatchObject([
      { rule: 'CSR-38' },
      { rule: 'CSR-47' },
    ]);
    const { document } = await run({ show: 'CC-14' });
    expect(JSON.stringify(document.blocks)).toContain('every tour, by cp-sergeant; no due instant');
  });

  test('takes an id without its leading zero', async () => {
    expect((await run({ show: 'oss-6' })).rules[0]?.id).toBe('OSS-06');
  });

  test('names the ids of the family when there is no such rule', async () => {
    const error = await run({ show: 'OSS-99' }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(RollcallError);
    expect(error).toMatchObject({ kind: 'usage', remedy: 'OSS runs from OSS-01 to OSS-58.' });
  });

  test('prints coverage as built of meant, with flat rows for csv', async () => {
    const { document, items } = await run({ coverage: true });
    const table = document.blocks[0];
    const meant = rules.filter((rule) => rule.system === 'oss' && rule.carry === 'check').length;
    expect(table?.kind === 'table' && table.rows[0]?.enforced).toBe(`1 of ${meant}`);
    expect(items?.slice()[0]).toMatchObject({
      directive: 'D20-04',
      system: 'oss',
      enforced: 1,
      meantEnforced: meant,
    });
    expect(items?.slice()[0]).not.toHaveProperty('meant');
  });

  test('does not take --show and --coverage together', async () => {
    await expect(run({ show: 'OSS-16', coverage: true })).rejects.toThrow('cannot go together');
  });

  test('prints the ruleset on every output', async () => {
    const { document, data } = await run();
    expect(data.ruleset).toMatch(/^[0-9a-f]{64}$/);
    expect(document.footer).toEqual([{ label: 'Ruleset', text: data.ruleset }]);
  });
});
