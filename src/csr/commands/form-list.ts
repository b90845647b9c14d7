import { optionText } from '../../casework/act-asking.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import { isoInstant, isoOrNull } from '../../core/instant.ts';
import { resolveActor } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { listedPlace, placeName } from '../asking.ts';
import { type ListedForm, listForms } from '../form-list.ts';
import { missedReviews, stretchesOf } from '../form-reviews.ts';
import { askersTold } from '../visibility.ts';

const STATES = ['drafted', 'submitted', 'returned', 'entered', 'completed'] as const;

/** `rollcall csr form list`: forms with their age, what they wait for, and who waits for a reply. */
export const csrFormList: Command<Document> = {
  name: 'csr form list',
  summary: 'forms CPD-21.208 with their age and what they wait for',
  details:
    'Age is printed, never "overdue": the directive sets no deadline for City requests (A-CSR-1). A submitted form that ' +
    'was not gone over today is marked, past days without a review are told below (CSR-19), and so is a form whose ' +
    'requester has heard nothing (CSR-17). Who asked is told to the community policing office only.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--state <state>', summary: 'only in this state', choices: STATES },
    { flags: '--awaiting-reply', summary: 'only where someone waits for a reply' },
  ],
  examples: [
    { line: 'rollcall csr form list --district 005', says: 'all forms of the district' },
    { line: 'rollcall csr form list --awaiting-reply', says: 'who has heard nothing yet' },
  ],
  fields: {
    'items[].id': 'form',
    'items[].type': 'what is asked for',
    'items[].state': 'drafted, submitted, returned, entered or completed',
    'items[].srNumber': '311 number, or null',
    'items[].ageDays': 'calendar days since it was filled in',
    'items[].completedAt': 'when it was done, by the form or by 311; null before',
    'items[].reviewedOn': 'the last day on which the sergeant went over it',
    'items[].reviewOwed': 'true for a submitted form not gone over today',
    'items[].requester': 'who asked; null without, and for others than the community policing office',
    'items[].awaitsReply': 'true where someone asked and was not told anything',
    'items[].mirrored': 'false where 311 does not know its number; null without one',
    total: 'number of items',
    unknownDistrictLeftOut: 'how many of no known district a named one leaves out',
    'reviewsMissed[]': 'day, district, forms and oldest of each past day with forms waiting and no review',
  },
  carries: [
    { rule: 'CSR-15', as: 'report' },
    { rule: 'CSR-17', as: 'check' },
    { rule: 'CSR-19', as: 'check' },
    { rule: 'CSR-27', as: 'check' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const place = await listedPlace(context, input);
  const state = optionText(input, 'state');
  const named = place.district !== null && place.beat === null;
  const { forms, missed, told, newest } = await read(context.storePath, async (reader) => {
    const actor = await resolveActor(reader, context);
    return {
      forms: await listForms(reader, named ? { ...place, unplaced: true } : place, context.now),
      missed: await missedReviews(reader, place, context.now),
      told: await askersTold(reader, actor, context.now),
      newest: await newestImport(reader, 'csr'),
    };
  });
  const today = localDate(context.now);
  const owed = (form: ListedForm): boolean => form.state === 'submitted' && form.reviewedOn !== today;
  const fitting = forms.filter(
    (form) =>
      (state === null || form.state === state) && (input.options.awaitingReply !== true || form.awaitsReply),
  );
  const listed = named ? fitting.filter(({ district }) => district !== null) : fitting;
  const leftOut = fitting.length - listed.length;
  const seasonal = new Set(loadPolicy(context.env).csr().seasonal.types);
  const items = listed.map((form) => ({
    ...form,
    requester: told?.(form) ? form.requester : null,
    createdAt: isoInstant(form.createdAt),
    completedAt: isoOrNull(form.completedAt),
    reportedOcpAt: isoOrNull(form.reportedOcpAt),
    seasonal: seasonal.has(form.type),
    reviewOwed: owed(form),
  }));
  return {
    document: {
      title: 'City service request forms',
      subtitle: `${placeName(place)} · ${items.length} forms`,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'forms',
          columns: [
            { key: 'id', title: 'Form' },
            { key: 'type', title: 'Type' },
            { key: 'address', title: 'Address', priority: 2 },
            { key: 'beat', title: 'Beat' },
            { key: 'state', title: 'State' },
            { key: 'srNumber', title: '311 number' },
            { key: 'age', title: 'Age', unit: 'days', align: 'right' },
            ...(told !== null ? [{ key: 'requester', title: 'Asked for by', priority: 3 }] : []),
            { key: 'waits', title: 'Waits for', priority: 1 },
          ],
          rows: listed.map((form) => ({
            id: form.id,
            type: seasonal.has(form.type) ? `${form.type} (seasonal)` : form.type,
            address: form.address,
            beat: form.beat,
            state: form.state,
            srNumber: form.srNumber,
            age: form.ageDays,
            requester: told?.(form) ? form.requester : null,
            waits: waitsFor(form, owed(form)),
          })),
          empty: 'There is no such form.',
        },
      ],
      notes: [
        ...(leftOut === 0
          ? []
          : [
              `Left out: ${plural(leftOut, 'form')} of no known district. Without --district they are listed too.`,
            ]),
        ...(missed.length === 0
          ? []
          : [`No review while forms waited (CSR-19): ${stretchesOf(missed).join('; ')}.`]),
      ],
    },
    data: { items, total: items.length, unknownDistrictLeftOut: leftOut, reviewsMissed: missed },
    items,
    newestImport: newest,
  };
}

function waitsFor(form: ListedForm, reviewOwed: boolean): string | null {
  const waits = [
    ...(reviewOwed ? ["today's review (CSR-19)"] : []),
    ...(form.awaitsReply ? ['a reply to who asked (CSR-17)'] : []),
    ...(form.mirrored === false ? ['its number in the 311 export (CSR-27)'] : []),
    ...(form.state === 'entered' && form.completedBy === '311' ? ['the office: 311 says it is done'] : []),
  ];
  return waits.length === 0 ? null : waits.join('; ');
}
