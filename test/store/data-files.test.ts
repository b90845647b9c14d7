import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { clockFor } from '../../src/core/policy.ts';
import { dataFile, loadClocks, loadPolicy, rulesetHash } from '../../src/store/data-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-policy-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a data file is found in the package', () => {
  expect(existsSync(dataFile('geography/beats.json'))).toBe(true);
});

test('the policy is opened once for one overlay', () => {
  expect(loadPolicy({})).toBe(loadPolicy({ ROLLCALL_POLICY: '' }));
  expect(loadClocks({})).toBe(loadPolicy({}).clocks());
});

test('the ruleset hash is the sha256 of the policy files in name order', () => {
  const hash = createHash('sha256');
  for (const name of readdirSync(dataFile('policy')).toSorted()) {
    hash.update(readFileSync(dataFile(`policy/${name}`)));
  }
  expect(rulesetHash({})).toBe(hash.digest('hex'));
});

test('an overlay folder is laid over the shipped files in name order, and changes the ruleset hash', () => {
  const clock = (days: number) => ({ rule: 'CC-22', cite: 'GD 7 I', length: { days } });
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ prefix: 'GD 7', clocks: [clock(9)] }));
  writeFileSync(join(folder, 'b.json'), JSON.stringify({ prefix: 'GD 7', clocks: [clock(8)] }));
  writeFileSync(join(folder, 'notes.txt'), 'not a policy');
  const env = { ROLLCALL_POLICY: folder };
  expect(clockFor(loadClocks(env), 'CC-22').length).toEqual({ days: 8 });
  expect(rulesetHash(env)).not.toBe(rulesetHash({}));
  expect(clockFor(loadClocks({}), 'CC-22').length).toEqual({ days: 7 });
});

test('an overlay that is not there is a usage error that names it', () => {
  expect(() => loadPolicy({ ROLLCALL_POLICY: 'no-such-policy.json' })).toThrow('no-such-policy.json');
});
