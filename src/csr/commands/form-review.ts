import { openActs } from '../../casework/act.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { requireRole } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { write } from '../../store/store.ts';
import { placeName, placeOption } from '../asking.ts';
import { listForms } from '../form-list.ts';
import { formKind } from '../form-records.ts';

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
  const place = placeOption(input);
  const cite = loadPolicy(context.env).cite('CSR-19');
  const day = localDate(context.now);
  const { waiting, newest } = await write(
    context.storePath,
    async (writer) => {
      const guard = { rule: 'CSR-19', cite, what: 'review forms' };
      const actor = await requireRole(writer, context, ['cp-sergeant'], guard);
      const forms = (await listForms(writer, place, context.now)).filter(
        ({ state }) => state === 'submitted',
      );
      const acts = await openActs(writer, formKind, context.clock());
      for (const { id } of forms) {
        const event = { name: 'reviewed', at: context.now, unit: null, reason: null, detail: {} };
        await acts.act(id, { ...event, by: actor.memberId });
      }
      await acts.finish();
      await writer.write
        .insertInto('evidence')
        .values({
          rule: 'CSR-19',
          on_day: day,
          by_member: actor.memberId,
          district: place.district ?? '',
          note: `${forms.length} waiting forms reviewed`,
          document: '',
          batch_id: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return { waiting: forms, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
  const items = waiting.map(({ id, type, address, beat }) => ({ id, type, address, beat }));
  return {
    document: {
      title: `Forms reviewed on ${day}${context.dryRun ? ' (dry run, nothing written)' : ''}`,
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
