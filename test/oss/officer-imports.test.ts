import { describe, expect, test } from 'vitest';
import { loadHistory } from '../../src/oss/model-records.ts';
import { originOf, rosterCounts } from '../../src/oss/models/features.ts';
import { read } from '../../src/store/store.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { profileOf } from './command-of.ts';
import { day } from './history-of.ts';

const rows = (path: string, sql: string) => read(path, (reader) => reader.rows({ sql, parameters: [] }));

const OFFICERS = [
  { member_id: 'P1', appointed_date: '1999-05-01', rank: 'POLICE OFFICER', current_unit: '6', status: '1' },
  { member_id: 'P2', appointed_date: '1999-05-01', rank: 'OTHER' },
  { member_id: 'P3', appointed_date: '1999-05-01', rank: '' },
  { member_id: 'P4', appointed_date: '', rank: 'DETECTIVE' },
  { member_id: 'P5', appointed_date: '1919-07-01', resignation_date: '1910-01-01', rank: 'CAPTAIN' },
  { member_id: 'P6', appointed_date: '1999-02-30', rank: 'CAPTAIN' },
].map((row) => ({ resignation_date: '', current_unit: '', status: '0', ...row }));

const COMPLAINT = {
  cr_id: 'CR1',
  member_id: 'P1',
  category_code: '05A',
  category: 'ARRESTEE - DURING ARREST',
  incident_date: '2010-03-01',
  complaint_date: '2010-03-05',
  closed_date: '2011-01-01',
  beat: '832.0',
  final_finding: 'SU',
  final_outcome: '1 DAY SUSPENSION',
};

async function officers(): Promise<string> {
  const path = freshStore();
  await importRows(path, profileOf('officers'), OFFICERS);
  return path;
}

describe('a roster of officers', () => {
  test('keeps who has no known rank, below every rank and not known to be sworn', async () => {
    const path = freshStore();
    const fates = await importRows(path, profileOf('officers'), OFFICERS);
    expect(fates.map((fate) => (typeof fate === 'string' ? 'taken' : fate.column))).toEqual([
      ...['taken', 'taken', 'taken', 'taken', 'taken'],
      'appointed_date',
    ]);
    expect(await rows(path, 'select member_id, rank, rank_level, sworn, appointed_on from member')).toEqual([
      ['P1', 'Police Officer', 1, 1, '1999-05-01'],
      ['P2', 'Unknown', -1, null, '1999-05-01'],
      ['P3', 'Unknown', -1, null, '1999-05-01'],
      ['P4', 'Detective', 1, 1, null],
      ['P5', 'Captain', 4, 1, '1919-07-01'],
    ]);
  });

  test('leaves a known rank as it is where a later file leaves it blank, and takes one that it names', async () => {
    const path = await officers();
    const [first] = OFFICERS;
    const again = (rank: string) => importRows(path, profileOf('officers'), [{ ...first, rank }]);
    const known = () => rows(path, `select rank, rank_level, sworn from member where member_id = 'P1'`);
    await again('');
    expect(await known()).toEqual([['Police Officer', 1, 1]]);
    await again('SERGEANT');
    expect(await known()).toEqual([['Sergeant', 2, 1]]);
    // Twice in one file: the last row wins over what was there before it.
    const twice = { ...first, member_id: 'P9' };
    await importRows(path, profileOf('officers'), [twice, { ...twice, rank: '' }]);
    expect(await rows(path, `select rank, rank_level from member where member_id = 'P9'`)).toEqual([
      ['Unknown', -1],
    ]);
  });

  test('says who is active today, which no earlier day knows: only the roster leaves them out', async () => {
    const path = freshStore();
    const one = {
      appointed_date: '1999-05-01',
      resignation_date: '',
      rank: 'POLICE OFFICER',
      current_unit: '',
    };
    await importRows(
      path,
      profileOf('officers'),
      ['1', '0', ''].map((status, i) => ({ ...one, member_id: `P${i}`, status })),
    );
    const inService = async (roster: boolean) => {
      const day_ = day('2012-12-31');
      const history = await read(path, (reader) => loadHistory(reader, at('2012-12-31'), day_, roster));
      const ids = [...originOf(history, day_, roster).members].map((m) => history.ids[m]);
      return { ids, ...rosterCounts(history, day_, null) };
    };
    expect(await inService(true)).toEqual({ ids: ['P0', 'P2'], inactive: 1, unmarked: 1 });
    expect(await inService(false)).toEqual({ ids: ['P0', 'P1', 'P2'], inactive: 0, unmarked: 0 });
  });

  test('leaves of them in the population whose rank and appointment are known and who had not resigned', async () => {
    const path = await officers();
    const history = await read(path, (reader) => loadHistory(reader, at('2012-12-31'), day('2012-12-31')));
    const origin = originOf(history, day('2012-12-31'));
    expect([...origin.members].map((m) => history.ids[m])).toEqual(['P1']);
  });
});

