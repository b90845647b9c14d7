import { optionText } from '../../casework/act-asking.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { isoInstant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { idsOf, listedPlace, placeName } from '../asking.ts';
import { eligibleForms, purgeForms } from '../retention.ts';

/** `rollcall csr retention`: forms whose 180 days are over; purging them takes a certificate. */
export const csrRetention: Command<Document> = {
  name: 'csr retention',
  summary: 'forms whose 180 days are over, and their purging under a certificate',
  details:
    'Lists only forms that may be disposed of: the service was done, and 180 calendar days have passed since (CSR-21). ' +
    'That is a floor: nothing is purged by itself, and never without the reference of a certificate. A purged form ' +
    'leaves its hashes in the event chain, the record of who purged it, and what figures of the past rest on: when it ' +
    'waited for which step, its 311 number, district and beat. All else of its content is overwritten in the file. ' +
    'Copies made before, by db backup, still hold it.',
  arguments: [{ name: 'form', summary: 'with --purge: the forms to purge', variadic: true }],
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--purge', summary: 'purge the named forms' },
    { flags: '--certificate <reference>', summary: 'the certificate of disposal' },
  ],
  examples: [
    { line: 'rollcall csr retention --district 005', says: 'what may be disposed of' },
    {
      line: 'rollcall csr retention F21-00001 --purge --certificate RC-2021-14 --actor M0019',
      says: 'purge one under a certificate',
    },
  ],
  fields: {
    'items[].id': 'form',
    'items[].completedAt': 'when the service was done',
    'items[].completedBy': 'form, or 311 where the export says so',
    'items[].keptUntil': 'the last instant at which it had to be kept',
    total: 'number of items',
    stillKept: 'forms that must be kept yet',
    'purged[]': 'with --purge: the forms that went',
  },
  carries: [{ rule: 'CSR-21', as: 'block' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const place = await listedPlace(context, input);
  const named = input.args.form;
  const ids = named === undefined || named.length === 0 ? [] : idsOf(input, 'form');
  const purge = input.options.purge === true;
  if (purge && ids.length === 0) throw usageError('--purge: no form is named.', 'Name the forms to purge.');
  if (!purge && ids.length > 0) throw usageError('Forms are named without --purge.', 'Add it, or name none.');
  if (purge) await purgeForms(context, ids, optionText(input, 'certificate'));
  const { eligible, kept, newest } = await read(context.storePath, async (reader) => ({
    ...(await eligibleForms(reader, place, context.now)),
    newest: await newestImport(reader, 'csr'),
  }));
  const items = eligible.map((form) => ({
    ...form,
    completedAt: isoInstant(form.completedAt),
    keptUntil: isoInstant(form.keptUntil),
  }));
  const went = purge
    ? `${ids.join(', ')} ${context.dryRun ? 'would be' : ids.length === 1 ? 'is' : 'are'} purged.`
    : '';
  return {
    document: {
      title: 'Forms that may be disposed of',
      subtitle: `${placeName(place)} · ${items.length} of ${items.length + kept}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'eligible',
          columns: [
            { key: 'id', title: 'Form' },
            { key: 'type', title: 'Type' },
            { key: 'srNumber', title: '311 number' },
            { key: 'completed', title: 'Done' },
            { key: 'by', title: 'By' },
            { key: 'until', title: 'Kept at least until' },
          ],
          rows: eligible.map((form) => ({
            id: form.id,
            type: form.type,
            srNumber: form.srNumber,
            completed: { kind: 'instant', at: form.completedAt },
            by: form.completedBy,
            until: { kind: 'instant', at: form.keptUntil },
          })),
          empty: 'No form has been done for more than 180 days.',
        },
      ],
      notes: [
        ...(went === '' ? [] : [went]),
        '180 days are a floor (CSR-21): purging takes the reference of a certificate.',
      ],
    },
    data: { items, total: items.length, stillKept: kept, ...(purge ? { purged: ids } : {}) },
    items,
    newestImport: newest,
  };
}
