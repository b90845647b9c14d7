import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeScene, ROOT, type Scene } from '../cli/harness.ts';

const FILES = [
  'members',
  'concerns',
  'concern-events',
  'csr-police',
  'csr-police-events',
  'csr-chicago-311',
].map((name) => join(ROOT, 'data', 'samples', `${name}.csv`));

let scene: Scene;
beforeAll(async () => {
  scene = makeScene();
  const { code } = await scene.run(['import', ...FILES, '--quiet', '--as-of', '2021-01-04T09:00']);
  expect([0, 3]).toContain(code);
}, 60_000);
afterAll(() => scene.remove());

const at = (line: string, actor: string, hour: number) =>
  scene.shell(`${line} --actor ${actor} --as-of 2021-01-04T${hour}:00 --no-input --quiet`);

async function done(line: string, actor: string, hour: number): Promise<void> {
  expect(await at(line, actor, hour)).toMatchObject({ code: 0 });
}

/** The commands of report work on a member's day. */
async function reportsOf(group: string, actor: string, hour: number): Promise<readonly string[]> {
  const { stdout } = await at('rollcall today --json', actor, hour);
  const { items }: { items: readonly { category: string; command: string }[] } = JSON.parse(stdout);
  return items.flatMap(({ category, command }) =>
    /report$/.test(category ?? '') && command.startsWith(`rollcall ${group} `) ? [command] : [],
  );
}

describe.each([
  { group: 'concerns', submitter: 'M0019', period: '--monthly 2020-12', id: '2020-12' },
  { group: 'csr', submitter: 'M0019', period: '--quarterly 2020-Q4', id: '2020-Q4' },
])('today tells of the reports of $group', { timeout: 60_000 }, ({ group, submitter, period, id }) => {
  const report = `rollcall ${group} report`;
  const reportWork = (actor: string, hour: number) => reportsOf(group, actor, hour);

  test('a district report to its commander, and back to who submitted it', async () => {
    const submit = `${report} ${period} --district 005 --submit`;
    const decide = `rollcall ${group} approve-report ${id}:005`;
    await done(submit, submitter, 10);
    expect(await reportWork('M0013', 11)).toEqual([decide]);
    expect(await reportWork(submitter, 11)).toEqual([]);
    await done(`${decide} --return --reason "beat 0531?"`, 'M0013', 12);
    expect(await reportWork('M0013', 13)).toEqual([]);
    expect(await reportWork(submitter, 13)).toEqual([submit]);
    expect(await reportWork('M0013', 11)).toEqual([decide]);
    await done(submit, submitter, 14);
    expect(await reportWork(submitter, 15)).toEqual([]);
    await done(decide, 'M0013', 16);
    expect(await reportWork('M0013', 17)).toEqual([]);
  });

  test('the month of all districts, owed by the Deputy Chief, then to the Chief', async () => {
    const owed = `${report} --monthly 2020-12`;
    const decide = `rollcall ${group} approve-report 2020-12:all`;
    expect(await reportWork('M0060', 10)).toContain(owed);
    await done(`${owed} --submit`, 'M0060', 11);
    expect(await reportWork('M0060', 12)).not.toContain(owed);
    expect(await reportWork('M0062', 12)).toContain(decide);
    await done(decide, 'M0062', 13);
    expect(await reportWork('M0062', 14)).not.toContain(decide);
  });
});
