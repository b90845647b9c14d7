import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freshStore } from '../casework/store-of.ts';
import { temporaryFolder } from '../temporary.ts';
import { fill, oss, rollcall } from './acting.ts';
import { everyLine, type Stand } from './every-command.ts';

type Row = Readonly<Record<string, string>>;

const NOW = '2021-01-20T09:00';

/** A Work Item of P1 up to an active plan, and one of another member that is open: what both stores hold. */
const SHARED: readonly Row[] = [
  {
    work_item_id: 'W1',
    member_id: 'P1',
    generated_at: '2020-11-01T08:00:00',
    models: 'a',
    determined_at: '2020-11-01T10:00:00',
    determined_by: 'AN',
    determination: 'valid',
    forwarded_at: '2020-11-01T11:00:00',
    area_rep_id: 'R2',
    command_received_at: '2020-11-02T09:00:00',
    command_id: 'L1',
    notified_at: '2020-11-02T10:00:00',
    assigned_at: '2020-11-02T12:00:00',
    supervisor_id: 'S1',
  },
  { work_item_id: 'W2', member_id: 'P1', generated_at: '2021-01-19T08:00:00', models: 'b' },
];

/** What a member may not know of: found invalid without a reason and late, which is worth findings; disputed too. */
const INVALID: Row = {
  work_item_id: 'WX',
  member_id: 'P2',
  generated_at: '2020-11-01T07:00:00',
  models: 'a',
  determined_at: '2020-11-09T07:00:00',
  determined_by: 'S1',
  determination: 'invalid',
};
const REVIEWED: Row = { work_item_id: 'W1', event: 'reviewed', at: '2020-11-02T13:00:00', by: 'S1' };
const DISPUTED: Row = { work_item_id: 'WX', event: 'discrepancy', at: '2020-12-01T07:00:00', detail: 'none' };

/** What stands for arguments and values; every command is tried with each id. */
const STAND: Stand = {
  id: ['W1', 'WX', 'WF'],
  member: ['P2', 'P3'],
  action: ['open', 'document', 'contact', 'decide', 'reply'],
  '--record': ['WX'],
  '--to': ['S1'],
  '--checklist': ['abcdef'],
  '--topics': ['plan'],
  '--add': ['chaplain'],
  '--answer': ['goal=rest'],
  '--support': ['chaplain'],
  '--flag': ['agree'],
  '--within': ['30d'],
  '--since': ['2020-11-01'],
  '--quarterly': ['2020-Q4'],
  '--monthly': ['2020-11'],
  '--purpose': ['review'],
  '--limit': ['50'],
};

/** Steps tried on the hidden Work Item: a refusal must not tell it from one that there is not. */
const TRIED = [
  'oss determine WX --determination valid --dry-run',
  'oss notify WX --method in-person --dry-run',
  'oss assign WX --to S1 --dry-run',
  'oss meet WX --checklist abcdef --dry-run',
  'oss approve WX --dry-run',
  'oss response WX --document d --dry-run',
  'oss discrepancy WX open --letter l --dry-run',
  'oss reopen WX --reason r --dry-run',
];

/** Everything that each of `actors` gets from every reading command, path by path of the store left out. */
async function answers(path: string, actors: readonly string[], lines: readonly string[], now = NOW) {
  const all: Record<string, string> = {};
  for (const actor of actors) {
    for (const line of lines) {
      // Each line in one form, lists of both kinds among them.
      for (const format of line.includes('--dry-run') ? ['plain'] : ['json']) {
        const who = actor === '' ? [] : ['--actor', actor];
        const words = [...line.split(' '), ...who, '--as-of', now, '--format', format];
        const { code, out, err } = await rollcall(path, words);
        all[`${actor}: ${line} ${format}`] = `${code}\n${out}\n${err}`.replaceAll(path, '<store>');
      }
    }
  }
  return all;
}

