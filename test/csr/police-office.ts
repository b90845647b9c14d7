import type { Command, Context } from '../../src/core/command.ts';
import { cityProfiles } from '../../src/csr/imports-311.ts';
import { csrPoliceEventsProfile, csrPoliceProfile } from '../../src/csr/imports-police.ts';
import { membersProfile } from '../../src/people/imports-members.ts';
import type { Document } from '../../src/report/document.ts';
import { at, freshStore, importRows } from '../casework/store-of.ts';
import { contextFor, input } from '../desk/store-fixture.ts';

type Rows = readonly Readonly<Record<string, string>>[];

const MEMBERS: readonly (readonly [id: string, district: string, roles: string])[] = [
  ['S5', '005', 'cp-sergeant'],
  ['CP5', '005', 'cp-officer'],
  ['CQ5', '005', 'cp-officer'],
  ['X5', '005', 'executive-officer'],
  ['C5', '005', 'district-commander'],
  ['O5', '005', ''],
  ['S6', '006', 'cp-sergeant'],
  ['D0', '', 'ocp-deputy-chief'],
];

/** A store with the members of two offices, and service requests: on SRSWOs, with further events, in the 311 mirror. */
export async function policeOffice(
  orders: Rows,
  { events = [], mirror = [] }: { readonly events?: Rows; readonly mirror?: Rows } = {},
): Promise<string> {
  const path = freshStore();
  await importRows(
    path,
    membersProfile,
    MEMBERS.map(([member_id, district, roles]) => ({ member_id, rank: 'Sergeant', district, roles })),
  );
  const common = { created_at: '2020-11-01T08:00:00', beat: '0511' };
  if (orders.length > 0)
    await importRows(
      path,
      csrPoliceProfile,
      orders.map((row) => ({ ...common, ...row })),
    );
  if (events.length > 0) await importRows(path, csrPoliceEventsProfile, events);
  if (mirror.length > 0) await importMirror(path, mirror);
  return path;
}

/** Takes rows of a 311 export, police requests unless told otherwise, into the mirror. */
async function importMirror(path: string, rows: Rows): Promise<void> {
  const profile = cityProfiles().find(({ name }) => name === 'csr');
  if (profile === undefined) throw new Error('no profile csr');
  const common = {
    type: 'Police Miscellaneous',
    status: 'Open',
    origin: 'Phone Call',
    created_at: '2020-11-01T08:00:00',
    closed_at: '',
    district: '005',
    beat: '0511',
  };
  await importRows(
    path,
    profile,
    rows.map((row) => ({ ...common, ...row })),
  );
}

/** Runs commands as a member at a Chicago time. */
export function as(path: string, actor: string | null, when: string, over: Partial<Context> = {}) {
  const clock = () => at(when);
  const context = contextFor(path, { actor, now: at(when), asOfGiven: true, clock, ...over });
  return (command: Command<Document>, number: readonly string[] = [], options = {}) =>
    command.run(context, input({ number: [...number] }, options));
}
