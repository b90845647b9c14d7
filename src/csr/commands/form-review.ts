import { openActs } from '../../casework/act.ts';
import { titleOf } from '../../casework/act-outcome.ts';
import { actorOf, eventOf } from '../../casework/act-verb.ts';
import { addEvidence } from '../../casework/evidence.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { districtOfBeat } from '../../core/place.ts';
import type { Document } from '../../report/document.ts';
import { placeOf } from '../../report/question.ts';
import { write } from '../../store/store.ts';
import { placeName } from '../asking.ts';
import { listForms } from '../form-list.ts';
import { formKind } from '../form-records.ts';
import { ownPlace } from '../own-place.ts';
import { SERGEANT } from '../police-rules.ts';

/** `rollcall csr form review`: the sergeant's daily look at the forms that wait, kept as evidence of the day. */
export const csrFormReview: Command<Document> = {
  name: 'csr form review',
  summary: "record the day's review of the forms that wait at the office",
  details:
    'Marks every submitted form of the place as looked at today, and keeps a record of evidence for the day, also when ' +
    'none waits (CSR-19). What is incomplete goes back with csr form return, what is complete is entered in 311.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
  ],
  examples: [{ line: 'rollcall csr form review --district 005 --actor M0019', says: 'today is done' }],
  fields: {
    day: 'Chicago day',
    reviewed: 'forms that waited',
    'items[].id': 'form',
    total: 'number of items',
  },
  carries: [{ rule: 'CSR-19', as: 'evidence' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const asked = placeOf(input);
  const day = localDate(context.now);
  const { waiting, place, newest } = await write(
    context.storePath,
    async (writer) => {
      const verb = { roles: SERGEANT, by: ['CSR-19', 'review forms'] } as const;
      const actor = await actorOf(writer, context, verb);
      const place = await ownPlace(writer, context, actor, asked, verb);
      const forms = (await listForms(writer, place, context.now)).filter(
        ({ state }) => state === 'submitted',
      );
      const acts = await openActs(writer, formKind, context.clock());
      for (const { id } of forms) {
        await acts.act(id, eventOf({ name: 'reviewed' }, actor.memberId, context.now));
      }
      await acts.finish();
      const evidence = {
        rule: 'CSR-19',
        on: day,
        by: actor.memberId,
        district: place.district ?? (place.beat === null ? '' : districtOfBeat(place.beat)),
        note: `${forms.length} waiting forms of ${placeName(place)} reviewed`,
        document: '',
      };
      addEvidence(writer, { id: 'CSR-19', system: 'csr' }, evidence, actor.memberId, context.clock());
      return { waiting: forms, place, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
  const items = waiting.map(({ id, type, address, beat }) => ({ id, type, address, beat }));
  return {
    document: {
      title: titleOf(context, `Forms reviewed on ${day}`),
      subtitle: `${placeName(place)} · ${items.length} waiting`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'reviewed',
          columns: [
            { key: 'id', title: 'Form' },
            { key: 'type', title: 'Type' },
            { key: 'address', title: 'Address' },
            { key: 'beat', title: 'Beat' },
          ],
          rows: items,
          empty: 'No form waits.',
        },
      ],
    },
    data: { day, reviewed: items.length, items, total: items.length },
    items,
    newestImport: newest,
  };
}
