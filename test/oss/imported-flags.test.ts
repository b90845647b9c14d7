import { beforeAll, describe, expect, it } from 'vitest';
import { freshStore } from '../casework/store-of.ts';
import { ASSIGNED, fill, oss } from './acting.ts';

const NOW = '2020-11-03T09:00';
const ITEM = { ...ASSIGNED, models: 'oss-force;complaint-pattern' };

describe('flags that came with an import', () => {
  let path = '';
  beforeAll(async () => {
    path = freshStore();
    await fill(path, { items: [ITEM] });
  });

  it('are explained by the names of their models, without factors', async () => {
    const { data, out } = await explained();
    expect(data.total).toBe(2);
    expect(data.items).toContainEqual(
      expect.objectContaining({ model: 'oss-force', origin: 'import', score: null, factors: [] }),
    );
    expect(out).toContain('flagged by 2 data models');
    expect(out).toMatch(/oss-force\tnone on record\tyes; rollcall oss generate --dry-run/);
    expect(out).toMatch(/complaint-pattern\tnone on record\tnone/);
    expect(out).not.toContain('log-odds');
  });

  it('are answered as a whole by the assigned supervisor', async () => {
    const factor = await oss(path, 'answer W1 --factor complaints-1y=agree', 'S1', NOW);
    expect([factor.code, factor.err.includes('answer with --flag')], factor.err).toEqual([2, true]);
    expect((await oss(path, 'answer W1', 'S1', NOW)).err).toContain('Add --flag agree.');
    const { code } = await oss(path, 'answer W1 --flag agree', 'S1', NOW);
    expect(code).toBe(0);
    const { data } = await explained();
    expect(data.answers).toContainEqual(
      expect.objectContaining({ model: 'complaint-pattern', factor: null, answer: 'agree', by: 'S1' }),
    );
  });

  async function explained() {
    const { out } = await oss(path, 'explain W1', 'S1', NOW);
    return { out, data: JSON.parse((await oss(path, 'explain W1 --json', 'S1', NOW)).out) };
  }
});
