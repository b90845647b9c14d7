import { describe, expect, it } from 'vitest';
import { overdueClocks } from '../../src/casework/overdue.ts';
import { isoInstant } from '../../src/core/instant.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from '../../src/csr/imports-police.ts';
import { policeRequestById } from '../../src/csr/police-records.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';

const base = {
  sr_number: 'P1',
  created_at: '2020-11-01T08:00:00',
  beat: '511',
  opened_at: '2020-11-02T08:00:00',
  assigned_to: 'M1',
  assigned_at: '2020-11-03T10:00:00',
};

async function imported(
  row: Readonly<Record<string, string>>,
  events: readonly Readonly<Record<string, string>>[] = [],
) {
  const path = freshStore();
  await importRows(path, csrPoliceProfile, [{ ...base, ...row }]);
  if (events.length > 0) {
    await importRows(
      path,
      csrPoliceEventsProfile,
      events.map((event) => ({ sr_number: 'P1', ...event })),
    );
  }
  return path;
}

async function overdue(path: string, when: string) {
  const found = await read(path, (reader) => overdueClocks(reader, { system: 'csr', within: 0 }, at(when)));
  return found.map((clock) => `${clock.rule} ${clock.owner.member} due ${isoInstant(clock.dueAt)}`);
}

async function findings(path: string) {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['rule', 'code']).execute(),
  );
  return rows.map((row) => `${row.rule} ${row.code}`).filter((text) => !text.includes('UNKNOWN_MEMBER'));
}

describe('a police request', () => {
  it('has 7 days from the assignment to the member (CSR-38)', async () => {
    const path = await imported({});
    expect(await overdue(path, '2020-11-10T23:59:59')).toEqual([]);
    expect(await overdue(path, '2020-11-11T00:00:00')).toEqual(['CSR-38 M1 due 2020-11-11T05:59:59Z']);
  });

  it('has, extended, 15 days from the approval and not from the due day (CSR-47)', async () => {
    const extension = { extension_approved_at: '2020-11-05T09:00:00', extension_reason: 'witness away' };
    const path = await imported(extension);
    expect(await overdue(path, '2020-11-20T23:59:59')).toEqual([]);
    expect(await overdue(path, '2020-11-21T00:00:00')).toEqual(['CSR-47 M1 due 2020-11-21T05:59:59Z']);
    expect(await findings(path)).toEqual([]);
  });

  it('keeps its lapse when the extension comes late, and its due day when no reason was entered', async () => {
    const late = await imported({
      extension_approved_at: '2020-11-12T09:00:00',
      extension_reason: 'witness away',
    });
    expect(await overdue(late, '2020-11-12T08:00:00')).toHaveLength(1);
    expect(await overdue(late, '2020-11-12T09:00:00')).toEqual([]);
    expect(await findings(late)).toEqual(['CSR-47 LATE_EXTENSION']);
    const silent = await imported({ extension_approved_at: '2020-11-05T09:00:00' });
    expect(await overdue(silent, '2020-11-11T00:00:00')).toHaveLength(1);
    expect(await findings(silent)).toEqual(['CSR-46 MISSING_FACT']);
  });

  it('is not reset when the sergeant returns it (A-CSR-5)', async () => {
    const path = await imported({}, [
      { event: 'submitted', at: '2020-11-06T10:00:00' },
      { event: 'returned', at: '2020-11-09T10:00:00', reason: 'look again' },
    ]);
    expect(await overdue(path, '2020-11-08T00:00:00')).toEqual([]);
    expect(await overdue(path, '2020-11-11T00:00:00')).toEqual(['CSR-38 M1 due 2020-11-11T05:59:59Z']);
    const row = await read(path, (reader) => policeRequestById(reader, 'P1'));
    expect(row).toMatchObject({ state: 'returned', submitted_at: null, returns: 1, district: '005' });
  });
});
