import { type Answered, type Answers, type Ask, answersOf, optionOf } from '../../casework/act-asking.ts';
import { ruleLine } from '../../casework/act-outcome.ts';
import { actorOf, refuseBy } from '../../casework/act-verb.ts';
import { askedNotices, NOTICE_ASKS, noticesGiven } from '../../casework/hazard-notices.ts';
import { requirePlace } from '../../casework/overdue-command.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { looksLikeHazard } from '../../core/hazard.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { wrongBeat, wrongDistrict } from '../asking.ts';
import { addForm, FILL_IN, judged, type KeptForm, placeOfForm } from '../form-add.ts';
import type { Filled, Filling, NotForForm } from '../form-filling.ts';

type Optional = NonNullable<Ask['optional']>;

/** What is asked; `unplaced` tells of what may be kept before its place is known. Off a terminal the place is looked at after. */
const asksFor = (unplaced: Optional, onTerminal: boolean): readonly Ask[] => [
  {
    flags: '--type <type>',
    summary: 'the service that is needed, in the words of 311',
    question: 'Which service is needed?',
    repeatable: true,
  },
  { flags: '--address <address>', summary: 'where', question: 'At which address?', optional: unplaced },
  {
    flags: '--beat <beat>',
    summary: 'beat, 0511',
    question: 'On which beat? (0511; empty: only the district is known)',
    optional: true,
    needed: ({ district }) => district === undefined,
    check: wrongBeat,
  },
  {
    flags: '--district <district>',
    summary: 'district, 005; else the one of the beat',
    question: 'In which district? (005)',
    needed: ({ beat }) => beat === undefined,
    optional: onTerminal ? unplaced : true,
    check: wrongDistrict,
  },
  { flags: '--agency <agency>', summary: 'the City agency' },
  { flags: '--description <text>', summary: 'what is wrong' },
  {
    flags: '--vehicle <plate>',
    summary: 'plate or number of the abandoned vehicle',
    question: 'Plate or number of the vehicle? (empty: none is known)',
    optional: true,
    needed: (_, { type = [] }) => type.some((each) => /abandoned vehicle/i.test(each)),
    repeatable: true,
  },
  { flags: '--requester <reference>', summary: 'who waits for a reply, as a reference; no name' },
  { flags: '--completed-by <member>', summary: 'who filled it in, when another member enters it' },
  ...NOTICE_ASKS,
  { flags: '--facility', summary: 'the place is a Department facility' },
];

/** Asked again where an answer keeps a form out. */
const AGAIN: Readonly<Record<NotForForm['field'], string | null>> = {
  type: 'Which one service is needed?',
  vehicle: 'Plate or number of the one vehicle?',
  address: 'At which address, that is none?',
  description: 'What is wrong, in other words?',
  agency: 'Which City agency?',
  facility: null,
};

