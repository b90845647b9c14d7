import { describe, expect, it } from 'vitest';
import { concernsExceptions } from '../../src/concerns/commands/exceptions.ts';
import { concernsReport } from '../../src/concerns/commands/report.ts';
import { concernEventsProfile } from '../../src/concerns/imports.ts';
import { importRows } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

type Data = Readonly<Record<string, unknown>>;
type Step = readonly [event: string, when: string, unit: string, from?: string];

const ASSIGNED = { accessed_at: '2020-11-02T10:00', assigned_at: '2020-11-02T10:00', assigned_unit: '5' };

async function told(...steps: readonly Step[]): Promise<string> {
  const path = await office([row('C1', ASSIGNED)]);
  await importRows(
    path,
    concernEventsProfile,
    steps.map(([event, when, unit, from = '']) => ({
      ...{ control_number: 'C1', event, at: `2020-11-${when}:00`, unit, from_unit: from, reason: 'as told' },
    })),
  );
  return path;
}

/** What the report and the list of the executive officer say of moves (CC-34). */
async function moved(path: string) {
  const { data } = await as(path, 'DE1', '2020-12-04')(concernsReport, null, { monthly: '2020-11' });
  const matter = (data.executive as readonly Data[]).find(({ key }) => key === 'moved');
  const items = (matter?.items ?? []) as readonly Data[];
  const list = (await as(path, 'XO1', '2020-12-01T00:00')(concernsExceptions, null)).data.items;
  return {
    since: items.map(({ since }) => since),
    moves: (data.totals as Data).reassigned,
    listed: (list as readonly Data[])
      .filter(({ rule, unassigned }) => rule === 'CC-34' && unassigned)
      .map(({ reassignments }) => reassignments),
  };
}

const THREE_MOVES: readonly Step[] = [
  ['reassigned', '03T10:00', '145'],
  ['reassigned', '04T10:00', '5'],
  ['reassigned', '05T10:00', '241'],
];

describe('what was moved too often and is with nobody (CC-34)', () => {
  it('is so since the move after which nobody held it', async () => {
    const path = await told(...THREE_MOVES, ['reassigned', '06T10:00', '']);
    expect(await moved(path)).toEqual({ since: ['2020-11-06T16:00:00Z'], moves: 4, listed: [4] });
  });

  it('is so since that move, though it had been moved too often before, and not while a unit holds it', async () => {
    const held = [...THREE_MOVES, ['reassigned', '06T10:00', '189']] as const;
    expect(await moved(await told(...held))).toMatchObject({ since: [], listed: [] });
    const path = await told(...held, ['reassigned', '07T10:00', '']);
    expect(await moved(path)).toEqual({ since: ['2020-11-07T16:00:00Z'], moves: 5, listed: [5] });
  });

  it('is with a unit when one of two gave it up', async () => {
    const path = await told(
      ['assigned', '02T11:00', '189'],
      ['reassigned', '03T10:00', '145'],
      ['reassigned', '04T10:00', '241'],
      ['reassigned', '05T10:00', '189'],
      ['reassigned', '06T10:00', ''],
    );
    expect(await moved(path)).toEqual({ since: [], moves: 4, listed: [] });
  });

  it('counts no move that moves nothing', async () => {
    const none: Step = ['reassigned', '07T10:00', ''];
    const path = await told(...THREE_MOVES.slice(0, 2), ['reassigned', '06T10:00', ''], none);
    expect(await moved(path)).toEqual({ since: [], moves: 3, listed: [] });
  });
});
