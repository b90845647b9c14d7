import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeScene, type Scene } from '../cli/harness.ts';

const EVIL = 'x\u001b[31mRED\u001b[0m\u0007\u009b2J\u202egpj\u200b\ufeff\u2066\u007f\b';
// Every control character but tab and line ends, and what turns the direction of text or is drawn as nothing.
const NEVER = /(?![\t\n\r])\p{Cc}|[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;
const ID = 'C\u001b[31m9';

let scene: Scene;
beforeAll(async () => {
  scene = makeScene();
  const cell = `"${EVIL}""=1+1"`;
  scene.file(
    `h\u001b[2J.csv`,
    `control_number,origin,submitted_at,category,description,address,beat,assigned_at,assigned_unit,\u001b[2Jextra\n` +
      `${ID},phone,2020-01-01,${EVIL},${cell},${cell},0511,2020-01-02,${EVIL},z\n` +
      `=cmd(),phone,2020-01-01,@SUM(1),+1,-1,0511,2020-01-02,005,z\n` +
      `C8,ph${EVIL}one,2020-01-01,c,d,e,0511,,,z\n` +
      `C7,phone,${EVIL},c,d,e,0511,,,z\n`,
  );
  const ran = await scene.run(['import', `h\u001b[2J.csv`]);
  expect(ran.code).toBe(3);
});
afterAll(() => scene.remove());

describe('control characters, escape codes and bidi marks of imported text never come out raw', () => {
  test.for(['table', 'plain', 'json', 'ndjson', 'csv', 'md', 'html'])('%s', async (format) => {
    const lines = [
      ['import', `h\u001b[2J.csv`],
      ['concerns', 'overdue', '--as-of', '2020-02-01'],
      ['overdue', '--as-of', '2020-02-01'],
      ['check'],
      ['show', ID],
      ['why', ID],
      ['history', ID],
      ['show', `${EVIL}no such`],
      ['db', 'info'],
    ];
    const runs = await Promise.all(lines.map((line) => scene.run([...line, '--format', format])));
    for (const [at, { stdout, stderr }] of runs.entries()) {
      expect([lines[at]?.[0], NEVER.exec(stdout)?.[0], NEVER.exec(stderr)?.[0]]).toEqual([
        lines[at]?.[0],
        undefined,
        undefined,
      ]);
    }
  });
});

test('a cell that a spreadsheet would take for a formula is guarded in CSV', async () => {
  const { stdout } = await scene.run(['concerns', 'overdue', '--as-of', '2020-02-01', '--format', 'csv']);
  expect(stdout).toContain("'=cmd()");
  expect(stdout).toContain("'@SUM(1)");
});