/** W1 up to an active plan with a support, and with notes of its meeting where some are given. */
async function plan(path: string, support: string, notes: string): Promise<void> {
  for (const [line, actor, when] of [
    [`meet W1 --checklist abcdef${notes}`, 'S1', '2020-11-03T10:00'],
    [
      `plan W1 --add ${support} --with-member --answer contributed=${support} --answer goal=y --answer follow-up=z`,
      'S1',
      '2020-11-03T11:00',
    ],
    ['submit W1', 'S1', '2020-11-03T12:00'],
    ['approve W1', 'L1', '2020-11-04T12:00'],
    ['approve W1', 'R2', '2020-11-04T13:00'],
  ] as const)
    expect((await oss(path, line, actor, when)).code, line).toBe(0);
}

/** What W1 alone holds, and beside it whatever others may not know of: invalid, undetermined, forwarded and then invalid. */
async function differing(path: string, { undetermined }: { readonly undetermined: boolean }): Promise<void> {
  const open = { work_item_id: 'WU', member_id: 'P2', generated_at: '2021-01-18T08:00:00', models: 'a' };
  const forwarded = {
    ...SHARED[0],
    work_item_id: 'WF',
    member_id: 'P2',
    generated_at: '2020-12-01T08:00:00',
    determined_at: '2020-12-01T10:00:00',
    forwarded_at: '2020-12-01T11:00:00',
    command_received_at: '2020-12-02T09:00:00',
    command_id: 'L2',
    notified_at: '',
    assigned_at: '2020-12-02T12:00:00',
    supervisor_id: 'S2',
  };
  await fill(path, {
    items: [INVALID, forwarded, ...(undetermined ? [open] : []), ...SHARED],
    events: [
      REVIEWED,
      DISPUTED,
      { work_item_id: 'WF', event: 'determined-invalid', at: '2020-12-20T08:00:00', by: 'AN', reason: 'x' },
      { work_item_id: 'W1', event: 'discrepancy', at: '2020-12-01T07:00:00', by: 'NOBODY', detail: 'none' },
    ],
  });
  const notes = join(temporaryFolder(), 'notes.txt');
  writeFileSync(notes, 'what was said');
  await plan(path, 'chaplain', ` --highlights ${notes}`);
  await faults(path, 'abdef', 'suspension');
}

/** What an export tells of W1 besides: steps worth findings, some of them only by what was kept and chosen. */
async function faults(path: string, checklist: string, support: string): Promise<void> {
  const [met, planned] = [
    { work_item_id: 'W1', event: 'met', at: '2020-11-03T09:00:00', by: 'S1', detail: checklist },
    { work_item_id: 'W1', event: 'planned', at: '2020-11-05T09:30:00', by: 'S1', detail: support },
  ];
  await fill(path, { events: [met, planned] });
}

const NOBODY = '';

