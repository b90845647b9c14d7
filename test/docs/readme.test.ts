import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeScene, ROOT } from '../cli/harness.ts';
import { playTranscript } from '../cli/transcript.ts';

const path = join(ROOT, 'README.md');
const FENCE = /```console\n([\s\S]*?)```/g;

/** A block as a transcript: stderr is not marked, and a command that names no exit code ends with 0. */
function asTranscript(block: string): string {
  const out: string[] = [];
  let open = false;
  const close = () => {
    if (open) out.push('? 0');
    open = false;
  };
  for (const line of block.trimEnd().split('\n')) {
    const exit = /^\[exit (\d+)\]$/.exec(line);
    if (line.startsWith('$ ')) close();
    if (exit) open = false;
    else if (line.startsWith('$ ')) open = true;
    out.push(exit ? `? ${exit[1]}` : line);
  }
  close();
  return `${out.join('\n')}\n`;
}

/** Lines of stderr come last and read alike; the runner wants them marked. */
function marked(transcript: string): string {
  return transcript.replaceAll(
    /^(?=(?:warning: |rollcall: |written: | {2}(?:Add|Name|Import|See|Did) ))/gm,
    '! ',
  );
}

function asBlock(transcript: string): string {
  return transcript
    .replaceAll('? 0\n', '')
    .replaceAll(/^\? (\d+)$/gm, '[exit $1]')
    .replaceAll(/^! /gm, '');
}

describe('the README', () => {
  test('shows commands that run as they are shown', { timeout: 120_000 }, async ({ onTestFinished }) => {
    const scene = makeScene();
    onTestFinished(() => scene.remove());
    symlinkSync(join(ROOT, 'data'), join(scene.folder, 'data'));
    const readme = readFileSync(path, 'utf8');
    const blocks = [...readme.matchAll(FENCE)].map((match) => match[1] ?? '');
    expect(blocks.length).toBeGreaterThan(5);
    let played = readme;
    for (const block of blocks) {
      const now = asBlock(await playTranscript(marked(asTranscript(block)), scene));
      played = played.replace(block, () => now);
    }
    if (process.env.UPDATE_TRANSCRIPTS === '1') writeFileSync(path, played);
    else expect(played).toBe(readme);
  });

  test('names no command that does not exist', async () => {
    const { GROUPS, TABLE } = await import('../../src/cli/table.ts');
    const readme = readFileSync(path, 'utf8');
    const known = (words: string) =>
      words in GROUPS ||
      TABLE.some(({ path }) => `${path} `.startsWith(`${words} `) || path === words.split(' ')[0]);
    const named = [...readme.matchAll(/`rollcall ([a-z]+(?: [a-z][a-z-]+)?)/g)].map(
      (match) => match[1] ?? '',
    );
    const unknown = named.filter((words) => !known(words));
    expect(unknown.filter((words) => !['help', 'completion', 'man'].includes(words))).toEqual([]);
  });
});
