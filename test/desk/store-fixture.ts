import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { Directive } from '../../src/casework/directive.ts';
import type { CaseKind } from '../../src/casework/kind.ts';
import { openChain } from '../../src/casework/log.ts';
import { openTouched, replayTouched } from '../../src/casework/replay.ts';
import { concernsDirective } from '../../src/concerns/directive.ts';
import { concernKind } from '../../src/concerns/records.ts';
import type { Context, Input } from '../../src/core/command.ts';
import type { Instant } from '../../src/core/instant.ts';
import { parseAsOf } from '../../src/core/parse-time.ts';
import type { CaseState } from '../../src/core/workflow.ts';
import { csrDirective } from '../../src/csr/directive.ts';
import { policeRequestKind } from '../../src/csr/police-records.ts';
import { ossDirective } from '../../src/oss/directive.ts';
import { workItemKind } from '../../src/oss/records.ts';
import { type Writer, write } from '../../src/store/store.ts';

/** An instant of a Chicago time: `2020-11-03T10:00`. */
export function at(text: string): Instant {
  return parseAsOf(text);
}

/** When everything in these stores was entered. */
export const RECORDED = at('2020-11-20T12:00');

/** A directive as SAID's: its one subject S1 takes a role and a purpose. */
const guarded: Directive = {
  ...concernsDirective,
  system: 'said',
  title: 'SAID',
  cite: 'S09-11',
  banner: ['Placement here is no ground for suspicion (S09-11 II.C).'],
  profiles: [],
  carries: [],
  find: async (_, id) =>
    id === 'S1' ? { system: 'said', id, title: 'Subject S1', state: 'listed', facts: [] } : null,
  sees: { roles: ['dos-analyst'], guard: { rule: 'SAID-09', cite: 'S09-11 III.B', what: 'see a subject' } },
  needsPurpose: true,
  reach: undefined,
};

/** The directives that these tests know. */
export const all = async () => [ossDirective, concernsDirective, csrDirective, guarded];

const MEMBERS: readonly (readonly [id: string, level: number, roles: readonly string[]])[] = [
  ['AN1', 1, ['oss-analyst']],
  ['SG1', 2, ['cp-sergeant']],
  ['LT1', 4, ['watch-operations-lieutenant']],
  ['LT2', 4, ['watch-operations-lieutenant']],
  ['US1', 3, ['unit-supervisor']],
  ['XO1', 5, ['executive-officer']],
  ['AD1', 1, ['isd-admin']],
  ['DA1', 1, ['dos-analyst']],
  ['PO1', 1, []],
];

type Happening = readonly [name: string, when: string, more?: Readonly<Record<string, string>>];

/** Writes a record's events into its chain and replays it; `by` and `unit` of `more` become the event's own. */
async function happen<S extends CaseState>(
  writer: Writer,
  kind: CaseKind<S>,
  id: string,
  happenings: readonly Happening[],
): Promise<void> {
  const chain = openChain(writer, kind.system, RECORDED);
  for (const [name, when, { by, unit, ...content } = {}] of happenings) {
    chain.append({
      recordId: id,
      name,
      at: at(when),
      actorId: by ?? null,
      unit: unit ?? null,
      origin: 'import',
      batchId: 1,
      content,
    });
  }
  openTouched(writer).add(id);
  await replayTouched(writer, kind);
}

