import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { CLOCK, runFixture, seen } from './fixture.ts';

function temporary(onTestFinished: (done: () => void) => void): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'rollcall-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('exit codes', () => {
  test.for([
    ['data', 3],
    ['refused', 4],
    ['store', 5],
    ['busy', 5],
    ['corrupt', 5],
    ['constraint', 70],
    ['bug', 70],
    ['text', 70],
  ] as const)('a failure of kind %s ends with %i', async ([kind, code]) => {
    expect(await runFixture(['fail', kind])).toMatchObject({ code, out: '' });
  });

  test('a command gives its own', async () => {
    expect(await runFixture(['concerns', 'echo', '1', '--exit-code'])).toMatchObject({ code: 1, err: '' });
  });
});

describe('failures', () => {
  test('say what is wrong, then the remedy', async () => {
    const { err } = await runFixture(['fail', 'data']);
    expect(err).toBe('rollcall: a.csv:3: the date is impossible\n  Mend the row.\n');
  });

  test('name rule and cite of a refusal', async () => {
    const { err } = await runFixture(['fail', 'refused']);
    expect(err).toBe('rollcall: only an analyst may decide (OSS-16, E06-1 IV)\n');
  });

  test('show no stack of a defect, and how to report it', async () => {
    const { err } = await runFixture(['fail', 'bug']);
    expect(err).toBe(
      'rollcall: unexpected: TypeError: x is\n' +
        '  This is a defect of rollcall. Report it with the command; ROLLCALL_DEBUG=1 adds where it happened.\n',
    );
    expect((await runFixture(['fail', 'bug'], { env: { ROLLCALL_DEBUG: '1' } })).err).toContain('    at ');
  });

  test('cannot steer the terminal', async () => {
    const { err } = await runFixture(['show\u001b[31m\u202e']);
    expect(err).toContain('show');
    for (const mark of ['\u001b', '\u202e']) expect(err).not.toContain(mark);
  });
});

describe('the command line', () => {
  test.for([
    ['concerns overdu', 'there is no command "concerns overdu"'],
    ['concern ecko', 'Did you mean rollcall concerns echo?'],
    ['echo', 'Did you mean rollcall concerns echo?'],
    ['xyzzy', 'rollcall --help lists all commands.'],
    ['concerns', '"concerns" needs a second word: concerns echo'],
    ['--json', 'no command is named'],
    ['--district 5 concerns echo', 'unknown option --district'],
    ['concerns echo', 'needs <record-id>: a record'],
    ['concerns echo 1 --distrct 005', 'Did you mean --district?'],
    ['concerns echo 1 --jsn', 'Did you mean --json?'],
    ['concerns echo 1 --district', 'needs its value'],
    ['concerns echo 1 --tier hig', '--tier: "hig" is none of low, high\n  Did you mean high?'],
    ['concerns echo 1 --format html', 'concerns echo has no html form\n  It has table, plain'],
    ['concerns echo 1 --as-of yesterday', '--as-of'],
    ['fail a b', 'fail: expected 1 argument but got 2'],
    ['help nothing', 'there is no command "nothing"'],
    ['completion csh', '"csh" is none of bash, zsh, fish'],
  ] as const)('"%s" is a usage error: %s', async ([line, says]) => {
    const { code, out, err } = await runFixture(line.split(' '));
    expect(err).toContain(says);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  test('reaches the command by camelCase name', async () => {
    await runFixture([
      'concerns',
      'echo',
      'a',
      'b',
      'c',
      '--tag',
      'x',
      '-d',
      '005',
      '--tag=y',
      '--quarterly',
    ]);
    expect(seen.input).toEqual({
      args: { recordId: 'a', more: ['b', 'c'] },
      options: { tag: ['x', 'y'], district: '005', quarterly: true },
    });
  });

  test('passes words after -- on as they are', async () => {
    await runFixture(['concerns', 'echo', '--', '--json', '-o']);
    expect(seen.input?.args).toEqual({ recordId: '--json', more: ['-o'] });
  });
});

describe('the context', () => {
  test('has the clock as now, plain when piped, and the XDG data folder', async () => {
    await runFixture(['concerns', 'echo', '1'], { env: { XDG_DATA_HOME: '/data' } });
    expect(seen.context).toMatchObject({
      now: CLOCK,
      asOfGiven: false,
      format: 'plain',
      formatGiven: false,
      storePath: '/data/rollcall/rollcall.db',
      interactive: false,
      color: false,
      width: 80,
      dryRun: false,
    });
  });

  test('falls back to the home folder when XDG_DATA_HOME is no absolute path', async () => {
    await runFixture(['concerns', 'echo', '1'], { env: { XDG_DATA_HOME: 'data' } });
    expect(seen.context?.storePath).toBe('/home/someone/.local/share/rollcall/rollcall.db');
  });

  test('keeps the recorded time apart from --as-of', async () => {
    await runFixture([
      'concerns',
      'echo',
      '1',
      '--as-of',
      '2020-11-01T06:00:00Z',
      '--store',
      'x.db',
      '--dry-run',
    ]);
    expect(seen.context).toMatchObject({ now: 1_604_210_400, asOfGiven: true, dryRun: true });
    expect(seen.context?.storePath).toBe('/work-folder/x.db');
    expect(seen.context?.clock()).toBe(CLOCK);
  });

  test('is interactive with colour on a terminal, unless told otherwise', async () => {
    const tty = () => Object.assign(new PassThrough(), { isTTY: true, columns: 132 });
    const terminal = () => ({ stdin: tty(), stdout: tty(), stderr: tty() });
    await runFixture(['concerns', 'echo', '1'], terminal());
    expect(seen.context).toMatchObject({ format: 'table', interactive: true, color: true, width: 132 });
    await runFixture(['concerns', 'echo', '1', '--no-input', '--no-color'], terminal());
    expect(seen.context).toMatchObject({ format: 'table', interactive: false, color: false });
  });
});

describe('output', () => {
  test('is JSON with the schema of the command', async () => {
    const { code, out } = await runFixture(['--json', 'concerns', 'echo', '7']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      schema: 'rollcall/concerns.echo/1',
      asOf: '2020-11-05T20:30:00Z',
      newestImport: null,
      total: 1,
      items: [{ id: '7' }],
    });
  });

  test('goes whole into a file that only its owner reads', async ({ onTestFinished }) => {
    const folder = temporary(onTestFinished);
    const path = join(folder, 'r.json');
    const { code, out, err } = await runFixture(['concerns', 'echo', '7', '-o', 'r.json'], { cwd: folder });
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: `written: ${path}\n` });
    expect(JSON.parse(readFileSync(path, 'utf8')).total).toBe(1);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['r.json']);
  });

  test('does not start when the file could not be written', async ({ onTestFinished }) => {
    const folder = temporary(onTestFinished);
    delete seen.context;
    const missing = await runFixture(['concerns', 'echo', '7', '-o', join(folder, 'no', 'r.json')]);
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.err).toContain('there is no such folder');
    const device = await runFixture(['concerns', 'echo', '7', '--json', '-o', '/dev/null']);
    expect(device.err).toContain('is no plain file');
    expect(seen.context).toBeUndefined();
  });

  test('follows a link to the file it leads to', async ({ onTestFinished }) => {
    const folder = temporary(onTestFinished);
    await runFixture(['concerns', 'echo', '7', '-o', 'real.json'], { cwd: folder });
    symlinkSync('real.json', join(folder, 'link.json'));
    await runFixture(['concerns', 'echo', '8', '-o', 'link.json'], { cwd: folder });
    expect(JSON.parse(readFileSync(join(folder, 'real.json'), 'utf8')).items).toEqual([{ id: '8' }]);
  });
});

