import type { Context } from '../core/command.ts';
import type { Profile } from '../import/profile.ts';
import type { Writer } from '../store/store.ts';
import { requireRole, resolveActor } from './identity.ts';

/**
 * Who imports: the acting member's id, null when nobody is known. Once a member holds isd-admin, only such a member
 * imports guarded profiles (OSS-58); refused otherwise. Before there are members, --actor is taken as it is given.
 */
export async function importingActor(
  writer: Writer,
  context: Context,
  profile: Profile,
): Promise<string | null> {
  const admins = writer.prepare("select 1 from member_role where role = 'isd-admin' limit 1");
  if (profile.guarded && admins.get() !== undefined) {
    const actor = await requireRole(writer, context, ['isd-admin'], {
      rule: 'OSS-58',
      cite: 'D20-04 V.C',
      what: `import ${profile.name}`,
    });
    return actor.memberId;
  }
  if (writer.prepare('select 1 from member limit 1').get() === undefined) return context.actor;
  return (await resolveActor(writer, context))?.memberId ?? null;
}
