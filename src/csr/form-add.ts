import { openActs } from '../casework/act.ts';
import { actorOf, eventOf, refuseBy } from '../casework/act-verb.ts';
import { newestImport } from '../casework/newest-import.ts';
import { localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import type { Instant } from '../core/instant.ts';
import type { Beat, District } from '../core/place.ts';
import type { Objection } from '../core/workflow.ts';
import { isKnownUnit } from '../people/units.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Writer, write } from '../store/store.ts';
import { type Filled, type Filling, judgeFilling } from './form-filling.ts';
import { formKind, nextFormId, sameNeed } from './form-records.ts';

/** A form to be kept, with the notices that a hazard asks for. */
export interface NewForm {
  readonly filling: Filling;
  readonly district: District | null;
  readonly beat: Beat | null;
  /** A reference to whoever waits for a reply; no name. */
  readonly requester: string | null;
  readonly oemcNotified: string | null;
  readonly supervisorNotified: string | null;
  /** The member who filled it in; null is who acts. */
  readonly completedBy: string | null;
}

export interface KeptForm {
  readonly id: string;
  readonly filled: Filled;
  readonly remarks: readonly Objection[];
  readonly newest: Instant | null;
}

/** What the form is, or a refusal that names the rule and what to do instead (exit code 4). */
export function filledOrRefuse(context: Context, filling: Filling): Filled {
  const judged = judgeFilling(filling, loadPolicy(context.env).csr(), isKnownUnit);
  if ('type' in judged) return judged;
  throw refuseBy(context, judged.rule, judged.text, judged.remedy);
}

/** Keeps a form and what the rules remark on it; a hazard is never turned away (CSR-03). */
export async function addForm(context: Context, filled: Filled, form: NewForm): Promise<KeptForm> {
  return write(
    context.storePath,
    async (writer) => {
      const { memberId: by } = await actorOf(writer, context, {
        roles: null,
        by: ['CSR-07', 'fill in a form'],
      });
      const author = await authorOf(writer, context, form.completedBy ?? by);
      const id = nextFormId(writer, Number(localDate(context.now).slice(0, 4)));
      const { filling } = form;
      const same = await sameNeed(writer, filled.type, filling.address, filled.vehicle);
      await writer.write
        .insertInto('csr_form')
        .values({
          form_id: id,
          created_at: context.now,
          type: filled.type,
          department: filling.department,
          address: filling.address,
          beat: form.beat,
          district: form.district,
          description: filling.description,
          vehicle: filled.vehicle,
          requester: form.requester,
          hazard: filled.hazard ? 1 : 0,
          oemc_notified: form.oemcNotified,
          supervisor_notified: form.supervisorNotified,
          state: 'new',
          sr_number: null,
          submitted_at: null,
          entered_at: null,
          completed_at: null,
          reported_ocp_at: null,
        })
        .execute();
      const acts = await openActs(writer, formKind, context.clock());
      const untrained = author.trainedOn !== null && author.trainedOn > localDate(context.now);
      const detail = {
        hazard: filled.hazard ? 'yes' : null,
        oemc: form.oemcNotified,
        supervisor: form.supervisorNotified,
        vehicle_missing: filled.vehicleMissing ? 'yes' : null,
        same_need: same,
        untrained: untrained ? 'yes' : null,
        entered_by: author.id === by ? null : by,
      };
      const decision = await acts.act(id, eventOf({ name: 'drafted', detail }, author.id, context.now));
      await acts.finish();
      return { id, filled, remarks: decision.objections, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
}

// CSR-07: residents do not fill in the form, so its author is someone whom the members file knows.
async function authorOf(writer: Writer, context: Context, id: string) {
  const row = await writer.db
    .selectFrom('member')
    .select('csr_trained_on')
    .where('member_id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) return { id, trainedOn: row.csr_trained_on };
  throw refuseBy(context, 'CSR-07', `${id} is no member: the form is filled in by Department members.`);
}
