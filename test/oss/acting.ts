import { PassThrough } from 'node:stream';
import { TABLE } from '../../src/cli/table.ts';
import type { World } from '../../src/cli/world.ts';
import { main } from '../../src/main.ts';
import { ossEventsProfile, workItemsProfile } from '../../src/oss/imports.ts';
import { peopleProfiles } from '../../src/people/imports.ts';
import { at, importRows } from '../casework/store-of.ts';

type Rows = readonly Readonly<Record<string, string>>[];

/** Analyst, representatives of two Areas, command, supervisors, members of Area 2, a commander, an administrator. */
const MEMBERS: Rows = [
  { member_id: 'AN', rank: 'Civilian', sworn: 'no', roles: 'oss-analyst' },
  { member_id: 'OS', rank: 'Sergeant', sworn: 'yes', roles: 'ossu-supervisor' },
  { member_id: 'R2', rank: 'Police Officer', sworn: 'yes', area: '2', roles: 'oss-area-rep' },
  { member_id: 'R3', rank: 'Police Officer', sworn: 'yes', area: '3', roles: 'oss-area-rep' },
  {
    member_id: 'CO',
    rank: 'Commander',
    sworn: 'yes',
    unit: '5',
    district: '005',
    roles: 'commanding-officer;district-commander',
  },
  {
    member_id: 'L1',
    rank: 'Lieutenant',
    sworn: 'yes',
    unit: '5',
    district: '005',
    roles: 'watch-operations-lieutenant',
  },
  {
    member_id: 'L2',
    rank: 'Lieutenant',
    sworn: 'yes',
    unit: '5',
    district: '005',
    roles: 'watch-operations-lieutenant',
  },
  {
    member_id: 'S1',
    rank: 'Sergeant',
    sworn: 'yes',
    unit: '5',
    district: '005',
    supervisor_id: 'L1',
    roles: 'supervisor',
  },
  {
    member_id: 'S2',
    rank: 'Sergeant',
    sworn: 'yes',
    unit: '5',
    district: '005',
    supervisor_id: 'L1',
    roles: 'supervisor',
  },
  { member_id: 'P1', rank: 'Police Officer', sworn: 'yes', unit: '5', district: '005', supervisor_id: 'S1' },
  { member_id: 'P2', rank: 'Police Officer', sworn: 'yes', unit: '5', district: '005', supervisor_id: 'S1' },
  { member_id: 'XO', rank: 'Captain', sworn: 'yes', unit: '5', district: '005', roles: 'executive-officer' },
  { member_id: 'AD', rank: 'Civilian', sworn: 'no', roles: 'isd-admin' },
];

/** A Work Item of P1 that was found valid, came to command L1 and is assigned to S1. */
export const ASSIGNED = {
  work_item_id: 'W1',
  member_id: 'P1',
  generated_at: '2020-11-01T08:00:00',
  models: 'oss-force',
  determined_at: '2020-11-01T10:00:00',
  determination: 'valid',
  forwarded_at: '2020-11-01T11:00:00',
  area_rep_id: 'R2',
  command_received_at: '2020-11-02T09:00:00',
  command_id: 'L1',
  assigned_at: '2020-11-02T12:00:00',
  supervisor_id: 'S1',
};

/** Imports members, Work Items, their events and delegations into the store at `path`, without files. */
export async function fill(
  path: string,
  { members = MEMBERS, items = [], events = [], delegations = [] }: Readonly<Record<string, Rows>>,
): Promise<void> {
  const people = (name: string) => {
    const profile = peopleProfiles.find((each) => each.name === name);
    if (profile === undefined) throw new Error(`no profile ${name}`);
    return profile;
  };
  await importRows(path, people('members'), members);
  if (delegations.length > 0) await importRows(path, people('delegations'), delegations);
  if (items.length > 0) await importRows(path, workItemsProfile, items);
  if (events.length > 0) await importRows(path, ossEventsProfile, events);
}

/** How a run in this process ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line against a store, in this process and without a terminal; the clock stands still. */
export async function rollcall(path: string, line: readonly string[]): Promise<Ended> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => out.push(chunk));
  stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const world: World = {
    env: {},
    cwd: '/',
    home: '/home/someone',
    osUser: 'someone',
    version: '1.2.3',
    stdin: new PassThrough().end(),
    stdout,
    stderr,
    clock: () => at('2021-03-01T12:00'),
  };
  const code = await main([...line, '--store', path], world, TABLE);
  return { code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() };
}

/** `rollcall oss <line>` by `actor` at a Chicago time; the line is split at blanks, `_` stands for one. */
export function oss(path: string, line: string, actor: string, when: string): Promise<Ended> {
  const words = line.split(' ').map((word) => word.replaceAll('_', ' '));
  return rollcall(path, ['oss', ...words, '--actor', actor, '--as-of', when]);
}
