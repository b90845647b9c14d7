import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeCronCommand } from '../../src/desk/commands/cron.ts';
import { contextFor, input } from './store-fixture.ts';

const program = () => ({ node: '/opt/node/bin/node', script: '/opt/roll call/bin/rollcall.js' });
const run = (options = {}, store = '/data/100% ours/rollcall.db', where = program) =>
  makeCronCommand(where).run(contextFor(store), input({}, options));

test('prints crontab lines with absolute paths, quoted words and escaped percent signs', async () => {
  const { text } = await run({ crontab: true });
  expect(text).toContain(
    `*/15 * * * * out=$(/opt/node/bin/node '/opt/roll call/bin/rollcall.js' --store '/data/100\\% ours/rollcall.db' --no-input overdue --new --exit-code) || printf '\\%s\\n' "$out"`,
  );
  expect(text).toContain("db backup '/data/100\\% ours/rollcall.db.backup' --force");
  expect(text).not.toContain('[Timer]');
  for (const line of (text ?? '').trim().split('\n')) expect(line).toMatch(/^(#|[*\d])/);
});

test('prints a service and a timer for each job, escaped as systemd reads them', async () => {
  const { text, data } = await run({ systemd: true, every: '1h' });
  expect(text).toContain('OnCalendar=*:00');
  expect(text).toContain('"/data/100%% ours/rollcall.db"');
  expect(text).toContain('SuccessExitStatus=1');
  expect(data.crontab).toBe('');
  expect(data.units).toHaveLength(8);
});

test.each([
  ['5m', '*/5 * * * *'],
  ['1m', '* * * * *'],
  ['6h', '0 */6 * * *'],
  ['1d', '0 6 * * *'],
])('--every %s is %s', async (every, line) => {
  expect((await run({ every })).text).toContain(`\n${line} out=`);
});

test.each(['7m', '45s', '90m', '5h', '2d', 'often'])('--every %s fits no crontab', async (every) => {
  await expect(run({ every })).rejects.toMatchObject({ kind: 'usage' });
});

test('a line speaks when the program finds something and is silent when it does not', async () => {
  const folder = mkdtempSync(join(tmpdir(), "rollcall cron's "));
  const node = join(folder, 'node');
  const said = (code: number) => {
    writeFileSync(node, `#!/bin/sh\necho "100% of it"\nexit ${code}\n`);
    chmodSync(node, 0o755);
    return execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' });
  };
  const { text } = await run({ crontab: true }, join(folder, 'r.db'), () => ({ node, script: 'x' }));
  const line = (text ?? '').split('\n').find((each) => each.includes('overdue --new')) ?? '';
  const command = line.split(' ').slice(5).join(' ').replaceAll('\\%', '%');
  expect(said(0)).toBe('');
  expect(said(1)).toBe('100% of it\n');
  rmSync(folder, { recursive: true });
});
