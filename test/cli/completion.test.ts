import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { completionScript } from '../../src/cli/completion.ts';
import { FIXTURES } from './fixture.ts';

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

async function complete(...words: readonly string[]): Promise<readonly string[]> {
  const script = await completionScript(['bash'], FIXTURES);
  const quoted = ['rollcall', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `${script}\nCOMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _rollcall; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc'], { input: ask, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean);
}

describe.skipIf(!hasBash)('completion in bash', () => {
  test('offers first words, then second words', async () => {
    expect(await complete('')).toEqual(['concerns', 'fail', 'help', 'completion', 'man']);
    expect(await complete('con')).toEqual(['concerns']);
    expect(await complete('concerns', '')).toEqual(['echo']);
    expect(await complete('--json', 'concerns', '')).toEqual(['echo']);
  });

  test('offers the options of the command and the choices of an option', async () => {
    expect(await complete('concerns', 'echo', '--t')).toEqual(['--tier', '--tag']);
    expect(await complete('concerns', 'echo', '--tier', '')).toEqual(['low', 'high']);
    expect(await complete('concerns', 'echo', '--format', 'nd')).toEqual(['ndjson']);
  });
});

test('every shell has a script that names every command', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const script = await completionScript([shell], FIXTURES);
    for (const word of ['concerns', 'echo', 'fail', '--tier'.slice(2)]) expect(script, shell).toContain(word);
  }
});
