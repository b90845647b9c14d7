import type { HiddenClocks } from '../casework/overdue.ts';
import type { Context } from '../core/command.ts';
import { actingMember } from '../people/acting-roles.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Rows } from '../store/open.ts';

const FORWARDED = `exists (select 1 from work_item w where w.work_item_id = clock.record_id
  and w.determination is not 'invalid' and w.state not in ('new', 'generated', 'valid', 'invalid'))`;
const NOT_INVALID = `not exists (select 1 from work_item w where w.work_item_id = clock.record_id
  and w.determination = 'invalid')`;
const NOT_OWN = `not exists (select 1 from work_item w where w.work_item_id = clock.record_id and w.member_id = ?)`;

/**
 * Which Work Item clocks a list of due dates leaves out (OSS-12). Analyst and OSSU supervisor see all, of their own as
 * much as any other member: those of Work Items that are valid and forwarded. Without an actor, as cron runs, ids and
 * dates of undetermined ones stand too, and none that was found invalid, whatever the as-of. None is told of by a clock
 * that has stopped: once determined, valid and invalid are gone alike.
 */
export async function hiddenClocks(rows: Rows, context: Context): Promise<HiddenClocks | null> {
  const seers =
    loadPolicy(context.env)
      .views()
      .find((view) => view.area === 'oss.invalid')?.roles ?? {};
  const member = await actingMember(rows, context);
  if (member === null) return { system: 'oss', unless: NOT_INVALID, runningOnly: true };
  if ([...member.roles].some((role) => seers[role] === 'all'))
    return { system: 'oss', unless: `(${NOT_OWN} or ${FORWARDED})`, values: [member.memberId] };
  return { system: 'oss', unless: FORWARDED };
}
