import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeScene, ROOT, type Scene } from '../cli/harness.ts';

const AS_OF = '2021-01-04T09:00';
const FILES = ['members', 'delegations', 'duty-roster', 'accesses', 'oss-work-items', 'oss-events']
  .concat(['concerns', 'concern-events', 'csr-chicago-311', 'csr-police', 'csr-police-events'])
  .map((name) => join(ROOT, 'data', 'samples', `${name}.csv`));

/** Two columns of a sample, the second by the first. */
function column(sample: string, key: string, value: string): ReadonlyMap<string, string> {
  const [head = '', ...lines] = readFileSync(join(ROOT, 'data', 'samples', `${sample}.csv`), 'utf8').split(
    '\n',
  );
  const at = (name: string) => head.split(',').indexOf(name);
  return new Map(
    lines.map((line) => [line.split(',')[at(key)] ?? '', line.split(',')[at(value)] ?? ''] as const),
  );
}

const ROLES = column('members', 'member_id', 'roles');
const MEMBERS = [...ROLES.keys()].filter((id) => id !== '');
const SUPERVISORS = column('members', 'member_id', 'supervisor_id');
const AFFECTED = column('oss-work-items', 'work_item_id', 'member_id');

/** What stands in a placeholder, for whoever is to say it. */
const SAID: readonly (readonly [placeholder: RegExp, words: string])[] = [
  [/--supervisor <member>/, '--supervisor M0026'],
  [/(oss forward .*)--to <member>/, '$1--to M0003'],
  [/--to <member>/, '--to M0034'],
  [/--unit <unit>/, '--unit 5'],
  [/--determination <word>/, '--determination valid'],
  [/--method <method>/, '--method in-person'],
  [/--checklist <letters>/, '--checklist abcdef'],
  [/--revised <word>/, '--revised yes'],
  [/--status <status>/, '--status started'],
  [/--(add|support) <support>/, '--$1 peer-support'],
  [/<[a-z][a-z ]*>/g, '"as asked"'],
];

function filled(command: string, actor: string): string {
  const item = /oss assign (\S+)/.exec(command)?.[1];
  // The representative gives it to command, and command to the member's own supervisor.
  const to = ROLES.get(actor)?.includes('oss-area-rep')
    ? 'M0015'
    : SUPERVISORS.get(AFFECTED.get(item ?? '') ?? '');
  const line = item === undefined ? command : command.replace('<member>', to ?? '');
  return SAID.reduce((now, [placeholder, words]) => now.replace(placeholder, words), line);
}

let scene: Scene;
beforeAll(async () => {
  scene = makeScene();
  const { code } = await scene.run(['import', ...FILES, '--quiet', '--as-of', AS_OF]);
  expect([0, 3]).toContain(code);
}, 60_000);
afterAll(() => scene.remove());

async function offeredBy(command: string, actor: string): Promise<readonly string[]> {
  const { stdout, code } = await scene.shell(`rollcall ${command} --actor ${actor} --as-of ${AS_OF} --json`);
  if (code !== 0) return [];
  const { items, owed = [] }: Record<string, readonly { command: string; doneAt?: string | null }[]> =
    JSON.parse(stdout);
  return [...(items ?? []), ...owed.filter(({ doneAt }) => doneAt === null)].map((each) => each.command);
}

describe('what is offered over the samples may be done as printed', () => {
  test.each([['today'], ['concerns worklist']])('%s', { timeout: 120_000 }, async (list) => {
    const refused: string[] = [];
    let tried = 0;
    for (const actor of MEMBERS) {
      for (const command of new Set(await offeredBy(list, actor))) {
        // The samples' plans name no support of which there could be progress.
        if (command.startsWith('rollcall oss progress')) continue;
        tried += 1;
        const line = `${filled(command, actor)} --actor ${actor} --as-of ${AS_OF} --dry-run --no-input --quiet`;
        const { code, stderr } = await scene.shell(line);
        if (code !== 0) refused.push(`${actor}: ${line}: ${code} ${stderr.split('\n')[0]}`);
      }
    }
    expect(refused).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });
});
