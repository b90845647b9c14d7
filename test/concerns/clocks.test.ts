import { describe, expect, it } from 'vitest';
import { overdueClocks } from '../../src/casework/overdue.ts';
import { concernEventsProfile, concernsProfile } from '../../src/concerns/imports.ts';
import { isoInstant } from '../../src/core/instant.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';

const base = {
  origin: 'webportal',
  submitted_at: '2020-11-01T08:00:00',
  category: 'Loitering',
  beat: '0511',
};
const event = (event: string, when: string, more: Readonly<Record<string, string>> = {}) => ({
  control_number: 'C1',
  event,
  at: when,
  ...more,
});

async function overdue(path: string, when: string) {
  const found = await read(path, (reader) =>
    overdueClocks(reader, { system: 'concerns', within: 0 }, at(when)),
  );
  return found.map((clock) => `${clock.id} ${clock.rule} ${clock.owner.unit} due ${isoInstant(clock.dueAt)}`);
}

async function findings(path: string) {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['rule', 'code']).execute(),
  );
  return rows.map((row) => `${row.rule} ${row.code}`);
}

async function history(...events: readonly Readonly<Record<string, string>>[]) {
  const path = freshStore();
  await importRows(path, concernsProfile, [{ control_number: 'C1', ...base }]);
  await importRows(path, concernEventsProfile, events);
  return path;
}

const assigned = event('assigned', '2020-11-03T10:00:00', { unit: '5' });

describe('the 36 hours of a webportal concern (CC-15)', () => {
  it('start at the first access, not at submission', async () => {
    const path = await history(
      event('accessed', '2020-11-03T10:00:00'),
      event('accessed', '2020-11-04T10:00:00'),
    );
    expect(await overdue(path, '2020-11-04T22:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-04T22:00:01')).toEqual(['C1 CC-15 005 due 2020-11-05T04:00:00Z']);
  });

  it('never start for a concern that nobody has opened, or that came another way', async () => {
    const path = freshStore();
    const phone = { control_number: 'C2', ...base, origin: 'phone', accessed_at: '2020-11-02T10:00:00' };
    await importRows(path, concernsProfile, [{ control_number: 'C1', ...base }, phone]);
    expect(await overdue(path, '2020-12-01')).toEqual([]);
  });

  it('stop when it is accepted; seen from before that, they run', async () => {
    const path = await history(
      event('accessed', '2020-11-03T10:00:00'),
      event('accepted', '2020-11-06T10:00:00'),
    );
    expect(await overdue(path, '2020-11-07')).toEqual([]);
    expect(await overdue(path, '2020-11-06T09:00:00')).toHaveLength(1);
  });
});

describe('the 7 days of a unit (CC-22)', () => {
  it('end with the last second of the seventh day after the assignment', async () => {
    const path = await history(assigned);
    expect(await overdue(path, '2020-11-10T23:59:59')).toEqual([]);
    expect(await overdue(path, '2020-11-11T00:00:00')).toEqual(['C1 CC-22 5 due 2020-11-11T05:59:59Z']);
  });

  it('are extended by 7 from the due day, whenever that is granted', async () => {
    const extension = event('extended', '2020-11-12T10:00:00', { justification: 'long-term' });
    const path = await history(assigned, extension);
    expect(await overdue(path, '2020-11-12T09:00:00')).toHaveLength(1);
    expect(await overdue(path, '2020-11-12T10:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-18T00:00:00')).toEqual(['C1 CC-22 5 due 2020-11-18T05:59:59Z']);
    expect(await findings(path)).toContain('CC-35 LATE_EXTENSION');
  });

  it('are not moved by an extension that the rules would have refused', async () => {
    const twice = [
      event('extended', '2020-11-05T10:00:00', { justification: 'long-term' }),
      event('extended', '2020-11-06T10:00:00', { justification: 'still long-term' }),
    ];
    const path = await history(assigned, ...twice);
    expect(await overdue(path, '2020-11-18T00:00:00')).toEqual(['C1 CC-22 5 due 2020-11-18T05:59:59Z']);
    expect(await findings(path)).toContain('CC-07 EXTENDED_TOO_EARLY');
    const silent = await history(assigned, event('extended', '2020-11-05T10:00:00'));
    expect(await overdue(silent, '2020-11-11T00:00:00')).toHaveLength(1);
    expect(await findings(silent)).toContain('CC-09 MISSING_FACT');
  });

  it('may be extended again on the due day of the running period', async () => {
    const path = await history(
      assigned,
      event('extended', '2020-11-05T10:00:00', { justification: 'a' }),
      event('extended', '2020-11-17T00:00:00', { justification: 'b' }),
    );
    expect(await overdue(path, '2020-11-25T00:00:00')).toEqual(['C1 CC-22 5 due 2020-11-25T05:59:59Z']);
    expect(await findings(path)).toEqual([]);
  });

  it('start anew for another unit and go on within the same one; the count and the first assignment stay', async () => {
    const path = await history(
      assigned,
      event('reassigned', '2020-11-05T10:00:00', { unit: '5', supervisor_id: 'SU1' }),
      event('reassigned', '2020-11-09T10:00:00', { unit: '189' }),
    );
    const when = at('2020-11-20');
    const [clock] = await read(path, (reader) =>
      overdueClocks(reader, { system: 'concerns', within: 0 }, when),
    );
    expect(clock).toMatchObject({
      dueAt: at('2020-11-16T23:59:59'),
      owner: { unit: '189' },
      reassignments: 2,
      daysSinceFirstAssignment: 17,
    });
    expect(await overdue(path, '2020-11-20')).toHaveLength(1);
  });

  it('run for each unit apart and are not reset when the executive officer returns it', async () => {
    const path = await history(
      assigned,
      event('assigned', '2020-11-03T10:00:00', { unit: '241' }),
      event('completed', '2020-11-06T10:00:00', { unit: '241' }),
      event('completed', '2020-11-07T10:00:00', { unit: '5' }),
      event('disapproved', '2020-11-09T10:00:00', { reason: 'not enough' }),
    );
    expect(await overdue(path, '2020-11-10T12:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-11T00:00:00')).toEqual(['C1 CC-22 5 due 2020-11-11T05:59:59Z']);
  });
});

