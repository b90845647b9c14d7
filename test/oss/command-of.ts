import { tmpdir } from 'node:os';
import type { Command, Context, Input, Outcome } from '../../src/core/command.ts';
import { parseAsOf } from '../../src/core/parse-time.ts';
import { officerProfiles } from '../../src/oss/officer-imports.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import type { Document } from '../../src/report/document.ts';
import { freshStore, importRows } from '../casework/store-of.ts';
import { population } from './history-of.ts';

type Row = Readonly<Record<string, string>>;

/** Members with roles, none of whom is scored: they have no day of appointment. */
const ACTORS: readonly Row[] = [
  { member_id: 'ANALYST', rank: 'Civilian', roles: 'oss-analyst' },
  { member_id: 'OSSU', rank: 'Sergeant', roles: 'ossu-supervisor' },
  { member_id: 'ADMIN', rank: 'Civilian', roles: 'isd-admin' },
  { member_id: 'EVALUATOR', rank: 'Civilian', roles: 'evaluator' },
  { member_id: 'COMMAND', rank: 'Lieutenant', roles: 'watch-operations-lieutenant' },
  { member_id: 'REP', rank: 'Sergeant', roles: 'oss-area-rep' },
  { member_id: 'SUPERVISOR', rank: 'Sergeant', roles: 'supervisor' },
];

export function profileOf(name: string) {
  const found = officerProfiles.find((profile) => profile.name === name);
  if (found === undefined) throw new Error(`no profile ${name}`);
  return found;
}

/** A store of invented officers with their complaints, force reports and units, and one member a role. */
export async function officersStore(size = 200): Promise<string> {
  const { officers, events } = population(size, 2000, 2014, 5);
  const path = freshStore();
  await importRows(
    path,
    profileOf('officers'),
    officers.map(({ id }) => ({
      member_id: id,
      appointed_date: '1999-05-01',
      resignation_date: '',
      rank: 'POLICE OFFICER',
      current_unit: '5',
    })),
  );
  await importRows(path, membersProfile, ACTORS);
  const complaints = events.filter((event) => event.kind === undefined);
  await importRows(
    path,
    profileOf('officer-complaints'),
    complaints.map((event, i) => ({
      cr_id: `C${i}`,
      member_id: event.member,
      category_code: (event.category ?? '').split(' ')[0] ?? '',
      category: (event.category ?? '').split(' ').slice(1).join(' '),
      incident_date: event.on,
      complaint_date: event.on,
      final_finding: 'NS',
    })),
  );
  await importRows(
    path,
    profileOf('officer-force'),
    events
      .filter((event) => event.kind !== undefined)
      .map((event, i) => ({ trr_id: `T${i}`, member_id: event.member, trr_date: event.on, on_duty: 'Yes' })),
  );
  await importRows(
    path,
    profileOf('officer-units'),
    officers.map(({ id, unit }) => ({
      member_id: id,
      unit: unit ?? '5',
      unit_start_date: '1999-05-01',
      unit_end_date: '',
    })),
  );
  return path;
}

/** Runs a command on a store as a member; answers its outcome and what it warned of. */
export async function runAs(
  command: Command<Document>,
  storePath: string,
  actor: string | null,
  wanted: {
    readonly args?: Input['args'];
    readonly options?: Input['options'];
    readonly asOf?: string;
    readonly dryRun?: boolean;
  } = {},
): Promise<Outcome<Document> & { readonly warned: readonly string[] }> {
  const warned: string[] = [];
  // The commands read these of their context and nothing else.
  const context = {
    storePath,
    now: parseAsOf(wanted.asOf ?? '2014-12-31'),
    clock: () => parseAsOf('2021-01-15T12:00'),
    actor,
    osUser: 'nobody',
    purpose: null,
    dryRun: wanted.dryRun ?? false,
    env: {},
    cwd: tmpdir(),
    warn: (text: string) => warned.push(text),
    note: () => undefined,
  } as unknown as Context;
  const outcome = await command.run(context, { args: wanted.args ?? {}, options: wanted.options ?? {} });
  return { ...outcome, warned };
}
