import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeScene, ROOT } from './harness.ts';
import { playTranscript } from './transcript.ts';

const folder = join(ROOT, 'test', 'cli');
const update = process.env.UPDATE_TRANSCRIPTS === '1';
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.txt'),
);

describe.concurrent('transcripts go as they are written down', () => {
  test.for(files.sort())('%s', { timeout: 600_000 }, async (file, { onTestFinished }) => {
    const scene = makeScene();
    onTestFinished(() => scene.remove());
    const written = readFileSync(join(folder, file), 'utf8');
    const played = await playTranscript(written, scene);
    if (update && played !== written) writeFileSync(join(folder, file), played);
    else expect(played).toBe(written);
  });
});
