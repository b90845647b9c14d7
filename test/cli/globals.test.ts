import { describe, expect, test } from 'vitest';
import { settleGlobals, takeGlobals } from '../../src/cli/globals.ts';

function settle(line: string, env: Record<string, string> = {}) {
  return settleGlobals(takeGlobals(line.split(' ').filter(Boolean)), env);
}

describe('global options', () => {
  test.for([
    '--json concerns overdue --district 005',
    'concerns --json overdue --district 005',
    'concerns overdue --json --district 005',
    'concerns overdue --district 005 --json',
  ])('stand anywhere on the line: %s', (line) => {
    const { given, rest } = takeGlobals(line.split(' '));
    expect(rest).toEqual(['concerns', 'overdue', '--district', '005']);
    expect(given.has('--json')).toBe(true);
  });

  test('are left alone after --', () => {
    const { given, rest } = takeGlobals(['show', '--', '--json', '-o', 'x']);
    expect(rest).toEqual(['show', '--', '--json', '-o', 'x']);
    expect(given.size).toBe(0);
  });

  test('take their value apart, after =, or joined to -o', () => {
    expect(settle('--store a.db').store).toBe('a.db');
    expect(settle('--store=a=b.db').store).toBe('a=b.db');
    expect(settle('-or.md').output).toBe('r.md');
    expect(settle('-o=r.md').output).toBe('r.md');
  });

  test('win over the environment, and an empty variable counts as absent', () => {
    const env = {
      ROLLCALL_STORE: 'env.db',
      ROLLCALL_ACTOR: 'E1',
      ROLLCALL_AS_OF: '',
      ROLLCALL_PURPOSE: 'review',
    };
    expect(settle('--actor A1', env)).toMatchObject({
      store: 'env.db',
      actor: 'A1',
      asOf: null,
      purpose: 'review',
    });
  });

  test('without a value, or a switch with one, are usage errors that name the option', () => {
    expect(() => takeGlobals(['overdue', '--store'])).toThrow(/--store needs a value/);
    expect(() => takeGlobals(['--store', '--json'])).toThrow(/--store needs a value/);
    expect(() => takeGlobals(['--store='])).toThrow(/--store needs a value/);
    expect(() => takeGlobals(['--json=yes'])).toThrow(/--json takes no value/);
  });

  test('with an unknown word name the option or the variable it came from', () => {
    expect(() => settle('--format jsn')).toThrow(/--format: "jsn"/);
    expect(() => settle('', { ROLLCALL_PURPOSE: 'fun' })).toThrow(/ROLLCALL_PURPOSE: "fun"/);
  });
});

describe('the output file', () => {
  test.for([
    ['r.html', 'html'],
    ['R.HTM', 'html'],
    ['a.b/r.md', 'md'],
    ['r.csv', 'csv'],
    ['r.json', 'json'],
    ['r.ndjson', 'ndjson'],
    ['r.txt', 'plain'],
    ['r.tsv', 'plain'],
  ] as const)('%s is written as %s', ([file, format]) => {
    expect(settle(`-o ${file}`).format).toBe(format);
  });

  test('tsv names the plain form to --format too', () => {
    expect(settle('--format tsv').format).toBe('plain');
    expect(settle('-o r.tsv --format tsv').format).toBe('plain');
    expect(() => settle('-o r.csv --format tsv')).toThrow(/ends in \.csv/);
  });

  test('with an extension that no format has is a usage error, unless --format says which', () => {
    expect(() => settle('-o r.xyz')).toThrow(/no format is known for \.xyz/);
    expect(() => settle('-o report')).toThrow(/a file without extension/);
    expect(settle('-o r.pdf').format).toBe('pdf');
    expect(settle('-o r.xyz --format csv').format).toBe('csv');
  });

  test('with an extension against the format asked for is a usage error', () => {
    expect(() => settle('-o r.html --json')).toThrow(/ends in \.html, but the format asked for is json/);
    expect(() => settle('--json --format csv')).toThrow(/disagree/);
    expect(settle('--json --format json').format).toBe('json');
  });
});

test('NO_COLOR counts when it is not empty', () => {
  expect(settle('', { NO_COLOR: '1' }).noColor).toBe(true);
  expect(settle('', { NO_COLOR: '' }).noColor).toBe(false);
  expect(settle('--no-color').noColor).toBe(true);
});
