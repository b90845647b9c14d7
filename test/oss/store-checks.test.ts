import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { storeFaults } from '../../src/store/maintenance.ts';
import { freshStore } from '../casework/store-of.ts';
import { temporaryFolder } from '../temporary.ts';
import { ASSIGNED, fill, rollcall } from './acting.ts';

type Row = Readonly<Record<string, string>>;

interface Found {
  readonly id: string;
  readonly code: string;
  readonly rule: string;
  readonly text: string;
}

async function check(path: string, actor: string, more: readonly string[] = []): Promise<readonly Found[]> {
  const line = ['check', '--system', 'oss', '--actor', actor, '--json', ...more];
  const { out } = await rollcall(path, line);
  return out === '' ? [] : JSON.parse(out).items;
}

const codes = (found: readonly Found[], code: string) =>
  found.filter((each) => each.code === code).map(({ text }) => text);

describe('meetings beside the roster (OSS-36)', () => {
  const met = { ...ASSIGNED, met_at: '2020-11-03T10:00:00' };
  const store = async (tours: string) => {
    const path = freshStore();
    await fill(path, { items: [met] });
    await roster(path, tours);
    return codes(await check(path, 'L1'), 'MEETING_OFF_DUTY');
  };
  const told = ['a meeting while the roster has the member off duty'];

  it('are found fault with outside of every tour of the member', async () => {
    expect(await store('P1,2020-11-03T16:00,2020-11-04T00:00')).toEqual(told);
    expect(await store('P1,2020-11-02T08:00,2020-11-02T16:00')).toEqual(told);
  });

  it('are not on a tour, its first and its last minute among it', async () => {
    expect(await store('P1,2020-11-03T08:00,2020-11-03T16:00')).toEqual([]);
    expect(await store('P1,2020-11-03T10:00,2020-11-03T18:00')).toEqual([]);
    expect(await store('P1,2020-11-03T02:00,2020-11-03T10:00')).toEqual([]);
  });

  it('are judged by the tours of the member alone, and not at all where the roster has none', async () => {
    expect(await store('S1,2020-11-03T16:00,2020-11-04T00:00')).toEqual([]);
  });

  it('are judged by the roster that is imported later, and no more once it is mended', async () => {
    const path = freshStore();
    await fill(path, { items: [met] });
    expect(codes(await check(path, 'S1'), 'MEETING_OFF_DUTY')).toEqual([]);
    await roster(path, 'P1,2020-11-03T16:00,2020-11-04T00:00');
    expect(codes(await check(path, 'S1'), 'MEETING_OFF_DUTY')).toEqual(told);
    await roster(path, 'P1,2020-11-03T09:00,2020-11-03T16:00');
    expect(codes(await check(path, 'S1'), 'MEETING_OFF_DUTY')).toEqual([]);
  });
});

describe('the staff of the unit (OSS-09)', () => {
  const staff = (areas: readonly string[], sworn = 'yes'): readonly Row[] => [
    { member_id: 'AN', rank: 'Civilian', sworn: 'no', area: '', roles: 'oss-analyst' },
    { member_id: 'OS', rank: 'Sergeant', sworn: 'yes', area: '', roles: 'ossu-supervisor' },
    ...areas.map((area, i) => ({
      member_id: `R${i}`,
      rank: 'Police Officer',
      sworn,
      area,
      roles: 'oss-area-rep',
    })),
  ];
  const found = async (members: readonly Row[]) => {
    const path = freshStore();
    await fill(path, { members });
    return codes(await check(path, 'OS'), 'STAFFING_DIFFERS');
  };
  const pairs = ['1', '2', '3', '4', '5'].flatMap((area) => [area, area]);

  it('is as the directive sets it up with one analyst, two representatives an Area and one sergeant', async () => {
    expect(await found(staff(pairs))).toEqual([]);
  });

  it('is found fault with where an Area has one too few and another one too many', async () => {
    expect(await found(staff([...pairs.slice(1), '2']))).toEqual([
      'representatives of Area 1: 1 where the directive sets up 2',
      'representatives of Area 2: 3 where the directive sets up 2',
    ]);
  });

  it('is found fault with where the analyst is sworn, representatives are not, or there are two sergeants', async () => {
    const [analyst, sergeant, ...reps] = staff(pairs, 'no');
    const members = [{ ...analyst, sworn: 'yes' }, sergeant, { ...sergeant, member_id: 'OS2' }, ...reps];
    expect(await found(members.map((row) => ({ ...row })))).toEqual([
      'analysts who are sworn: 1 where the directive sets up 0',
      'Area Representatives who are not sworn: 10 where the directive sets up 0',
      'sergeants (OSSU supervisors): 2 where the directive sets up 1',
    ]);
  });

  it('is for analyst and OSSU supervisor', async () => {
    const path = freshStore();
    await fill(path, { items: [ASSIGNED] });
    expect((await check(path, 'OS')).length).toBeGreaterThan(0);
    expect((await check(path, 'AN')).length).toBeGreaterThan(0);
    for (const actor of ['R2', 'L1', 'S1', 'P1']) expect(await check(path, actor)).toEqual([]);
  });
});