/** A store with a few records of each kind; its owner removes the folder. */
export async function sampleStore(): Promise<{
  readonly folder: string;
  readonly path: string;
  remove(): void;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-desk-'));
  const path = join(folder, 'rollcall.db');
  await write(path, fill, { create: true });
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function fill(writer: Writer): Promise<void> {
  writer
    .prepare('insert into batch (profile, file, sha256, rows, imported_at) values (?, ?, ?, ?, ?)')
    .run('concerns', 'concerns.csv', 'x', 3, RECORDED);
  for (const [id, level, roles] of MEMBERS) {
    writer
      .prepare('insert into member (member_id, rank, rank_level, sworn, district) values (?, ?, ?, 1, ?)')
      .run(id, 'Police Officer', level, '005');
    for (const role of roles) writer.prepare('insert into member_role values (?, ?)').run(id, role);
  }
  const concern = writer.prepare(
    'insert into concern (control_number, origin, submitted_at, submitted_on, district, state) values (?, ?, ?, ?, ?, ?)',
  );
  for (const [id, origin] of [
    ['CC-1', 'webportal'],
    ['CC-2', 'phone'],
    ['CC-3', 'webportal'],
  ] as const) {
    concern.run(id, origin, at('2020-10-28T09:00'), '2020-10-28', '005', 'submitted');
  }
  await happen(writer, concernKind, 'CC-1', [
    ['accessed', '2020-10-30T09:00', { by: 'SG1' }],
    ['accepted', '2020-10-30T09:30', { by: 'SG1' }],
    ['assigned', '2020-10-30T10:00', { by: 'SG1', unit: '005' }],
    ['extended', '2020-11-09T12:00', { by: 'US1', unit: '005', justification: 'waits for a witness' }],
    ['completed', '2020-11-12T10:00', { by: 'LT1', unit: '005' }],
  ]);
  await happen(writer, concernKind, 'CC-2', [['assigned', '2020-11-03T10:00', { by: 'PO1', unit: '005' }]]);
  await happen(writer, concernKind, 'CC-3', [
    ['accepted', '2020-11-02T10:00', { by: 'SG1' }],
    ['assigned', '2020-11-02T10:00', { by: 'SG1', unit: '005' }],
    ['reassigned', '2020-11-04T10:00', { by: 'US1', unit: '189' }],
  ]);
  const item = writer.prepare(
    'insert into work_item (work_item_id, member_id, generated_at, models, state) values (?, ?, ?, ?, ?)',
  );
  item.run('WI-1', 'PO1', at('2020-10-31T12:00'), '["complaints"]', 'generated');
  await happen(writer, workItemKind, 'WI-1', [
    ['generated', '2020-10-31T12:00'],
    ['determined', '2020-11-02T11:00', { by: 'AN1', detail: 'valid' }],
    ['forwarded', '2020-11-02T12:00', { by: 'AN1' }],
    ['received', '2020-11-03T12:00', { by: 'LT1' }],
    ['met', '2020-11-04T12:00', { by: 'US1', detail: 'spoke of a private matter' }],
    ['plan-submitted', '2020-11-05T12:00', { by: 'US1', detail: 'two courses' }],
  ]);
  writer
    .prepare('insert into srswo (sr_number, created_at, beat, district, state) values (?, ?, ?, ?, ?)')
    .run('SR20-1', at('2020-11-01T08:00'), '0511', '005', 'new');
  await happen(writer, policeRequestKind, 'SR20-1', [
    ['opened', '2020-11-01T10:00'],
    ['assigned', '2020-11-02T10:00', { by: 'SG1', assigned_to: 'PO1' }],
    ['submitted', '2020-11-06T10:00', { action_taken: 'spoke with owner' }],
    ['returned', '2020-11-07T10:00', { by: 'SG1', reason: 'no disposition' }],
    ['extended', '2020-11-08T10:00', { by: 'SG1', reason: 'owner is away' }],
    ['extended', '2020-11-19T10:00', { by: 'SG1', reason: 'owner is still away' }],
  ]);
  city(writer);
  writer
    .prepare('insert into finding (system, record_id, rule, code, at, text) values (?, ?, ?, ?, ?, ?)')
    .run('said', 'S1', null, 'UNKNOWN_DISTRICT', null, 'district 099');
}

/** SR20-2 is a City request that a second batch closed. */
function city(writer: Writer): void {
  const word = writer.prepare('insert into csr_word (kind, word) values (?, ?)');
  const [type, open, done] = [
    word.run('type', 'Abandoned Vehicle').lastInsertRowid,
    word.run('status', 'Open').lastInsertRowid,
    word.run('status', 'Completed').lastInsertRowid,
  ];
  const created = at('2020-11-01T09:00');
  const closed = at('2020-11-10T09:00');
  const { lastInsertRowid: id } = writer
    .prepare(
      `insert into csr_request (sr_number, type_id, status_id, is_open, created_at, created_day, updated_at, closed_at,
         district, duplicate, batch_id) values ('SR20-2', ?, ?, 0, ?, 18567, ?, ?, 5, 0, 1)`,
    )
    .run(type, done, created, closed, closed);
  const before = {
    type_id: type,
    status_id: open,
    closed_at: null,
    updated_at: created,
    district: 5,
    batch_id: 1,
  };
  writer
    .prepare(
      `insert into csr_change (request_id, batch_id, recorded_at, was_open, before) values (?, 1, ?, 1, ?)`,
    )
    .run(id, RECORDED, JSON.stringify({ ...before, duplicate: 0, created_at: created }));
}

/** A context for one run; `now` is 21 Nov 2020 unless given. */
export function contextFor(storePath: string, over: Partial<Context> = {}): Context {
  return {
    storePath,
    now: at('2020-11-21T12:00'),
    asOfGiven: false,
    clock: () => RECORDED,
    actor: null,
    osUser: 'nobody',
    purpose: null,
    format: 'plain',
    formatGiven: false,
    outputFile: null,
    dryRun: false,
    interactive: false,
    color: false,
    quiet: false,
    width: 80,
    cwd: '/',
    env: {},
    stdin: new PassThrough(),
    prompt: { select: never, text: never, confirm: never, secret: never },
    progress: { start() {}, update() {}, stop() {} },
    note() {},
    warn() {},
    say() {},
    ...over,
  };
}

async function never(): Promise<never> {
  throw new Error('nothing is asked in these tests');
}

/** Arguments and options of a run. */
export function input(args: Input['args'] = {}, options: Input['options'] = {}): Input {
  return { args, options };
}
