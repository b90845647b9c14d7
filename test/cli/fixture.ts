import { PassThrough } from 'node:stream';
import type { Entry } from '../../src/cli/table.ts';
import type { World } from '../../src/cli/world.ts';
import type { Command, Context, Input } from '../../src/core/command.ts';
import { dataError, refusal, storeError } from '../../src/core/errors.ts';
import type { Instant } from '../../src/core/instant.ts';
import { main } from '../../src/main.ts';
import type { Document } from '../../src/report/document.ts';

/** 5 Nov 2020, 20:30 UTC. */
export const CLOCK = 1_604_608_200 as Instant;

/** A command that returns what it was given, or throws what its first argument names. */
const echo: Command<Document> = {
  name: 'concerns echo',
  summary: 'what it was given',
  details: 'Shows arguments and options.\n\nIt is a fixture.',
  arguments: [
    { name: 'record-id', summary: 'a record', required: true },
    { name: 'more', summary: 'other records', variadic: true },
  ],
  options: [
    { flags: '-d, --district <district>', summary: 'only this district' },
    { flags: '--tier <tier>', summary: 'only this tier', choices: ['low', 'high'] },
    { flags: '--tag <tag>', summary: 'a tag', repeatable: true },
    { flags: '--quarterly [quarter]', summary: 'a quarter' },
    { flags: '--exit-code', summary: 'end with 1 when something is found' },
  ],
  examples: [{ line: 'rollcall concerns echo 1 --tier low', says: 'the first one' }],
  fields: { 'items[].id': 'record id', total: 'number of items' },
  without: ['html'],
  writes: true,
  run: async (context, input) => outcome(context, input),
};

/** The thrown values that `fail <word>` ends with. */
const FAILURES: Readonly<Record<string, () => unknown>> = {
  data: () => dataError('a.csv:3: the date is impossible', 'Mend the row.'),
  refused: () => refusal('OSS-16', 'E06-1 IV', 'only an analyst may decide'),
  store: () => storeError('no store'),
  busy: () => Object.assign(new Error('database is locked'), { name: 'SqliteError', code: 'SQLITE_BUSY' }),
  corrupt: () => Object.assign(new Error('malformed'), { name: 'SqliteError', code: 'SQLITE_CORRUPT_INDEX' }),
  constraint: () => Object.assign(new Error('not null'), { name: 'SqliteError', code: 'SQLITE_CONSTRAINT' }),
  bug: () => new TypeError('x is\nundefined'),
  text: () => 'thrown text',
};

const fail: Command<Document> = {
  name: 'fail',
  summary: 'fails',
  arguments: [{ name: 'kind', summary: 'how', required: true }],
  run: async (_, { args }) => {
    throw FAILURES[String(args.kind)]?.();
  },
};

/** What the last run of `concerns echo` was called with. */
export const seen: { context?: Context; input?: Input } = {};

async function outcome(context: Context, input: Input) {
  seen.context = context;
  seen.input = input;
  const items = [{ id: String(input.args.recordId) }];
  const document: Document = {
    title: 'Echo',
    asOf: context.now,
    newestImport: null,
    blocks: [
      {
        kind: 'table',
        id: 'echo',
        columns: [{ key: 'id', title: 'Id' }],
        rows: items,
      },
    ],
  };
  const exitCode = input.options.exitCode === true ? 1 : 0;
  return { document, data: {}, items, newestImport: null, exitCode };
}

/** A table of two fixture commands. */
export const FIXTURES: readonly Entry[] = [
  { path: 'concerns echo', summary: 'what it was given', load: async () => echo },
  { path: 'fail', summary: 'fails', load: async () => fail },
];

/** How a run inside this process ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A world without terminal, environment or user, whose clock stands at CLOCK. */
function testWorld(over: Partial<World> = {}): World {
  return {
    env: {},
    cwd: '/work-folder',
    home: '/home/someone',
    osUser: 'someone',
    version: '1.2.3',
    stdin: new PassThrough(),
    stdout: new PassThrough(),
    stderr: new PassThrough(),
    clock: () => CLOCK,
    ...over,
  };
}

/** Runs a command line of the fixture table in this process. */
export async function runFixture(argv: readonly string[], over: Partial<World> = {}): Promise<Ended> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => out.push(chunk));
  stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await main(argv, testWorld({ stdout, stderr, ...over }), FIXTURES);
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}
