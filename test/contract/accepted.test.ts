import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeScene, type Scene } from '../cli/harness.ts';

let scene: Scene;
beforeAll(() => {
  scene = makeScene();
});
afterAll(() => scene.remove());

const HEADER = 'control_number,origin,submitted_at,category,description,beat';
const TEXT = `${HEADER}\nC1,phone,2020-01-01 10:00,café,“so” – done,511\nC2,In Person,2020-07-01 10:00,x,two\u00a0words,1234\n`;

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

/** Windows-1252 of the few characters beyond Latin-1 that stand here. */
function windows1252(text: string): Buffer {
  const bytes: Readonly<Record<string, number>> = { '“': 0x93, '”': 0x94, '–': 0x96 };
  return Buffer.from([...text].map((letter) => bytes[letter] ?? letter.charCodeAt(0)));
}

const FILES: readonly (readonly [
  says: string,
  name: string,
  bytes: string | Buffer,
  ...options: string[],
])[] = [
  ['UTF-8', 'a.csv', TEXT],
  ['a byte order mark', 'a.csv', `\ufeff${TEXT}`],
  ['UTF-16 LE', 'a.csv', utf16(TEXT, 'le')],
  ['UTF-16 BE', 'a.csv', utf16(TEXT, 'be')],
  ['Windows-1252', 'a.csv', windows1252(TEXT), '--encoding', 'windows-1252'],
  ['semicolons', 'a.csv', TEXT.replaceAll(',', ';')],
  ['tabs', 'a.tsv', TEXT.replaceAll(',', '\t')],
  ['bars', 'a.txt', TEXT.replaceAll(',', '|')],
  ['CRLF', 'a.csv', TEXT.replaceAll('\n', '\r\n')],
  ['CR', 'a.csv', TEXT.replaceAll('\n', '\r')],
  ['no last line end', 'a.csv', TEXT.trimEnd()],
  ['blank lines', 'a.csv', `\n${TEXT.replaceAll('\n', '\n\n')}`],
  [
    'another letter case, spaces and hyphens',
    'a.csv',
    TEXT.replace(HEADER, ' Control-Number ,ORIGIN,"Submitted At",Category,DESCRIPTION , Beat'),
  ],
  ['gzip', 'a.csv.gz', gzipSync(TEXT)],
];

async function records(store: string): Promise<unknown> {
  const shown = await Promise.all(
    ['C1', 'C2'].map((id) => scene.run(['show', id, '--store', store, '--json', '--as-of', '2020-08-01'])),
  );
  return shown.map(({ stdout }) => ({ ...JSON.parse(stdout), newestImport: null }));
}

describe('one export in any of its forms leads to the same records', () => {
  let wanted: unknown;
  beforeAll(async () => {
    await scene.run(['import', '-', '--store', 'wanted.db'], { input: TEXT });
    wanted = await records('wanted.db');
  });
  test.for(FILES)('%s', async ([says, name, bytes, ...options]) => {
    scene.file(name, bytes);
    const store = `${says.replaceAll(/\W/g, '-')}.db`;
    const ran = await scene.run(['import', name, '--store', store, '--json', ...options]);
    expect([ran.code, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.stdout).items[0]).toMatchObject({
      profile: 'concerns',
      rows: 2,
      inserted: 2,
      rejected: 0,
    });
    expect(await records(store)).toEqual(wanted);
  });
});

test('every form of a date is read; without a zone it is Chicago time; impossible ones reject their row', async () => {
  const good: readonly (readonly [text: string, instant: string])[] = [
    ['2020-11-05', '2020-11-05T06:00:00Z'],
    ['2020-11-05T14:30', '2020-11-05T20:30:00Z'],
    ['2020-11-05 14:30:15', '2020-11-05T20:30:15Z'],
    ['2020-11-05T14:30Z', '2020-11-05T14:30:00Z'],
    ['2020-11-05T14:30-06:00', '2020-11-05T20:30:00Z'],
    ['2020-07-05T14:30:15.250+0000', '2020-07-05T14:30:15Z'],
    ['11/5/2020', '2020-11-05T06:00:00Z'],
    ['7/5/2020 2:30 PM', '2020-07-05T19:30:00Z'],
    ['11/05/2020 14:30', '2020-11-05T20:30:00Z'],
    ['11/05/2020 12:00:00 AM', '2020-11-05T06:00:00Z'],
    ['11/05/2020 12:00:00 pm', '2020-11-05T18:00:00Z'],
    ['1-Apr-12', '2012-04-01T05:00:00Z'],
    ['20201105', '2020-11-05T06:00:00Z'],
    // The hour that happens twice: the earlier instant for a start; the one that does not exist moves on.
    ['2020-11-01 01:30', '2020-11-01T06:30:00Z'],
    ['2020-03-08 02:30', '2020-03-08T08:30:00Z'],
  ];
  const bad = [
    '2020-02-30',
    '2021-02-29',
    '2020-13-01',
    '11/31/2020',
    '31-Feb-12',
    '20200230',
    '13/5/2020',
    '2020-11-05T24:00',
    'yesterday',
  ];
  const rows = [...good.map(([text]) => text), ...bad].map((text, at) => `D${at},phone,${text}`);
  const input = `control_number,origin,submitted_at\n${rows.join('\n')}\n`;
  const ran = await scene.run(
    ['import', '-', '--store', 'dates.db', '--json', '--rejects', 'bad-dates.csv'],
    { input },
  );
  expect(ran.code).toBe(3);
  const [item] = JSON.parse(ran.stdout).items;
  expect([item.inserted, item.rejected]).toEqual([good.length, bad.length]);
  expect(item.notes.map((note: { count: number }) => note.count)).toEqual([1, 1]);
  expect(item.rejects[0]).toEqual({
    line: good.length + 2,
    column: 'submitted_at',
    reason: '"2020-02-30" is no date or time',
  });
  const shown = await Promise.all(
    good.map((_, at) => scene.run(['show', `D${at}`, '--store', 'dates.db', '--json'])),
  );
  expect(shown.map(({ stdout }) => JSON.parse(stdout).facts.submittedAt)).toEqual(
    good.map(([, instant]) => instant),
  );
});

