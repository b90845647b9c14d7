import { describe, expect, it } from 'vitest';
import type { Command, Context } from '../../src/core/command.ts';
import { csrAssign } from '../../src/csr/commands/assign.ts';
import { csrReturn } from '../../src/csr/commands/return.ts';
import { csrSubmit } from '../../src/csr/commands/submit.ts';
import { csrPoliceProfile } from '../../src/csr/imports-police.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import type { Document } from '../../src/report/document.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';

async function office(): Promise<string> {
  const path = freshStore();
  await importRows(path, membersProfile, [
    { member_id: 'S5', rank: 'Sergeant', district: '005', roles: 'cp-sergeant' },
    { member_id: 'O5', rank: 'Police Officer', district: '005' },
  ]);
  await importRows(path, csrPoliceProfile, [
    { sr_number: 'A', created_at: '2020-11-01T08:00:00', beat: '0511' },
    {
      sr_number: 'B',
      created_at: '2020-11-01T08:00:00',
      beat: '0511',
      assigned_to: 'O5',
      assigned_at: '2020-11-02T08:00:00',
      submitted_at: '2020-11-02T09:00:00',
      action_taken: 'done',
      closed_at: '2020-11-02T10:00:00',
      disposition: 'resolved',
    },
  ]);
  return path;
}

/** Runs a step as a member on 3 Nov 2020; warnings are gathered. */
function as(path: string, actor: string | null, over: Partial<Context> = {}) {
  const warned: string[] = [];
  const warn = (text: string) => void warned.push(text);
  const context = contextFor(path, { actor, now: at('2020-11-03T10:00'), warn, ...over });
  return async (command: Command<Document>, number: string | string[], options = {}) => {
    const outcome = await command.run(context, input({ number }, options));
    return { ...outcome, warned };
  };
}

async function events(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('event').select('name').where('origin', '=', 'local').execute(),
  );
  return rows.map(({ name }) => name);
}

describe('a step on several police requests', () => {
  it('is taken by those that may, and tells why the others are left', async () => {
    const path = await office();
    const { data, exitCode, warned, document } = await as(path, 'S5')(csrAssign, ['A', 'B', 'C'], {
      to: 'O5',
    });
    expect([data.kept, data.refused, exitCode]).toEqual([1, 2, 4]);
    expect(data.items).toMatchObject([
      { id: 'A', kept: true, state: 'assigned', assignedTo: 'O5', dueBy: 'CSR-38' },
      { id: 'B', kept: false, rule: expect.stringMatching(/^CSR-/) },
      { id: 'C', kept: false, rule: null, text: expect.stringContaining('there is no') },
    ]);
    expect(document.title).toBe('1 of 3 assigned to O5');
    expect(warned).toHaveLength(2);
    expect(warned[0]).toMatch(/^B: .*\(CSR-\d+, S02-03-03 /);
    expect(await events(path)).toEqual(['assigned']);
  });

  it('writes nothing on a dry run', async () => {
    const path = await office();
    const { document } = await as(path, 'S5', { dryRun: true })(csrAssign, ['A'], { to: 'O5' });
    expect(document.title).toBe('A is assigned to O5 (dry run, nothing written)');
    expect(await events(path)).toEqual([]);
  });
});

describe('a step on one police request', () => {
  it('is refused by the rule, with its cite', async () => {
    const again = as(await office(), 'S5')(csrAssign, 'B', { to: 'O5' });
    await expect(again).rejects.toMatchObject({ kind: 'refused', message: expect.stringMatching(/\(CSR-/) });
  });

  it('is judged by role before anything is asked, and asks on a terminal', async () => {
    const path = await office();
    const asked: string[] = [];
    const never = () => Promise.reject(new Error('not asked'));
    const text = async (question: string) => {
      asked.push(question);
      return 'O5';
    };
    const over = { interactive: true, prompt: { select: never, confirm: never, text } };
    await expect(as(path, 'O5', over)(csrReturn, 'A')).rejects.toThrow(/O5 may not return an SRSWO.*CSR-44/);
    expect(asked).toEqual([]);
    expect((await as(path, 'S5', over)(csrAssign, 'A')).data).toMatchObject({ kept: 1 });
    expect(asked).toEqual(['Which member is to investigate?']);
  });

  it('of any member takes a known one', async () => {
    const path = await office();
    const submit = (actor: string | null) => as(path, actor)(csrSubmit, 'A', { action: 'done' });
    await expect(submit(null)).rejects.toThrow(/must know who acts.*CSR-38/);
    await expect(submit('O5')).rejects.toThrow(/does not follow/);
  });

  it('is never a forwarding to another unit (CSR-32)', async () => {
    const forward = as(await office(), 'S5')(csrAssign, 'A', { unit: '189' });
    await expect(forward).rejects.toThrow(/not forwarded to unit 189.*CSR-32/);
  });
});
