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
  const { items }: { items: readonly Item[] } = JSON.parse(stdout);
  return items.flatMap(({ category, command, what }) =>
    /report$/.test(category ?? '') && command.startsWith(`rollcall ${group} `) && !what.startsWith('missed')
      ? [command]
      : [],
  );
}

interface Item {
  readonly category: string;
  readonly command: string;
  readonly what: string;
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
    expect(await reportWork(submitter, 10)).toEqual(group === 'csr' ? [submit] : []);
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

describe('today tells of what was not reported', { timeout: 60_000 }, () => {
  const work = async (actor: string, when: string) => {
    const { stdout } = await scene.shell(
      `rollcall today --actor ${actor} --as-of ${when} --json --no-input --quiet`,
    );
    const { items }: { items: readonly (Item & { rule: string; dueAt: string | null })[] } =
      JSON.parse(stdout);
    return items
      .filter(({ category }) => /^(monthly|quarterly) report$/.test(category ?? ''))
      .map(({ rule, what, command, dueAt }) => [rule, what, command.slice('rollcall '.length), dueAt]);
  };

  test('the last quarter to the sergeant of a district until it is submitted, and what was missed before (CSR-22)', async () => {
    const line = (quarter: string) => `csr report --quarterly ${quarter} --district 005 --submit`;
    const submit = 'submit the report';
    expect(await work('M0019', '2021-04-20T08:00')).toEqual([
      ['CSR-22', `missed: ${submit}`, line('2019-Q3'), null],
      ['CSR-22', `missed: ${submit} (+3 more)`, line('2019-Q4'), null],
      ['CSR-22', submit, line('2021-Q1'), null],
    ]);
    const evidence = (note: string, on: string) =>
      scene.shell(
        `rollcall evidence add CSR-22 --on ${on} --district 005 ${note} --actor M0019 --as-of 2021-04-20T09:00 --quiet`,
      );
    for (const quarter of ['2019-Q3', '2019-Q4', '2020-Q1'])
      expect(await evidence(`--note "on paper ${quarter}"`, '2021-04-20')).toMatchObject({ code: 0 });
    // Without the name of a quarter it is of the one before.
    expect(await evidence('', '2020-07-03')).toMatchObject({ code: 0 });
    expect(await work('M0019', '2021-04-20T10:00')).toEqual([
      ['CSR-22', `missed: ${submit}`, line('2020-Q3'), null],
      ['CSR-22', submit, line('2021-Q1'), null],
    ]);
  });

  test('every missed month to the Deputy Chief (CSR-51)', async () => {
    const missed = (await work('M0060', '2021-03-20T09:00')).filter(([rule]) => rule === 'CSR-51');
    const line = (month: string) => `csr report --monthly ${month}`;
    expect(missed.map(([, , command]) => command)).toEqual([
      line('2019-07'),
      line('2019-08'),
      line('2021-02'),
    ]);
    expect(missed[1]?.[1]).toMatch(/^missed: report, then evidence add CSR-51 \(\+1\d more\)$/);
  });
});