describe('complaints', () => {
  test('are kept with filing, closing, finding in words, outcome in one letter case and a mended beat', async () => {
    const path = await officers();
    await importRows(path, profileOf('officer-complaints'), [
      COMPLAINT,
      { ...COMPLAINT, member_id: 'P2', beat: '0', final_outcome: 'No Action Taken', final_finding: '' },
    ]);
    const columns = 'activity_id, kind, category, finding, outcome, on_duty, case_id, beat';
    expect(await rows(path, `select ${columns} from member_activity`)).toEqual([
      [
        'CR1/P1',
        'complaint',
        '05A ARRESTEE - DURING ARREST',
        'sustained',
        '1 day suspension',
        null,
        'CR1',
        '0832',
      ],
      ['CR1/P2', 'complaint', '05A ARRESTEE - DURING ARREST', null, 'no action taken', null, 'CR1', null],
    ]);
    const [times] = await rows(path, 'select occurred_at, filed_at, closed_at from member_activity');
    expect(times).toEqual([at('2010-03-01'), at('2010-03-05'), at('2011-01-01')]);
  });

  test('are rejected with a malformed beat or an impossible date, and kept without a category', async () => {
    const path = await officers();
    const fates = await importRows(path, profileOf('officer-complaints'), [
      { ...COMPLAINT, beat: '-713' },
      { ...COMPLAINT, incident_date: '2010-02-30' },
      { ...COMPLAINT, category_code: '', category: '' },
    ]);
    expect(fates.map((fate) => (typeof fate === 'string' ? fate : fate.column))).toEqual([
      'inserted',
      'beat',
      'incident_date',
    ]);
    expect(await rows(path, 'select category from member_activity')).toEqual([[null]]);
  });

  test('closed before they were filed have their finding known from the day of filing', async () => {
    const path = await officers();
    await importRows(path, profileOf('officer-complaints'), [{ ...COMPLAINT, closed_date: '2009-01-01' }]);
    const history = await read(path, (reader) => loadHistory(reader, at('2012-12-31'), day('2012-12-31')));
    expect(history.closed[0]).toBe(at('2010-03-05'));
  });
});

describe('use-of-force reports and unit history', () => {
  test('are kept with time of day, weapon and duty; a spell that ends before it begins is rejected', async () => {
    const path = await officers();
    await importRows(path, profileOf('officer-force'), [
      {
        trr_id: 'T1',
        member_id: 'P1',
        trr_date: '2010-06-01',
        trr_time: '03:15:00',
        on_duty: 'No',
        injured: 'Yes',
        firearm_used: '0',
        taser: '1',
        beat: '621',
      },
    ]);
    expect(
      await rows(path, 'select occurred_at, kind, category, outcome, on_duty, beat from member_activity'),
    ).toEqual([[at('2010-06-01T03:15:00'), 'use-of-force', 'taser', 'injured', 0, '0621']]);
    const fates = await importRows(path, profileOf('officer-units'), [
      { member_id: 'P1', unit: '6', unit_start_date: '2001-01-01', unit_end_date: '2005-01-01' },
      { member_id: 'P1', unit: '7', unit_start_date: '2005-01-02', unit_end_date: '2004-01-01' },
    ]);
    expect(fates[1]).toMatchObject({ column: 'unit_end_date' });
    expect(await rows(path, 'select unit from unit_spell')).toEqual([['6']]);
  });
});