describe("a supervisor who in fact is the system's own (OSS-10)", () => {
  const found = async (supervisors: readonly string[], members = supervisors.map(() => 'P1')) => {
    const path = freshStore();
    await fill(path, {
      items: supervisors.map((supervisor_id, i) => ({
        ...ASSIGNED,
        work_item_id: `W${i}`,
        member_id: members[i] ?? 'P1',
        supervisor_id,
      })),
    });
    return codes(await check(path, 'OS'), 'DE_FACTO_OSS_SUPERVISOR');
  };

  it('has three or more, and more than half of the district, of members under others', async () => {
    expect(await found(['S2', 'S2', 'S2', 'S1'])).toEqual([
      'S2 has 3 of 4 Work Items of District 005, of members under other supervisors',
    ]);
  });

  it('has not two, nor half, nor those of the members directly supervised', async () => {
    expect(await found(['S2', 'S2'])).toEqual([]);
    expect(await found(['S2', 'S2', 'S2', 'S1', 'S1', 'S1'])).toEqual([]);
    expect(await found(['S1', 'S1', 'S1', 'S1'])).toEqual([]);
  });
});

describe('a Work Item that is gone (OSS-14)', () => {
  it('is told of by check, to who may know of every one, and by db check', async () => {
    const path = freshStore();
    await fill(path, { items: [ASSIGNED, { ...ASSIGNED, work_item_id: 'W2' }] });
    expect(codes(await check(path, 'OS'), 'WORK_ITEM_GONE')).toEqual([]);
    expect(storeFaults(path)).toEqual([]);
    const db = new Database(path);
    db.exec("delete from work_item where work_item_id = 'W2'");
    db.close();
    const text = 'generated, and there is no such Work Item: neither determined nor open';
    expect(await check(path, 'OS', ['--code', 'work_item_gone'])).toMatchObject([{ id: 'W2', text }]);
    expect(codes(await check(path, 'L1'), 'WORK_ITEM_GONE')).toEqual([]);
    expect(storeFaults(path)).toContainEqual({
      check: 'states',
      text: 'oss W2: generated, and there is no such Work Item',
    });
  });

  it('is not one of a batch that was taken back', async () => {
    const path = freshStore();
    const file = join(temporaryFolder(), 'items.csv');
    const columns = ['work_item_id', 'member_id', 'generated_at', 'models'] as const;
    writeFileSync(file, `${columns.join(',')}\n${columns.map((column) => ASSIGNED[column]).join(',')}\n`);
    await fill(path, {});
    const done = await rollcall(path, ['import', file, '--actor', 'AN', '--json']);
    const [{ batch }] = JSON.parse(done.out).items;
    expect((await rollcall(path, ['import', '--undo', String(batch), '--actor', 'AN'])).code).toBe(0);
    expect(codes(await check(path, 'OS'), 'WORK_ITEM_GONE')).toEqual([]);
    expect(storeFaults(path)).toEqual([]);
  });
});

async function roster(path: string, row: string): Promise<void> {
  const file = join(temporaryFolder(), 'roster.csv');
  writeFileSync(file, `member_id,tour_start,tour_end\n${row}\n`);
  expect((await rollcall(path, ['import', file, '--as', 'duty-roster', '--actor', 'AD'])).code).toBe(0);
}
