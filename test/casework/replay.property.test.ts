import fc from 'fast-check';
import { expect, it } from 'vitest';
import { concernEventsProfile, concernsProfile } from '../../src/concerns/imports.ts';
import { isoInstant } from '../../src/core/instant.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from './store-of.ts';

const NAMES = [
  'accessed',
  'accepted',
  'assigned',
  'reassigned',
  'extended',
  'submitted',
  'completed',
  'approved',
  'disapproved',
  'closed',
];

const start = at('2020-10-20T00:00:00');

// Hours after the start, each different, so that the order of the file says nothing.
const story = fc
  .uniqueArray(
    fc.record({
      hour: fc.integer({ min: 1, max: 1500 }),
      name: fc.constantFrom(...NAMES),
      unit: fc.constantFrom('5', '189', ''),
    }),
    {
      selector: (step) => step.hour,
      maxLength: 14,
    },
  )
  .map((steps) =>
    steps.map(({ hour, name, unit }) => ({
      control_number: 'C1',
      event: name,
      at: isoInstant((start + hour * 3600) as typeof start),
      unit,
      reason: 'as told',
    })),
  );

async function imported(parts: readonly (readonly Readonly<Record<string, string>>[])[]) {
  const path = freshStore();
  await importRows(path, concernsProfile, [
    { control_number: 'C1', origin: 'webportal', submitted_at: '2020-10-19' },
  ]);
  for (const part of parts) if (part.length > 0) await importRows(path, concernEventsProfile, part);
  return read(path, async (reader) => ({
    concern: await reader.db.selectFrom('concern').selectAll().executeTakeFirst(),
    clocks: (
      await reader.db
        .selectFrom('clock')
        .selectAll()
        .orderBy('opened_at')
        .orderBy('clock_key')
        .orderBy('period')
        .execute()
    ).map(({ id: _, ...clock }) => clock),
    findings: await reader.db
      .selectFrom('finding')
      .select(['rule', 'code', 'at', 'text'])
      .orderBy('at')
      .orderBy('code')
      .execute(),
  }));
}

it('leads to the same record whatever the order and the files in which its history arrives', async () => {
  await fc.assert(
    fc.asyncProperty(story, fc.integer({ min: 0, max: 14 }), async (events, cut) => {
      const shuffled = [...events].sort((a, b) => (a.at + a.event < b.at + b.event ? 1 : -1));
      const whole = await imported([events]);
      const inParts = await imported([shuffled.slice(0, cut), shuffled.slice(cut), events]);
      expect(inParts).toEqual(whole);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it('keeps every span in order: opened after it started, stopped after it opened, one running a unit', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (events) => {
      const { clocks } = await imported([events]);
      const running = new Set<string>();
      for (const clock of clocks) {
        expect(clock.opened_at).toBeGreaterThanOrEqual(clock.started_at);
        expect(clock.stopped_at).toBeGreaterThanOrEqual(clock.opened_at);
        if (clock.ended_by !== 'running') continue;
        expect(running.has(`${clock.rule} ${clock.clock_key}`)).toBe(false);
        running.add(`${clock.rule} ${clock.clock_key}`);
      }
    }),
    { numRuns: 40 },
  );
}, 60_000);
