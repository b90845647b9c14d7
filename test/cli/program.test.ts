import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeScene, ROOT } from './harness.ts';

const scene = makeScene();
afterAll(() => scene.remove());

const shim = join(ROOT, 'bin', 'rollcall.js');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

/** Runs the shim on a Node that says it is another version. */
function onNode(pretended: string, ...args: readonly string[]) {
  const lie = `Object.defineProperty(process.versions, 'node', { value: '${pretended}' })`;
  const url = `data:text/javascript,${encodeURIComponent(lie)}`;
  return spawnSync(process.execPath, ['--import', url, shim, ...args], { encoding: 'utf8' });
}

describe('the program', () => {
  test('says its version, alone or among other words', async () => {
    expect(await scene.run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    expect(await scene.run(['overdue', '-V'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test.for(['18.20.4', '20.20.2', '22.12.0'])('refuses Node %s in one line with 2', (old) => {
    const { status, stdout, stderr } = onNode(old, '--version');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      `rollcall: needs Node 22.13 or newer, this is ${old}: install the current Node LTS.\n`,
    );
  });

  test.for(['22.13.0', '26.0.0'])('accepts Node %s', (good) => {
    expect(onNode(good, '--version').stdout).toBe(`${version}\n`);
  });

  test('keeps quiet when its reader goes away', async () => {
    const { stdout, stderr } = await scene.shell('rollcall --help | head -1');
    expect(stdout.split('\n').length).toBe(2);
    expect(stderr).toBe('');
  });

  test('runs where no cache folder can be made', async () => {
    const { code, stderr } = await scene.run(['--help'], { env: { XDG_CACHE_HOME: '/dev/null' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('finds its data from the bundle', async () => {
    const { code, stderr } = await scene.run(['rules', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('makes no store while reading', async () => {
    const { code } = await scene.run(['overdue']);
    expect(code).toBe(5);
    expect(existsSync(join(scene.folder, 'rollcall.db'))).toBe(false);
  });

  test('reports a full disk behind a redirection', async ({ skip }) => {
    if (!existsSync('/dev/full')) skip('no /dev/full here');
    const { code, stderr } = await scene.shell('rollcall --help > /dev/full');
    expect(code).toBe(5);
    expect(stderr).toContain('the disk is full');
  });
});
