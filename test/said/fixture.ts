import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context, Input, Purpose } from '../../src/core/command.ts';
import type { Instant } from '../../src/core/instant.ts';
import { parseAsOf } from '../../src/core/parse-time.ts';
import type { ImportSession, NewFinding, Profile, Rejection, RowFate } from '../../src/import/profile.ts';
import { saidScore } from '../../src/said/commands/score.ts';
import { saidIncidentsProfile, saidSubjectsProfile } from '../../src/said/imports.ts';
import type { Item } from '../../src/said/population.ts';
import { type Writer, write } from '../../src/store/store.ts';
import { temporaryFolder } from '../temporary.ts';

/** The day on which the tests import. */
const RECORDED = parseAsOf('2021-01-15T12:00');

export interface Imported {
  readonly counts: Readonly<Record<RowFate, number>>;
  readonly rejections: readonly Rejection[];
  readonly findings: readonly NewFinding[];
  readonly remembered: readonly { readonly table: string; readonly key: string; readonly before: unknown }[];
  readonly batchId: number;
}

export function freshStore(): string {
  return join(temporaryFolder(), 'store.db');
}

/** Imports lines of comma-separated text, the first of which is the header, as the engine would. */
export async function importText(path: string, profile: Profile, text: string): Promise<Imported> {
  const [head, ...lines] = text.trim().split('\n');
  const header = (head ?? '').split(',');
  return write(
    path,
    async (writer) => {
      const batchId = writer
        .prepare('insert into batch (profile, file, sha256, rows, imported_at) values (?, ?, ?, ?, ?)')
        .run(profile.name, 'test.csv', '', lines.length, RECORDED).lastInsertRowid;
      const findings: NewFinding[] = [];
      const remembered: Imported['remembered'][number][] = [];
      const rejections: Rejection[] = [];
      const session: ImportSession = {
        writer,
        batchId,
        recordedAt: RECORDED,
        actor: null,
        file: 'test.csv',
        sha256: '',
        finding: (finding) => findings.push(finding),
        note: () => undefined,
        remember: (table, key, before) => {
          remembered.push({ table, key, before });
          writer
            .prepare('insert into undo (batch_id, table_name, row_key, before) values (?, ?, ?, ?)')
            .run(batchId, table, key, before === null ? null : JSON.stringify(before));
        },
      };
      const sink = await profile.open(session, (column) => header.indexOf(column));
      lines.forEach((line, at) => {
        const fate = sink.add(line.trim().split(','), at + 2);
        if (typeof fate !== 'string') rejections.push(fate);
      });
      await sink.finish();
      const counts = sink.counts?.();
      if (counts === undefined) throw new Error('the sink counts nothing');
      return { counts: { ...counts }, rejections, findings, remembered, batchId };
    },
    { create: true },
  );
}

/** A store with members of some roles, and what `subjects` and `incidents` hold. */
export async function storeOf(subjects: string, incidents: string): Promise<string> {
  const path = freshStore();
  await importText(path, saidSubjectsProfile, subjects);
  await importText(path, saidIncidentsProfile, incidents);
  await write(path, async (writer) => {
    addMember(writer, 'D1', 'dos-analyst', '2020-06-01');
    addMember(writer, 'C1', 'district-commander', null);
    addMember(writer, 'E1', 'evaluator', '2020-06-01');
    addMember(writer, 'P1', 'cp-officer', '2020-06-01');
  });
  return path;
}

function addMember(writer: Writer, id: string, role: string, trainedOn: string | null): void {
  writer
    .prepare('insert into member (member_id, rank, rank_level, trained_on) values (?, ?, ?, ?)')
    .run(id, 'Police Officer', 1, trainedOn);
  writer.prepare('insert into member_role (member_id, role) values (?, ?)').run(id, role);
}

export interface Said {
  readonly data: Readonly<Record<string, unknown>>;
  readonly items: readonly Item[];
  readonly warned: readonly string[];
  readonly outcome: Awaited<ReturnType<typeof saidScore.run>>;
}

/** Runs `said score` on a store as a member, for a purpose. */
export async function runScore(
  storePath: string,
  wanted: {
    readonly actor?: string | null;
    readonly purpose?: Purpose | null;
    readonly asOf?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly options?: Input['options'];
  } = {},
): Promise<Said> {
  const warned: string[] = [];
  // The command reads these of its context and nothing else.
  const context = {
    storePath,
    now: parseAsOf(wanted.asOf ?? '2020-12-31'),
    clock: () => RECORDED as Instant,
    actor: wanted.actor === undefined ? 'D1' : wanted.actor,
    osUser: 'nobody',
    purpose: wanted.purpose === undefined ? 'review' : wanted.purpose,
    env: wanted.env ?? {},
    cwd: tmpdir(),
    warn: (text: string) => warned.push(text),
    note: () => undefined,
  } as unknown as Context;
  const outcome = await saidScore.run(context, { args: {}, options: wanted.options ?? {} });
  return {
    data: outcome.data,
    items: (outcome.items?.slice() ?? []) as unknown as readonly Item[],
    warned,
    outcome,
  };
}