/** `rollcall csr form add`: fills in a form CPD-21.208 for another City agency. */
export const csrFormAdd: Command<Document> = {
  name: 'csr form add',
  summary: 'fill in a form CPD-21.208 for another City agency',
  details:
    'One form for one need, and one for each abandoned vehicle (CSR-13). It is not for Department facilities (CSR-08), ' +
    'other police units (CSR-09) or police matters (CSR-31): those are refused, or on a terminal asked again. An ' +
    'immediate hazard is never refused: it is kept with what the rules remark on it, no form is required for it, and ' +
    'OEMC and the supervisor are told (CSR-03). A returned form is mended with csr form amend.',
  options: asksFor(false, false).map(optionOf),
  examples: [
    {
      line: 'rollcall csr form add --type "Street Light Out Complaint" --address "700 E 111TH ST" --beat 0531 --actor M0034',
      says: 'a new form',
    },
  ],
  fields: {
    id: 'form',
    state: 'drafted',
    type: 'what is asked for',
    hazard: 'true when it looks like an immediate hazard',
    'remarks[]': 'rule, code and text of what the rules remark on',
  },
  carries: [
    { rule: 'CSR-03', as: 'check' },
    { rule: 'CSR-07', as: 'block' },
    { rule: 'CSR-08', as: 'block' },
    { rule: 'CSR-09', as: 'block' },
    { rule: 'CSR-11', as: 'check' },
    { rule: 'CSR-12', as: 'evidence' },
    { rule: 'CSR-13', as: 'block' },
    { rule: 'CSR-31', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const policy = loadPolicy(context.env);
  await read(context.storePath, (reader) => actorOf(reader, context, FILL_IN));
  const hazard = ({ description, address }: Answers, { type = [] }: Answered['lists']) =>
    looksLikeHazard(type, [description ?? null, address ?? null], policy.csr().emergency);
  const { answers, lists } = await answersOf(
    'csr form add',
    asksFor(hazard, context.interactive),
    context,
    input,
  );
  const urgent = hazard(answers, lists);
  const place = placeOfForm(answers, urgent);
  // A mistyped place is no place; that of a hazard is remarked on (CSR-03).
  if (!urgent)
    await requirePlace(context, { beat: place.beat ?? undefined, district: place.district ?? undefined });
  const { filled, filling } = await keepable(context, {
    types: lists.type ?? [],
    address: answers.address ?? null,
    department: answers.agency ?? null,
    description: answers.description ?? null,
    vehicles: lists.vehicle ?? [],
    atFacility: answers.facility === 'yes',
  });
  const { oemc, supervisor } = await (filled.hazard
    ? askedNotices(context, answers, 'form')
    : noticesGiven(answers));
  const kept = await addForm(context, filled, {
    ...place,
    filling,
    requester: answers.requester ?? null,
    oemcNotified: oemc,
    supervisorNotified: supervisor,
    completedBy: answers.completedBy ?? null,
  });
  for (const { rule, text } of kept.remarks)
    context.warn(`${kept.id}: ${text} (${rule}, ${policy.cite(rule)})`);
  return outcomeOf(context, kept);
}

// On a terminal an answer that keeps the form out is asked for again; the others stay.
async function keepable(
  context: Context,
  filling: Filling,
): Promise<{ readonly filled: Filled; readonly filling: Filling }> {
  for (let now = filling; ; ) {
    const { filled, against } = judged(context, now);
    const [first] = against;
    if (first === undefined) return { filled, filling: now };
    const { rule, text, remedy, field } = first;
    const question = context.interactive ? AGAIN[field] : null;
    if (question === null) throw refuseBy(context, rule, text, remedy);
    context.say(`${ruleLine(context, { rule, text })} ${remedy}`);
    const said = orNull(await context.prompt.text(`${question} (empty: no form)`));
    if (said === null) throw refuseBy(context, rule, text, remedy);
    now = { ...now, ...answered(field, said) };
  }
}

function answered(field: NotForForm['field'], said: string): Partial<Filling> {
  switch (field) {
    case 'type':
      return { types: [said] };
    case 'vehicle':
      return { vehicles: [said] };
    case 'agency':
      return { department: said };
    case 'address':
      return { address: said };
    case 'description':
      return { description: said };
    case 'facility':
      return {};
  }
}

function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function outcomeOf(context: Context, { id, filled, remarks, newest }: KeptForm): Outcome<Document> {
  return {
    document: {
      title: context.dryRun ? 'The form would be kept (dry run, nothing written)' : `Form ${id} is kept`,
      subtitle: filled.type,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'remarks',
          columns: [
            { key: 'rule', title: 'Rule' },
            { key: 'text', title: 'Remark' },
          ],
          rows: remarks.map(({ rule, text }) => ({ rule, text })),
          empty: 'No rule has a remark.',
        },
      ],
      notes: [`Next: rollcall csr form submit ${id} hands it to the community policing office (CSR-14).`],
    },
    data: {
      id,
      state: 'drafted',
      type: filled.type,
      hazard: filled.hazard,
      remarks: remarks.map(({ rule, code, text }) => ({ rule, code, text })),
    },
    newestImport: newest,
  };
}
