import { concernsProfile } from '../../src/concerns/imports.ts';
import type { Command, Context, Outcome } from '../../src/core/command.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import type { Document } from '../../src/report/document.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';

const MEMBERS: readonly (readonly [id: string, unit: string, roles: string, sworn?: string])[] = [
  ['SG1', '5', 'cp-sergeant'],
  ['SG7', '7', 'cp-sergeant'],
  ['CP1', '5', 'cp-officer'],
  ['CV1', '5', 'cp-officer', 'no'],
  ['LT1', '5', 'watch-operations-lieutenant'],
  ['TL1', '5', 'tactical-lieutenant;unit-supervisor'],
  ['SU1', '5', 'supervisor'],
  ['XO1', '5', 'executive-officer'],
  ['DC1', '5', 'district-commander'],
  ['SS1', '5', 'station-supervisor'],
  ['CO2', '241', 'commanding-officer'],
  ['DE1', '135', 'ocp-deputy-chief'],
  ['PO1', '5', ''],
];

/** A store with the members of an office, and concerns told by `rows`. */
export async function office(rows: readonly Readonly<Record<string, string>>[] = []): Promise<string> {
  const path = freshStore();
  const [members] = peopleProfiles;
  if (members === undefined) throw new Error('no profile of members');
  await importRows(
    path,
    members,
    MEMBERS.map(([member_id, unit, roles, sworn = 'yes']) => ({
      member_id,
      rank: 'Sergeant',
      unit,
      district: unit.length === 1 ? `00${unit}` : '',
      sworn,
      roles,
    })),
  );
  if (rows.length > 0) await importRows(path, concernsProfile, rows);
  return path;
}

type Options = Readonly<Record<string, string | readonly string[] | boolean>>;

/** Runs commands as a member at a Chicago time. */
export function as(path: string, actor: string | null, when: string, over: Partial<Context> = {}) {
  const context = contextFor(path, {
    actor,
    now: at(when),
    asOfGiven: true,
    clock: () => at(when),
    ...over,
  });
  return (
    command: Command<Document>,
    control: string | null,
    options: Options = {},
  ): Promise<Outcome<Document>> => command.run(context, input(control === null ? {} : { control }, options));
}

/** A concern's row as an export has it, submitted on 2 Nov 2020 in beat 0511. */
export function row(control_number: string, more: Readonly<Record<string, string>> = {}) {
  return {
    control_number,
    origin: 'webportal',
    submitted_at: '2020-11-02T08:00:00',
    category: 'noise',
    description: 'Loud music from parked cars',
    beat: '0511',
    ...more,
  };
}
