import { openActs } from '../../casework/act.ts';
import { optionOf } from '../../casework/act-asking.ts';
import { remarksOf, ruleLine } from '../../casework/act-outcome.ts';
import { actorOf, eventOf } from '../../casework/act-verb.ts';
import { noticeOptions } from '../../casework/hazard-notices.ts';
import { beatKept } from '../../casework/known-place.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { beatOption } from '../../casework/overdue-command.ts';
import { localDate, localParts } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { missingPlace } from '../../core/hazard.ts';
import { type Instant, isoInstant } from '../../core/instant.ts';
import { parseAsOf } from '../../core/parse-time.ts';
import { districtOfBeat } from '../../core/place.ts';
import { isKnownBeat } from '../../import/geography.ts';
import type { Document } from '../../report/document.ts';
import { type Writer, write } from '../../store/store.ts';
import { type Intake, intakeAsks, intakeOf } from '../intake.ts';
import { concernKind } from '../records.ts';
import { ENTERS } from '../roles.ts';

/** `rollcall concerns add`: enters a concern from a beat meeting, a call, mail or a visit (CC-12, CC-13). */
export const concernsAdd: Command<Document> = {
  name: 'concerns add',
  summary: 'enter a concern from a beat meeting, a call, mail or a visit',
  details:
    'For sworn community policing officers and sergeants of the district (CC-12, CC-13). It gets a control number and no PIN. Webportal ' +
    'concerns come by rollcall import and get their PIN from rollcall concerns pin. No 36 hours run for a concern that ' +
    'a member entered (A-CC-8). An immediate hazard is never refused, whoever enters it: it is kept with what the ' +
    'rules remark on it, no concern is required for it, and OEMC and the supervisor are told (CSR-03).',
  options: intakeAsks(false).map(optionOf),
  examples: [
    {
      line: 'rollcall concerns add --origin phone --category noise --description "music at night" --address "700 W 103RD ST" --beat 0511',
      says: 'a call',
    },
  ],
  fields: {
    id: 'control number',
    origin: 'how it came',
    submittedAt: 'instant it was told',
    district: 'three digits, from the beat; null without one',
    beat: 'four digits; null only for a hazard whose place is not known, or told by a beat of no geography',
    state: 'submitted',
    hazard: 'true when it looks like an immediate hazard',
    'remarks[]': 'rule, code and text of what a rule remarks on without refusing it',
  },
  carries: [
    { rule: 'CC-12', as: 'check' },
    { rule: 'CC-13', as: 'check' },
    { rule: 'CC-04', as: 'check' },
    { rule: 'CSR-03', as: 'check' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const intake = await intakeOf(context, input);
  const { hazard, notices } = intake;
  const told = intake.beat === null ? null : beatOption(intake.beat);
  const { beat, strangeBeat } = beatKept(told, hazard);
  if (beat !== null && !isKnownBeat(beat)) context.warn(`Beat ${beat} is not in the geography; it is kept.`);
  const submittedAt = intake.submitted === null ? context.now : parseAsOf(intake.submitted, '--submitted');
  if (submittedAt > context.now) throw usageError('--submitted lies after the time of the step.');
  const district = beat === null ? null : districtOfBeat(beat);
  const placeMissing = missingPlace({ address: intake.address, beat, strangeBeat }).join(',');
  const { id, newest, remarks } = await write(
    context.storePath,
    async (writer) => {
      const by = ['CC-12', 'enter a concern'] as const;
      const actor = await actorOf(writer, context, { roles: hazard ? null : ENTERS, by });
      const number = nextNumber(writer, submittedAt);
      insert(writer, number, intake, { beat, district, submittedAt });
      const acts = await openActs(writer, concernKind, context.clock());
      const hazardTold = {
        hazard: hazard ? 'yes' : null,
        oemc: notices.oemc,
        supervisor: notices.supervisor,
      };
      const detail = {
        origin: intake.origin,
        meeting: intake.meeting,
        ...hazardTold,
        place_missing: placeMissing,
      };
      const { objections } = await acts.act(
        number,
        eventOf({ name: 'entered', detail }, actor.memberId, context.now),
      );
      await acts.finish();
      return { id: number, newest: await newestImport(writer, 'concerns'), remarks: remarksOf(objections) };
    },
    { dryRun: context.dryRun },
  );
  if (hazard) for (const remark of remarks) context.warn(`${id}: ${ruleLine(context, remark)}`);
  const missing = hazard ? noticeOptions(notices) : '';
  return {
    document: {
      title: context.dryRun ? `${id} would be entered` : `${id} is entered`,
      subtitle: `${intake.origin}, ${intake.category}, beat ${beat ?? 'not known'}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
      notes: [
        ...remarks.map((remark) => `Remarked: ${ruleLine(context, remark)}.`),
        ...(missing === '' ? [] : [`Record the notices: rollcall concerns hazard ${id} ${missing}`]),
        `It waits for the community policing sergeant of ${district === null ? 'its district' : `District ${district}`} (CC-14).`,
      ],
    },
    data: {
      id,
      origin: intake.origin,
      submittedAt: isoInstant(submittedAt),
      district,
      beat,
      state: 'submitted',
      hazard,
      remarks,
    },
    newestImport: newest,
  };
}

/** `CC-2020-000017`: the year of submission and the next number of that year. */
function nextNumber(writer: Writer, at: Instant): string {
  const head = `CC-${localParts(at).year}-`;
  const last = writer
    .prepare(
      `select max(control_number) from concern
       where control_number > ? and control_number < ? and control_number glob ? || '[0-9][0-9][0-9][0-9][0-9][0-9]'`,
    )
    .get(head, `${head}~`, head)?.[0];
  const next = typeof last === 'string' ? Number(last.slice(head.length)) + 1 : 1;
  return `${head}${String(next).padStart(6, '0')}`;
}

function insert(
  writer: Writer,
  id: string,
  intake: Intake,
  place: { readonly beat: string | null; readonly district: string | null; readonly submittedAt: Instant },
): void {
  writer
    .prepare(
      `insert into concern (control_number, origin, submitted_at, submitted_on, category, description, address, beat,
         district, latitude, longitude, state) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'submitted')`,
    )
    .run(
      id,
      intake.origin,
      place.submittedAt,
      localDate(place.submittedAt),
      intake.category,
      intake.description,
      intake.address,
      place.beat,
      place.district,
      intake.latitude,
      intake.longitude,
    );
}