describe('help', () => {
  test('of the program, a group and a command fits 80 columns and ends with 0', async () => {
    for (const line of [
      '--help',
      'help',
      '',
      'concerns --help',
      'concerns echo --help',
      'help concerns echo',
    ]) {
      const { code, out } = await runFixture(line.split(' ').filter(Boolean));
      expect(code).toBe(0);
      expect(Math.max(...out.split('\n').map((text) => text.length)), line).toBeLessThanOrEqual(80);
    }
  });

  test('of a command shows all that its definition holds', async () => {
    const { out } = await runFixture(['concerns', 'echo', '-h']);
    expect(out).toMatchInlineSnapshot(`
      "rollcall concerns echo: what it was given

      Usage
        rollcall concerns echo <record-id> [more...] [options]

      What it does
        Shows arguments and options.

        It is a fixture.

        It writes: --dry-run shows the same and writes nothing. It has no html form.

      Arguments
        <record-id>  a record
        [more...]    other records

      Options
        -d, --district <district>  only this district
        --tier <tier>              only this tier (low, high)
        --tag <tag>                a tag; may be repeated
        --quarterly [quarter]      a quarter
        --exit-code                end with 1 when something is found

      Options of every command (rollcall --help explains them)
        --store --as-of --actor --purpose --format --json --output --dry-run
        --no-input --no-color --quiet --help --version

      Examples
        rollcall concerns echo 1 --tier low
            the first one

      JSON fields (--json)
        schema        rollcall/concerns.echo/1
        asOf          the instant it speaks of, UTC
        newestImport  the newest import behind it, UTC; null when there is none
        items[].id    record id
        total         number of items

      Exit codes
        0    done; also when nothing was found
        1    found, only with --exit-code
        2    the command line is wrong
        3    input rows or files were refused
        4    a rule or a role refuses it; the message names both
        5    the store is missing, locked, newer or broken
        70   a defect of rollcall
        130  cancelled; what was confirmed before stays
      "
    `);
  });
});

test('the manual page holds every command and no line that roff would take for a request', async () => {
  const { code, out } = await runFixture(['man']);
  expect(code).toBe(0);
  expect(out).toContain('.SS rollcall concerns echo <record\\-id> [more...] [options]');
  expect(
    out.split('\n').filter((line) => /^[.']/.test(line) && !/^\.(TH|SH|SS|TP|B|PP)\b/.test(line)),
  ).toEqual([]);
});
