import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TABLE } from '../../src/cli/table.ts';
import { freshStore } from '../casework/store-of.ts';
import { temporaryFolder } from '../temporary.ts';
import { fill, oss, rollcall } from './acting.ts';

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
const DISPUTED: Row = { work_item_id: 'WX', event: 'discrepancy', at: '2020-12-01T07:00:00', detail: 'none' };

/** Arguments of reading commands that need some; each is tried with all of them. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  show: ['W1', 'W2', 'WX'],
  why: ['W1', 'WX'],
  history: ['W1', 'WX'],
  check: ['', '--system oss', '--record WX'],
  overdue: ['', '--within 30d'],
  'audit log': ['', '--access', '--record WX', '--system oss'],
  'oss overdue': ['', '--within 30d'],
  'oss triage': ['--list'],
  'oss show': ['W1', 'W2', 'WX'],
  'oss jacket': ['P1', 'P2'],
  'oss highlights': ['W1', 'WX'],
  'oss report': ['--quarterly 2020-Q4', '--monthly 2020-11'],
  'oss export': ['', '--external --authority designee --ref N1'],
  'said score': ['--purpose review'],
  'csr report': ['--quarterly 2020-Q4'],
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

async function readingLines(): Promise<readonly string[]> {
  const commands = await Promise.all(TABLE.map(async (entry) => ({ entry, command: await entry.load() })));
  return commands
    .filter(({ entry, command }) => command.writes !== true || entry.path in ARGUMENTS)
    .flatMap(({ entry: { path } }) => (ARGUMENTS[path] ?? ['']).map((more) => `${path} ${more}`.trim()));
}

/** Everything that each of `actors` gets from every reading command, path by path of the store left out. */
async function answers(path: string, actors: readonly string[], lines: readonly string[], now = NOW) {
  const all: Record<string, string> = {};
  for (const actor of actors) {
    for (const line of lines) {
      for (const format of ['plain', 'json']) {
        const who = actor === '' ? [] : ['--actor', actor];
        const words = [...line.split(' '), ...who, '--as-of', now, '--format', format];
        const { code, out, err } = await rollcall(path, words);
        all[`${actor}: ${line} ${format}`] = `${code}\n${out}\n${err}`.replaceAll(path, '<store>');
      }
    }
  }
  return all;
}

const NOBODY = '';

describe('two stores that differ only in what a role may not see answer it alike, byte for byte', () => {
  it('an invalid Work Item, to all but analyst and OSSU supervisor', async () => {
    const [a, b] = [freshStore(), freshStore()];
    const event = { work_item_id: 'W1', event: 'consulted', at: '2020-11-03T08:00:00', by: 'S1' };
    await fill(a, { items: [INVALID, ...SHARED], events: [DISPUTED, event] });
    await fill(b, { items: SHARED, events: [event] });
    const actors = [NOBODY, 'R2', 'R3', 'L1', 'CO', 'S1', 'P1', 'P2', 'XO', 'NOPE'];
    const lines = [...(await readingLines()), ...TRIED];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    // The proof would be worth nothing if the analyst saw no difference either.
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

  it('a Work Item that is not determined yet, to every member who may not know of invalid ones', async () => {
    const [a, b] = [freshStore(), freshStore()];
    const open = { ...INVALID, determined_at: '', determined_by: '', determination: '' };
    await fill(a, { items: [open, ...SHARED] });
    await fill(b, { items: SHARED });
    const actors = ['R2', 'L1', 'CO', 'S1', 'P2', 'NOPE'];
    const lines = [...(await readingLines()), ...TRIED];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
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
    }
    const lines = await readingLines();
    const actors = [NOBODY, 'AN', 'R3', 'L2', 'S2', 'P1', 'XO'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    const [seen, other] = [
      await answers(a, ['S1'], ['oss show W1']),
      await answers(b, ['S1'], ['oss show W1']),
    ];
    expect(seen).not.toEqual(other);
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
    const lines = await readingLines();
    const lists = lines.filter((line) => !line.startsWith('oss highlights'));
    const actors = [NOBODY, 'AN', 'OS', 'R2', 'R3', 'L2', 'S2', 'P1'];
    expect(await answers(a, actors, lines)).toEqual(await answers(b, actors, lines));
    expect(await answers(a, ['S1', 'L1', 'CO'], lists)).toEqual(await answers(b, ['S1', 'L1', 'CO'], lists));
    expect((await oss(a, 'highlights W1', 'CO', NOW)).out).toContain('what was said');
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
