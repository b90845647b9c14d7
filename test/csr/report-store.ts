import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instantOf, localDay, parseLocalDate } from '../../src/core/calendar.ts';
import type { Context, Input, Outcome } from '../../src/core/command.ts';
import { FAR_FUTURE, type Instant } from '../../src/core/instant.ts';
import { csrReport } from '../../src/csr/commands/report.ts';
import type { Document } from '../../src/report/document.ts';
import { type Writer, write } from '../../src/store/store.ts';

/** The instant of a Chicago time: `2020-12-31 23:59:59`, or a day's first second. */
export function chicago(text: string): Instant {
  const [day = '', time = '00:00:00'] = text.split(' ');
  const date = parseLocalDate(day);
  if (date === null) throw new Error(`no date: ${text}`);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  return instantOf(date, hour * 3600 + minute * 60 + second, 'start').at;
}

export interface TestRequest {
  readonly sr: string;
  readonly created: string | number;
  readonly closed?: string | number | null;
  /** Default: open when there is no close date. */
  readonly open?: boolean;
  readonly type?: string;
  readonly origin?: string | null;
  readonly district?: number | null;
  readonly beat?: number | null;
  readonly address?: string | null;
  readonly duplicate?: boolean;
  /** Closed before, and open again. */
  readonly reopened?: readonly { readonly closed: string | number | null; readonly at: string | number }[];
}

export interface TestOrder {
  readonly sr: string;
  readonly created?: string;
  readonly closed?: string;
  readonly district?: string | null;
  readonly beat?: string | null;
  readonly address?: string;
  /** Made here, after every day that a test looks at. */
  readonly later?: boolean;
  /** Spans of its clock: opened, due, stopped (absent: running). */
  readonly spans?: readonly {
    readonly opened: string;
    readonly due: string;
    readonly stopped?: string;
    readonly period?: number;
  }[];
}

function at(when: string | number): number {
  return typeof when === 'number' ? when : chicago(when);
}

const opened: string[] = [];

/** A store with these requests and police work orders; `removeStores` takes them all away. */
export async function storeOf(
  requests: readonly TestRequest[],
  orders: readonly TestOrder[] = [],
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-csr-'));
  opened.push(folder);
  const path = join(folder, 'store.db');
  await write(path, (writer) => fill(writer, requests, orders), { create: true });
  return path;
}

export function removeStores(): void {
  for (const folder of opened.splice(0)) rmSync(folder, { recursive: true, force: true });
}

async function fill(
  writer: Writer,
  requests: readonly TestRequest[],
  orders: readonly TestOrder[],
): Promise<void> {
  if (requests.length + orders.length === 0) return;
  const words = new Map<string, number>();
  const wordId = async (kind: 'type' | 'status' | 'origin', word: string): Promise<number> => {
    const key = `${kind} ${word}`;
    const known = words.get(key);
    if (known !== undefined) return known;
    const added = await writer.write
      .insertInto('csr_word')
      .values({ kind, word })
      .returning('id')
      .executeTakeFirstOrThrow();
    words.set(key, added.id);
    return added.id;
  };
  const batch = await writer.write
    .insertInto('batch')
    .values({
      profile: 'csr',
      file: 'requests.csv',
      sha256: 'ab'.repeat(32),
      rows: requests.length,
      imported_at: chicago('2021-03-01 08:00:00'),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const request of requests) {
    const created = at(request.created);
    const closed = request.closed === undefined || request.closed === null ? null : at(request.closed);
    const isOpen = request.open ?? closed === null;
    const row = await writer.write
      .insertInto('csr_request')
      .values({
        sr_number: request.sr,
        type_id: await wordId('type', request.type ?? 'Graffiti Removal Request'),
        status_id: await wordId('status', isOpen ? 'Open' : 'Completed'),
        origin_id: request.origin === null ? null : await wordId('origin', request.origin ?? 'Phone Call'),
        is_open: isOpen ? 1 : 0,
        created_at: created,
        created_day: localDay(created as Instant),
        closed_at: closed,
        closed_day: closed === null ? null : localDay(closed as Instant),
        address: request.address ?? null,
        district: request.district === undefined ? 5 : request.district,
        beat: request.beat === undefined ? 511 : request.beat,
        duplicate: request.duplicate === true ? 1 : 0,
        batch_id: batch.id,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const change of request.reopened ?? []) {
      await writer.write
        .insertInto('csr_change')
        .values({
          request_id: row.id,
          batch_id: batch.id,
          recorded_at: at(change.at),
          was_open: 0,
          was_closed_at: change.closed === null ? null : at(change.closed),
          reopened_at: at(change.at),
          before: '{}',
        })
        .execute();
    }
  }
  for (const order of orders) {
    await writer.write
      .insertInto('srswo')
      .values({
        sr_number: order.sr,
        created_at: order.created === undefined ? null : at(order.created),
        address: order.address ?? null,
        beat: order.beat === undefined ? '0511' : order.beat,
        district: order.district === undefined ? '005' : order.district,
        state: order.closed === undefined ? 'assigned' : 'closed',
        closed_at: order.closed === undefined ? null : at(order.closed),
        batch_id: order.later === true ? null : batch.id,
      })
      .execute();
    for (const span of order.spans ?? []) {
      await writer.write
        .insertInto('clock')
        .values({
          system: 'csr',
          record_id: order.sr,
          rule: (span.period ?? 1) > 1 ? 'CSR-47' : 'CSR-38',
          clock_key: '',
          period: span.period ?? 1,
          started_at: at(span.opened),
          opened_at: at(span.opened),
          due_at: at(span.due),
          stopped_at: span.stopped === undefined ? FAR_FUTURE : at(span.stopped),
          ended_by: span.stopped === undefined ? 'running' : 'stopped',
        })
        .execute();
    }
  }
}

export interface RunOptions {
  readonly asOf?: string;
  readonly actor?: string;
  readonly dryRun?: boolean;
  readonly notes?: string[];
  /** False: the as-of is the clock's. */
  readonly asOfGiven?: boolean;
}

/** What `csr report` answers, as of 1 Feb 2021 unless told otherwise. */
export async function report(
  path: string,
  options: Input['options'],
  { asOf = '2021-02-01', actor, dryRun = false, notes = [], asOfGiven = true }: RunOptions = {},
): Promise<Outcome<Document>> {
  const now = chicago(asOf);
  const silent = (): void => {};
  const unused = (): never => {
    throw new Error('not asked in a test');
  };
  const context: Context = {
    storePath: path,
    now,
    asOfGiven,
    clock: () => now,
    actor: actor ?? null,
    osUser: 'nobody',
    purpose: null,
    format: 'json',
    formatGiven: true,
    outputFile: null,
    dryRun,
    interactive: false,
    color: false,
    quiet: false,
    width: 100,
    cwd: '/',
    env: {},
    stdin: process.stdin,
    prompt: { select: unused, text: unused, confirm: unused, secret: unused },
    progress: { start: silent, update: silent, stop: silent },
    note: (text) => notes.push(text),
    warn: (text) => notes.push(text),
    say: silent,
  };
  return csrReport.run(context, { args: {}, options });
}
