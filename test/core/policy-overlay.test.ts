import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RollcallError } from '../../src/core/errors.ts';
import { clockFor, ruleById } from '../../src/core/policy.ts';
import { openPolicy } from '../../src/core/policy-files.ts';
import { dataFile } from '../../src/store/data-files.ts';

/** The shipped policy with these overlay texts over it. */
function withOverlay(...overlays: readonly unknown[]) {
  const texts = new Map(overlays.map((overlay, index) => [`own-${index}.json`, JSON.stringify(overlay)]));
  return openPolicy((path) => texts.get(path) ?? readFileSync(path, 'utf8'), dataFile('policy'), [
    ...texts.keys(),
  ]);
}

describe("a department's own policy file", () => {
  test('changes a clock under its own cite and leaves the others', () => {
    const own = { rule: 'CC-22', cite: 'GD 7 III.B', length: { days: 10 } };
    const policy = withOverlay({ prefix: 'GD 7', clocks: [own] });
    expect(clockFor(policy.clocks(), 'CC-22')).toMatchObject({
      ...own,
      name: 'investigation',
      kind: 'clock',
    });
    expect(clockFor(policy.clocks(), 'OSS-16').length).toEqual({ hours: 48 });
    expect(policy.clocks()).toHaveLength(openShipped().clocks().length);
  });

  test('changes a rule, adds one of its own, and both have cites', () => {
    const changed = { id: 'OSS-16', cite: 'GD 7 II.A' };
    const added = {
      id: 'GD-1',
      cite: 'GD 7 II.B',
      directive: 'GD 7',
      system: 'oss',
      text: 'A second analyst reads each item.',
      type: ['obligation'],
      carry: 'evidence',
      status: 'in-force',
    };
    const policy = withOverlay({ prefix: 'GD 7', rules: [changed, added] });
    expect(policy.cite('OSS-16')).toBe('GD 7 II.A');
    expect(policy.cite('GD-1')).toBe('GD 7 II.B');
    expect(policy.rules()).toHaveLength(250);
    expect(ruleById(policy.rules(), 'OSS-16')?.text).toBe(ruleById(openShipped().rules(), 'OSS-16')?.text);
  });

  test('switches drafts off, all or one, with their duties', () => {
    const all = withOverlay({ prefix: 'GD 7', off: ['draft'] });
    expect(all.rules().filter((rule) => rule.status === 'off')).toHaveLength(53);
    expect(all.duties().filter((duty) => duty.system === 'engagement')).toEqual([]);
    const one = withOverlay({ prefix: 'GD 7', off: ['CP-34'] });
    expect(
      one
        .rules()
        .filter((rule) => rule.status === 'off')
        .map((rule) => rule.id),
    ).toEqual(['CP-34']);
    expect(one.duties().map((duty) => duty.rule)).not.toContain('CP-34');
  });

  test('replaces single settings, a later file winning over an earlier', () => {
    const policy = withOverlay(
      { prefix: 'GD 7', csr: { smallCellLimit: 10 }, said: { unvalidatedModel: 'refuse' } },
      { prefix: 'GD 8', csr: { smallCellLimit: 7 } },
    );
    expect(policy.csr().smallCellLimit).toBe(7);
    expect(policy.csr().percentageMinimumBase).toBe(10);
    expect(policy.said().unvalidatedModel).toBe('refuse');
  });

  test.each([
    ['text that is no JSON', '{', /own\.json: .*JSON/],
    ['a list', '[]', /own\.json: holds no JSON object/],
    ['no prefix', '{}', /has no "prefix"/],
    ['an unknown part', '{"prefix":"GD","rule":[]}', /"rule" is no part of it/],
    [
      'a change in the name of the shipped directive',
      '{"prefix":"GD","clocks":[{"rule":"CC-22","cite":"S02-03-03 VII.C.2","length":{"days":9}}]}',
      /clocks\[0\] has no cite that begins with "GD"/,
    ],
    [
      'a length of nothing',
      '{"prefix":"GD","clocks":[{"rule":"CC-22","cite":"GD 1","length":{"days":0}}]}',
      /clocks\[0\]\.length is not valid/,
    ],
    [
      'an unknown field',
      '{"prefix":"GD","rules":[{"id":"CC-22","cite":"GD 1","severity":1}]}',
      /unknown field/,
    ],
    ['an incomplete new clock', '{"prefix":"GD","clocks":[{"rule":"CC-33","cite":"GD 1"}]}', /CC-33 is new/],
    ['a directive in force switched off', '{"prefix":"GD","off":["CC-22"]}', /CC-22, which is no draft/],
    ['an unknown setting', '{"prefix":"GD","csr":{"smallCells":3}}', /csr has no setting "smallCells"/],
    [
      'a setting of another kind',
      '{"prefix":"GD","csr":{"smallCellLimit":"3"}}',
      /smallCellLimit is no number/,
    ],
    [
      'a severity that is none',
      '{"prefix":"GD","said":{"untrainedActor":"shout"}}',
      /neither "warn" nor "refuse"/,
    ],
    [
      'a bucket without its label',
      '{"prefix":"GD","csr":{"ageing":{"rule":"CSR-15","buckets":[{"from":0,"to":null}]}}}',
      /csr\.ageing\.buckets\[0\] has no "label"/,
    ],
  ])('is refused as data for %s', (_, text, message) => {
    const policy = openPolicy(
      (path) => (path === 'own.json' ? text : readFileSync(path, 'utf8')),
      dataFile('policy'),
      ['own.json'],
    );
    const readAll = () => [policy.rules(), policy.clocks(), policy.csr(), policy.said()];
    expect(readAll).toThrow(RollcallError);
    expect(readAll).toThrow(message);
  });
});

describe('the policy', () => {
  test('reads only the files that are asked for', () => {
    const seen: string[] = [];
    const policy = openPolicy((path) => {
      seen.push(path.replace(/^.*\//, ''));
      return readFileSync(path, 'utf8');
    }, dataFile('policy'));
    policy.clocks();
    policy.clocks();
    expect(seen).toEqual(['clocks.json']);
    policy.cite('CC-22');
    expect(seen).toEqual(['clocks.json', 'rules-cc.json']);
  });
});

function openShipped() {
  return openPolicy((path) => readFileSync(path, 'utf8'), dataFile('policy'));
}
