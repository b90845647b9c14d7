import { openActs } from '../casework/act.ts';
import type { Answers } from '../casework/act-asking.ts';
import { actorOf, eventOf, refuseBy } from '../casework/act-verb.ts';
import { beatKept } from '../casework/known-place.ts';
import { newestImport } from '../casework/newest-import.ts';
import { localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type Beat, type District, districtOfBeat } from '../core/place.ts';
import type { Objection } from '../core/workflow.ts';
import { namesUnit } from '../people/units.ts';
import { placeOf } from '../report/question.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, type Writer, write } from '../store/store.ts';
import { type Filled, type Filling, type Judged, judgeFilling } from './form-filling.ts';
import { formKind, nextFormId, sameNeed } from './form-records.ts';

/** A form to be kept, with the notices that a hazard asks for. */
export interface NewForm {
  readonly filling: Filling;
  readonly district: District | null;
  readonly beat: Beat | null;
  /** The district that was named is another than the one of the beat: of a hazard this is remarked on (CSR-03). */
  readonly elsewhere: boolean;
  /** The beat that was told of a hazard and is in no geography; null for none. */
  readonly strangeBeat: Beat | null;
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

type FormPlace = Pick<NewForm, 'district' | 'beat' | 'elsewhere' | 'strangeBeat'>;

/**
 * The place of a new form, by its beat or the district where that is not known; a usage error without one, or where the
 * beat lies in another district. A hazard is kept all the same, and by its beat (CSR-03).
 */
export function placeOfForm({ beat, district }: Answers, hazard: boolean): FormPlace {
  const told = placeOf({ options: { beat } });
  const byBeat = beatKept(told.beat, hazard);
  const { strangeBeat } = byBeat;
  if (byBeat.beat === null) {
    const named = placeOf({ options: { district } });
    if (named.district !== null || hazard) return { ...named, elsewhere: false, strangeBeat };
    throw usageError('The form has no place.', 'Give --beat, or --district where the beat is not known.');
  }
  const within = districtOfBeat(byBeat.beat);
  const elsewhere = district !== undefined && placeOf({ options: { district } }).district !== within;
  if (elsewhere && !hazard) placeOf({ options: { district, beat } });
  return { beat: byBeat.beat, district: within, elsewhere, strangeBeat };
}

/** Who may fill in a form, and what is refused to others. */
export const FILL_IN = { roles: null, by: ['CSR-07', 'fill in a form'] } as const;

/** What a form is, and what keeps it out. */
export function judged(context: Context, filling: Filling): Judged {
  return judgeFilling(filling, loadPolicy(context.env).csr(), namesUnit);
}

/** What the form is, or a refusal that names the rule and what to do instead (exit code 4). */
export function filledOrRefuse(context: Context, filling: Filling): Filled {
  const { filled, against } = judged(context, filling);
  const [first] = against;
  if (first === undefined) return filled;
  throw refuseBy(context, first.rule, first.text, first.remedy);
}

/** Keeps a form and what the rules remark on it; a hazard is never turned away (CSR-03). */
export async function addForm(context: Context, filled: Filled, form: NewForm): Promise<KeptForm> {
  return write(
    context.storePath,
    async (writer) => {
      const { memberId: by } = await actorOf(writer, context, FILL_IN);
      const author = await authorOf(writer, context, form.completedBy ?? by, filled.hazard ? by : null);
      const id = nextFormId(writer, Number(localDate(context.now).slice(0, 4)));
      const { filling } = form;
      const same = await sameNeed(writer, { ...filled, address: filling.address }, context.now);
      await insertForm(writer, context, id, filled, form);
      const acts = await openActs(writer, formKind, context.clock());
      const detail = {
        hazard: filled.hazard ? 'yes' : null,
        oemc: form.oemcNotified,
        supervisor: form.supervisorNotified,
        marks: [
          ...filled.marks,
          ...(form.elsewhere ? ['BEAT_ELSEWHERE'] : []),
          ...(author.unknown ? ['AUTHOR_UNKNOWN'] : []),
        ].join(','),
        same_need: same,
        strange_beat: form.strangeBeat,
        untrained: author.untrained ? 'yes' : null,
        entered_by: author.id === by ? null : by,
        completed_by: author.unknown ? form.completedBy : null,
      };
      const decision = await acts.act(id, eventOf({ name: 'drafted', detail }, author.id, context.now));
      await acts.finish();
      return { id, filled, remarks: decision.objections, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
}

async function insertForm(
  writer: Writer,
  context: Context,
  id: string,
  { type, vehicle, hazard }: Filled,
  { filling, beat, district, requester, oemcNotified, supervisorNotified }: NewForm,
): Promise<void> {
  const { department, address, description } = filling;
  await writer.write
    .insertInto('csr_form')
    .values({
      form_id: id,
      created_at: context.now,
      type,
      department,
      address,
      beat,
      district,
      description,
      vehicle,
      requester,
      hazard: hazard ? 1 : 0,
      oemc_notified: oemcNotified,
      supervisor_notified: supervisorNotified,
      state: 'new',
    })
    .execute();
}

interface Author {
  readonly id: string;
  readonly untrained: boolean;
  readonly unknown: boolean;
}

// CSR-07: residents do not fill in the form, so its author is someone whom the members file knows. A hazard is kept
// under the name of who enters it (CSR-03).
async function authorOf(
  writer: Writer,
  context: Context,
  id: string,
  enters: string | null,
): Promise<Author> {
  const untrained = await isUntrained(writer, id, context.now);
  if (untrained !== null) return { id, untrained, unknown: false };
  if (enters !== null) return { id: enters, untrained: false, unknown: true };
  throw refuseBy(context, 'CSR-07', `${id} is no member: the form is filled in by Department members.`);
}

/** Whether a member's 311 training is on record as of a later day (CSR-11); null for no known member. */
export async function isUntrained(reader: Reader, id: string, now: Instant): Promise<boolean | null> {
  const row = await reader.db
    .selectFrom('member')
    .select('csr_trained_on')
    .where('member_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  return row.csr_trained_on !== null && row.csr_trained_on > localDate(now);
}