test('an empty export of every profile is known by its header, and fine', async () => {
  const list = JSON.parse((await scene.run(['import', '--list', '--json'])).stdout).items as {
    profile: string;
  }[];
  expect(list.length).toBeGreaterThanOrEqual(19);
  await Promise.all(
    list.map(async ({ profile }) => {
      const { stdout } = await scene.run(['import', '--template', profile]);
      expect(stdout.endsWith('\n')).toBe(true);
      const ran = await scene.run(['import', '-', '--dry-run', '--json', '--store', 'none.db'], {
        input: stdout,
      });
      expect([ran.code, JSON.parse(ran.stdout).items[0]]).toMatchObject([
        0,
        { profile, rows: 0, ignoredColumns: [] },
      ]);
    }),
  );
});

test('twenty thousand bad rows make one rejects file and a few lines', async () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `C${at},phone,2020-02-30\n`);
  scene.file('bad.csv', `control_number,origin,submitted_at\n${rows.join('')}`);
  const ran = await scene.run(['import', 'bad.csv', '--rejects', 'r.csv', '--store', 'bad.db']);
  expect(ran.code).toBe(3);
  expect(ran.stderr.split('\n').length + ran.stdout.split('\n').length).toBeLessThan(20);
  const again = await scene.run(['import', 'r.csv', '--rejects', 'r2.csv', '--store', 'bad.db']);
  expect(again.code).toBe(3);
  const same = await scene.shell('cmp r.csv r2.csv');
  expect(same.code).toBe(0);
});

describe('a rejects file', () => {
  const BAD = [
    'Control Number;Origin;Submitted At;Category;beat;Extra',
    'R1;phone;2020-02-30;"a;""q""";0511;k',
    'R2;fax;2020-02-03; as it was ;0511;k',
    'R3;phone;2020-02-03;too;few',
    'R4;phone;2020-02-03;too many;0511;k;k2;k3',
    'R5;phone;2020-02-31;"two\nlines";0511;k',
    'R6;phone;2020-02-03;x"y;0511;k',
    'R7;phone;2020-02-03;good;0511;k',
  ].join('\n');

  test('holds the rows verbatim and four columns more; unmended it is refused the same way', async () => {
    scene.file('r.csv', `${BAD}\n`);
    await scene.run(['import', 'r.csv', '--rejects', 'first.csv', '--store', 'rejects.db']);
    const { stdout } = await scene.shell('cat first.csv');
    expect(stdout).toMatch(
      /^Control Number;Origin;Submitted At;Category;beat;Extra;reject_line;reject_column;reject_reason;reject_extra\n/,
    );
    expect(stdout).toContain('\nR1;phone;2020-02-30;"a;""q""";0511;k;2;submitted_at;');
    expect(stdout).toContain('\nR2;fax;2020-02-03; as it was ;0511;k;3;origin;');
    expect(stdout).toMatch(/\nR4;phone;2020-02-03;too many;0511;k;5;;.*;"k2;k3"\n/);
    expect(stdout).toContain('R6;phone;2020-02-03;x""y;0511;k');
    const again = await scene.run([
      'import',
      'first.csv',
      '--rejects',
      'second.csv',
      '--store',
      'rejects.db',
      '--json',
    ]);
    expect([again.code, JSON.parse(again.stdout).items[0].rejected]).toEqual([3, 6]);
    const second = (await scene.shell('cat second.csv')).stdout;
    // What had no column is still there; only the lines are those of the file that was read.
    const withoutLines = (text: string) => text.replaceAll(/;\d+;(?=[a-zA-Z_ ]*;)/g, ';N;');
    expect(withoutLines(second)).toBe(withoutLines(stdout));
  });

  test('can be mended and imported again; its own columns are passed over', async () => {
    scene.file('r.csv', `${BAD}\n`);
    await scene.run(['import', 'r.csv', '--rejects', 'third.csv', '--store', 'mended.db']);
    await scene.shell(
      "sed -e 's/2020-02-30/2020-02-28/; s/;fax;/;email;/; s/2020-02-31/2020-02-29/' third.csv >mended.csv",
    );
    const ran = await scene.run(['import', 'mended.csv', '--store', 'mended.db', '--json']);
    expect(JSON.parse(ran.stdout).items[0]).toMatchObject({
      inserted: 3,
      rejected: 3,
      ignoredColumns: ['Extra'],
    });
    scene.file('seer.csv', 'member_id,rank,roles\nDE1,Deputy Chief,ocp-deputy-chief\n');
    await scene.run(['import', 'seer.csv', '--store', 'mended.db']);
    const shown = await scene.run(['show', 'R1', '--actor', 'DE1', '--store', 'mended.db', '--json']);
    expect(JSON.parse(shown.stdout).facts.category).toBe('a;"q"');
  });
});
