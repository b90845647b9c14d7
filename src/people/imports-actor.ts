import { existsSync } from 'node:fs';
import type { Context } from '../core/command.ts';
import type { Profile } from '../import/profile.ts';
import { type Reader, read, type Writer } from '../store/store.ts';
import { requireRole, resolveActor } from './identity.ts';

/** Roles that somebody holds. */
export type HeldRoles = ReadonlySet<string>;

/** The roles held in a store before an import: its own members do not close it to the files that follow them. */
export async function rolesHeldIn(storePath: string): Promise<HeldRoles> {
  return existsSync(storePath) ? read(storePath, rolesHeld) : new Set();
}

async function rolesHeld(reader: Reader): Promise<HeldRoles> {
  const rows = await reader.rows({ sql: 'select distinct role from member_role', parameters: [] });
  return new Set(rows.map(([role]) => String(role)));
}

/**
 * Who imports: the acting member's id, null when nobody is known. Once a member holds one of a profile's roles
 * (isd-admin for members and delegations; for Work Items those who may know of every one), only such members import it
 * (OSS-58); refused otherwise. Before there are members, --actor is taken as it is given.
 */
export async function importingActor(
  writer: Writer,
  context: Context,
  profile: Profile,
  held?: HeldRoles,
): Promise<string | null> {
  const importers = profile.importers ?? (profile.guarded ? ['isd-admin'] : []);
  const roles = held ?? (await rolesHeld(writer));
  if (importers.some((role) => roles.has(role))) {
    const actor = await requireRole(writer, context, importers, {
      rule: 'OSS-58',
      cite: 'D20-04 V.C',
      what: `import ${profile.name}`,
    });
    return actor.memberId;
  }
  if (writer.prepare('select 1 from member limit 1').get() === undefined) return context.actor;
  return (await resolveActor(writer, context))?.memberId ?? null;
}