describe('an import', () => {
  it('changes nothing the second time, and a concern told by row and by events is one history', async () => {
    const path = freshStore();
    const row = {
      control_number: 'C1',
      ...base,
      accessed_at: '2020-11-02T08:00:00',
      assigned_at: '2020-11-03T10:00:00',
      assigned_unit: '5',
    };
    const events = [event('accessed', '2020-11-02T08:00:00'), assigned];
    expect(await importRows(path, concernsProfile, [row])).toEqual(['inserted']);
    expect(await importRows(path, concernEventsProfile, events)).toEqual(['unchanged', 'unchanged']);
    expect(await importRows(path, concernsProfile, [row])).toEqual(['unchanged']);
    expect(await overdue(path, '2020-11-11')).toHaveLength(1);
  });

  it('replaces a corrected date, and takes the first one back when it returns', async () => {
    const path = freshStore();
    const row = (assigned_at: string) => ({ control_number: 'C1', ...base, assigned_at, assigned_unit: '5' });
    await importRows(path, concernsProfile, [row('2020-11-03T10:00:00')]);
    expect(await importRows(path, concernsProfile, [row('2020-11-04T10:00:00')])).toEqual(['updated']);
    expect(await overdue(path, '2020-12-01')).toEqual(['C1 CC-22 5 due 2020-11-12T05:59:59Z']);
    expect(await importRows(path, concernsProfile, [row('2020-11-03T10:00:00')])).toEqual(['updated']);
    expect(await overdue(path, '2020-12-01')).toEqual(['C1 CC-22 5 due 2020-11-11T05:59:59Z']);
  });

  it('rejects an event of an unknown concern and an unknown step', async () => {
    const path = freshStore();
    const fates = await importRows(path, concernEventsProfile, [
      assigned,
      event('danced', '2020-11-03T10:00:00'),
    ]);
    expect(fates[0]).toMatchObject({ column: 'control_number' });
    expect(fates[1]).toMatchObject({ column: 'event' });
  });
});

describe('a control number twice in one file', () => {
  it('is taken as its last row says, every time alike', async () => {
    const path = freshStore();
    const rows = ['2020-11-03T10:00:00', '2020-11-04T10:00:00'].map((assigned_at) => ({
      control_number: 'C1',
      ...base,
      assigned_at,
      assigned_unit: '5',
    }));
    await importRows(path, concernsProfile, rows);
    const events = () =>
      read(path, (reader) => reader.db.selectFrom('event').select(['name', 'at']).execute());
    const before = await events();
    expect(before).toEqual([{ name: 'assigned', at: at('2020-11-04T10:00:00') }]);
    await importRows(path, concernsProfile, rows);
    expect(await events()).toEqual(before);
    expect(await overdue(path, '2020-12-01')).toEqual(['C1 CC-22 5 due 2020-11-12T05:59:59Z']);
  });
});

describe('associations (CC-06)', () => {
  const start = (id: string) => ({ control_number: id, ...base, origin: 'phone' });
  const tie = (id: string, when: string, to: string) => ({
    control_number: id,
    event: 'associated',
    at: when,
    primary_control_number: to,
  });
  const assign = (id: string) => ({
    control_number: id,
    event: 'assigned',
    at: '2020-11-02T10:00:00',
    unit: '5',
  });
  const mutual = [tie('A1', '2020-11-03T10:00:00', 'A2'), tie('A2', '2020-11-04T10:00:00', 'A1')];
  const chain = [tie('A1', '2020-11-03T10:00:00', 'A2'), tie('A2', '2020-11-04T10:00:00', 'A3')];

  async function told(...files: readonly (readonly Readonly<Record<string, string>>[])[]) {
    const path = freshStore();
    await importRows(path, concernsProfile, ['A1', 'A2', 'A3'].map(start));
    await importRows(path, concernEventsProfile, ['A1', 'A2', 'A3'].map(assign));
    for (const file of files) await importRows(path, concernEventsProfile, file);
    const late = (await overdue(path, '2020-12-01')).map((line) => line.split(' ')[0]);
    return { late, findings: await findings(path) };
  }

  it('of two to one another stop one of them, in whatever order they are told', async () => {
    const expected = { late: ['A2', 'A3'], findings: ['CC-06 PRIMARY_OF_OTHERS'] };
    expect(await told(mutual)).toEqual(expected);
    expect(await told(mutual.slice(0, 1), mutual.slice(1))).toEqual(expected);
    expect(await told(mutual.slice(1), mutual.slice(0, 1))).toEqual(expected);
  });

  it('make no chain: what others are associated to stays a primary', async () => {
    const expected = { late: ['A2', 'A3'], findings: ['CC-06 PRIMARY_OF_OTHERS'] };
    expect(await told(chain)).toEqual(expected);
    expect(await told(chain.slice(1), chain.slice(0, 1))).toEqual(expected);
  });

  it('end with a separation, after which the clock runs on to its old due day', async () => {
    const part = { control_number: 'A1', event: 'separated', at: '2020-11-05T10:00:00' };
    const { late } = await told([
      tie('A1', '2020-11-03T10:00:00', 'A2'),
      part,
      tie('A2', '2020-11-06T10:00:00', 'A3'),
    ]);
    expect(late).toEqual(['A1', 'A3']);
  });
});
