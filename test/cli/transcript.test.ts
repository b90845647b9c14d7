import { expect, test } from 'vitest';
import { makeScene } from './harness.ts';
import { playTranscript } from './transcript.ts';

const WRITTEN = `# Output, messages and exit code.
$ echo one; echo two >&2; exit 3
one
! two
? 3

# The folder of the run, and anything.
$ pwd; date
<folder>
[..] 20[..]
? 0
# The end.
`;

test('a transcript that goes as written stays as it is', async ({ onTestFinished }) => {
  const scene = makeScene();
  onTestFinished(() => scene.remove());
  expect(await playTranscript(WRITTEN, scene)).toBe(WRITTEN);
});

test('a transcript of commands alone is filled in, remarks kept', async ({ onTestFinished }) => {
  const scene = makeScene();
  onTestFinished(() => scene.remove());
  const bare = '# First.\n$ echo one\n\n# Then.\n$ exit 2\n';
  expect(await playTranscript(bare, scene)).toBe(
    '# First.\n$ echo one\none\n? 0\n\n# Then.\n$ exit 2\n? 2\n',
  );
});

test('a line that differs shows as it really is', async ({ onTestFinished }) => {
  const scene = makeScene();
  onTestFinished(() => scene.remove());
  expect(await playTranscript('$ echo one\ntwo\n? 0\n', scene)).toBe('$ echo one\none\n? 0\n');
});