describe('two stores that differ only in what a role may not see answer it alike, byte for byte', () => {
  it('from every command of the table, whatever it is that differs', { timeout: 600_000 }, async () => {
    const [a, b] = [freshStore(), freshStore()];
    await differing(a, { undetermined: true });
    await fill(b, { items: SHARED, events: [REVIEWED] });
    await plan(b, 'other:long_walks', '');
    await faults(b, 'abcdef', 'wellness');
    const lines = await everyLine(STAND);
    expect(lines.length).toBeGreaterThan(300);
    const actors = ['R3', 'L2', 'P2', 'XO'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    // A commanding officer who has it not in hand gets the figures of a report, and nothing else of it.
    const rest = lines.filter((line) => !line.startsWith('oss report'));
    expect(await answers(a, ['CO'], rest)).toEqual(await answers(b, ['CO'], rest));
    // The proof would be worth nothing if the OSSU supervisor saw no difference either.
    const seen = ['oss status', 'oss show W1', 'check', 'oss triage --list', 'history W1'];
    const [all, few] = [await answers(a, ['OS'], seen), await answers(b, ['OS'], seen)];
    for (const line of Object.keys(all)) expect(all[line], line).not.toEqual(few[line]);
  });

  it('whoever asks, known or not, from every list', async () => {
    const [a, b] = [freshStore(), freshStore()];
    await differing(a, { undetermined: false });
    await fill(b, { items: SHARED, events: [REVIEWED] });
    await plan(b, 'other:long_walks', '');
    await faults(b, 'abcdef', 'wellness');
    const lines = (await everyLine(STAND)).filter((line) => !line.includes('--dry-run'));
    const actors = [NOBODY, 'NOPE'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
  });

  it('an own Work Item that is invalid, to the OSSU supervisor and the analyst too', async () => {
    const [a, b] = [freshStore(), freshStore()];
    const own = { ...INVALID, work_item_id: 'WO', member_id: 'OS' };
    await fill(a, { items: [own, ...SHARED] });
    await fill(b, { items: SHARED });
    const lines = await everyLine({ ...STAND, id: ['WO'], member: ['OS'] });
    expect(await answers(a, ['OS'], lines)).toEqual(await answers(b, ['OS'], lines));
    const [seen, other] = [
      await answers(a, ['AN'], ['oss status']),
      await answers(b, ['AN'], ['oss status']),
    ];
    expect(seen).not.toEqual(other);
  });

  it('a Work Item found invalid late, on every day before that too', async () => {
    const [a, b] = [freshStore(), freshStore()];
    await fill(a, { items: [INVALID, ...SHARED] });
    await fill(b, { items: SHARED });
    const lists = ['oss overdue', 'overdue --within 30d', 'calendar', 'today', 'oss triage --list'];
    const listed = (path: string, actors: readonly string[]) =>
      answers(path, actors, lists, '2020-11-05T09:00');
    const actors = [NOBODY, 'R2', 'L1', 'CO', 'S1', 'P2', 'NOPE'];
    expect(await listed(a, actors)).toEqual(await listed(b, actors));
    expect(await listed(a, ['AN'])).not.toEqual(await listed(b, ['AN']));
  });

  it('what is on a plan, to the analyst and to whoever has nothing to do with it', async () => {
    const [a, b] = [freshStore(), freshStore()];
    const plans: readonly [string, string][] = [
      [a, 'plan W1 --add chaplain --answer contributed=one --answer goal=two --answer follow-up=three'],
      [b, 'plan W1 --add other:long_walks --answer contributed=x --answer goal=y --answer follow-up=z'],
    ];
    for (const [path, plan] of plans) {
      await fill(path, { items: SHARED });
      for (const [line, actor, when] of [
        ['meet W1 --checklist abcdef', 'S1', '2020-11-03T10:00'],
        [plan, 'S1', '2020-11-03T11:00'],
        ['submit W1', 'S1', '2020-11-03T12:00'],
        ['approve W1', 'L1', '2020-11-04T12:00'],
        ['approve W1', 'R2', '2020-11-04T13:00'],
        [
          `progress W1 --support ${path === a ? 'chaplain' : 'other:long_walks'} --status completed`,
          'S1',
          '2020-12-01T12:00',
        ],
      ] as const)
        expect((await oss(path, line, actor, when)).code, line).toBe(0);
      await faults(path, 'abcdef', path === a ? 'suspension' : 'wellness');
    }
    const lines = (await everyLine(STAND)).filter((line) => !line.includes('--dry-run'));
    const actors = ['AN'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    const [seen, other] = [
      await answers(a, ['S1'], ['oss show W1', 'check']),
      await answers(b, ['S1'], ['oss show W1', 'check']),
    ];
    for (const line of Object.keys(seen)) expect(seen[line], line).not.toEqual(other[line]);
  });

  it('what was said in a meeting, to everyone in every list; and to all but supervisor and command at all', async () => {
    const [a, b] = [freshStore(), freshStore()];
    const notes = join(temporaryFolder(), 'notes.txt');
    writeFileSync(notes, 'what was said');
    for (const [path, more] of [
      [a, ` --highlights ${notes}`],
      [b, ''],
    ]) {
      await fill(path ?? '', { items: SHARED });
      const { code } = await oss(path ?? '', `meet W1 --checklist abcdef${more}`, 'S1', '2020-11-03T10:00');
      expect(code).toBe(0);
    }
    const lines = (await everyLine(STAND)).filter((line) => !line.includes('--dry-run'));
    const lists = lines.filter((line) => line.startsWith('oss ') && !line.startsWith('oss highlights'));
    const actors = ['AN', 'R2'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    expect(await answers(a, ['S1', 'L1', 'CO'], lists)).toEqual(await answers(b, ['S1', 'L1', 'CO'], lists));
    expect((await oss(a, 'highlights W1', 'L1', NOW)).out).toContain('what was said');
    expect((await oss(a, 'highlights W1', 'CO', NOW)).code).toBe(4);
  });

  it('a Work Item in the hands of others, from one that there is not, to whoever tries a step of it', async () => {
    const path = freshStore();
    await fill(path, { items: SHARED });
    const looks = [
      'oss show WX',
      'oss explain WX',
      'oss highlights WX',
      'oss answer WX --flag agree --dry-run',
    ];
    const lines = [...TRIED, ...looks];
    const unknown = await answers(path, ['R3', 'L2', 'S2', 'P1', 'XO'], lines);
    const others = await answers(
      path,
      ['R3', 'L2', 'S2', 'P2', 'XO'],
      lines.map((line) => line.replace('WX', 'W1')),
    );
    const alike = (all: Readonly<Record<string, string>>) =>
      Object.entries(all).map(([line, text]) =>
        `${line} ${text}`.replaceAll('W1', 'WX').replaceAll('P2', 'P1'),
      );
    expect(alike(others)).toEqual(alike(unknown));
  });
});

it('who may know of invalid Work Items is told that the member had one before, and nobody else', async () => {
  const path = freshStore();
  await fill(path, {
    items: [{ ...INVALID, member_id: 'P1', determination_reason: 'duplicate' }, ...SHARED],
  });
  const shown = async (actor: string) =>
    JSON.parse((await oss(path, 'show W1 --json', actor, NOW)).out).invalidBefore;
  const told = [{ id: 'WX', determinedAt: '2020-11-09T13:00:00Z', reason: 'duplicate' }];
  expect([await shown('AN'), await shown('OS')]).toEqual([told, told]);
  expect([await shown('R2'), await shown('L1')]).toEqual([null, null]);
  const page = (await oss(path, 'show W1', 'AN', NOW)).out;
  expect(page).toContain('WX of this member was found invalid on 9 Nov 2020 07:00: duplicate.');
});

describe('in whose hands a Work Item is', () => {
  it('of command: who received it, and no other officer of the unit (OSS-26 to OSS-29)', async () => {
    const path = freshStore();
    await fill(path, { items: SHARED });
    const queue = async (actor: string) =>
      JSON.parse((await oss(path, 'queue --json', actor, '2020-11-02T10:30')).out).total;
    expect([await queue('L1'), await queue('CO'), await queue('L2')]).toEqual([1, 0, 0]);
    expect((await oss(path, 'show W1', 'CO', NOW)).code).toBe(4);
    const passed = 'assign W1 --to CO --because absence';
    expect((await oss(path, passed, 'R2', NOW)).code).toBe(0);
    expect((await oss(path, 'show W1', 'CO', NOW)).code).toBe(0);
    expect((await oss(path, 'show W1', 'L1', NOW)).code).toBe(4);
  });

  it('of an Area: every representative of it, whomever it was forwarded to (OSS-19)', async () => {
    const path = freshStore();
    await fill(path, { items: SHARED });
    const second = {
      member_id: 'R2B',
      rank: 'Police Officer',
      sworn: 'yes',
      area: '2',
      roles: 'oss-area-rep',
    };
    await fill(path, { members: [second] });
    expect((await oss(path, 'assign W1 --to L2 --because absence', 'R2B', NOW)).code).toBe(0);
    expect((await oss(path, 'show W1', 'R3', NOW)).code).toBe(4);
  });
});

it('what today shows of Work Items is a look that the access log holds, and nothing shown is none (OSS-58)', async () => {
  const path = freshStore();
  await fill(path, { items: SHARED });
  const today = (actor: string) => rollcall(path, ['today', '--actor', actor, '--as-of', NOW]);
  expect((await today('S1')).out).toContain('oss meet W1');
  expect((await today('S2')).out).not.toContain('W1');
  const looks = await rollcall(path, [
    'audit',
    'log',
    '--access',
    '--system',
    'oss',
    '--actor',
    'AD',
    '--json',
  ]);
  expect(JSON.parse(looks.out).items).toMatchObject([{ what: 'today', subject: 'queue', actor: 'S1' }]);
});
