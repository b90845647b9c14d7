import { describe, expect, it } from 'vitest';
import { disciplines } from '../../src/oss/discipline.ts';
import { loadPolicy } from '../../src/store/data-files.ts';
import { freshStore } from '../casework/store-of.ts';
import { fill, oss } from './acting.ts';

const { plan } = loadPolicy().oss();

describe('words on an Action Plan (OSS-06)', () => {
  it.for([
    'a SPAR',
    'Summary Punishment Action Request',
    'five-day suspension',
    'suspend for ten days',
    'written reprimand',
    'relieved of police powers until June',
    'stripped',
    'two days without pay',
    'AWOP',
    'reduction in rank to police officer',
    'involuntary transfer to another unit',
    'no secondary employment',
    'last-chance agreement',
    'open a log number',
    'charges before the Police Board',
    'discipline; then self-discipline',
    ...['suspending him', 'reprimanding', 'demoting', 'disciplining', 'a punishing tour', 'two SPARs'],
    ...['terminating employment', 'firing', 'firing the officer after firing range day'],
    ...['strip of police powers', 'stripping of police powers', 'strip the member of police powers'],
    ...['dock pay', 'docking of pay', 'docking his pay', 'a fine of 100 dollars', 'a 50-dollar fine'],
    ...['three days off without pay', 'three days off as punishment', 'loss of days off'],
    ...['a suspénsion', 'SUSPE\u0301NSION', 'sus\u00adpension'],
  ])('discipline: %s', (text) => {
    expect(disciplines(text, plan)).toBe(true);
  });

  it.for([
    ...plan.supports.map(({ label }) => label),
    'exercises in self-discipline',
    'boxing club: spar with a partner twice a week, sparring gloves',
    'help with unpaid bills and a tax penalty',
    'the member is told that this is not disciplinary and not a punishment',
    'feels punished by the transfer; talk it over',
    'a spare afternoon, a sparse week, a sanctuary',
    'a fireside group; fired up for the marathon',
    'a wish to move to days, by own request',
    'rest after the hospital discharge',
    ...['two days off in a row', 'days off with the family', 'dry firing and the firing range'],
    ...['talk over how it was after firing a weapon', 'relief from a punishing schedule'],
    ...['support instead of punishing', 'suspension training at the gym', 'spars with a partner'],
    ...[
      'feeling fine; a fine afternoon',
      'a refined routine',
      'a parking fine of last year, financial advice',
    ],
    ...['a café with the chaplain', 'stripping furniture as a hobby', 'tax penalties, with an adviser'],
  ])('do not: %s', (text) => {
    expect(disciplines(text, plan)).toBe(false);
  });

  it('may tell what contributed, since facts stay', async () => {
    const path = freshStore();
    const item = {
      ...{ work_item_id: 'W1', member_id: 'P1', generated_at: '2020-11-01T08:00:00', models: 'oss-force' },
      ...{
        determined_at: '2020-11-01T10:00:00',
        determination: 'valid',
        forwarded_at: '2020-11-01T11:00:00',
      },
      ...{ area_rep_id: 'R2', command_received_at: '2020-11-02T09:00:00', command_id: 'L1' },
      ...{ assigned_at: '2020-11-02T12:00:00', supervisor_id: 'S1' },
    };
    await fill(path, { items: [item] });
    const answer = (code: string) =>
      oss(path, `plan W1 --answer ${code}=was_suspended_last_year`, 'S1', '2020-11-03T09:00');
    expect((await answer('contributed')).code).toBe(0);
    expect(await answer('goal')).toMatchObject({ code: 4, err: expect.stringContaining('OSS-06') });
  });
});
