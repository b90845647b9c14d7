import { makeActCommand } from '../../casework/act-command.ts';
import type { Step } from '../../casework/act-verb.ts';
import { NOTICE_ASKS } from '../../casework/hazard-notices.ts';
import { beatKept } from '../../casework/known-place.ts';
import { usageError } from '../../core/errors.ts';
import { looksLikeHazard } from '../../core/hazard.ts';
import { districtOfBeat } from '../../core/place.ts';
import { placeOf } from '../../report/question.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { wrongBeat, wrongDistrict } from '../asking.ts';
import { filledOrRefuse } from '../form-add.ts';
import { formKind, sameNeed } from '../form-records.ts';
import { FORM_FIELDS, type FormFields, type FormState } from '../form-workflow.ts';

const NOTICES: readonly (keyof FormFields)[] = ['oemc', 'supervisor'];

/** `rollcall csr form amend <form> …`: what was incomplete is mended; the notices of a hazard are added at any time. */
export const csrFormAmend = makeActCommand<FormState>({
  name: 'csr form amend',
  summary: 'mend a form that is drafted or was returned',
  details:
    'What is named is changed, the rest stays; the history keeps what stood before. While the form is at the office it ' +
    'is not changed: the sergeant returns it (CSR-24). When OEMC and the supervisor were told of a hazard can be added ' +
    'at any time (CSR-03).',
  kind: formKind,
  argument: { name: 'form', summary: 'form' },
  roles: null,
  by: ['CSR-24', 'amend a form'],
  asks: [
    { flags: '--type <type>', summary: 'the service that is needed' },
    { flags: '--address <address>', summary: 'where' },
    { flags: '--beat <beat>', summary: 'beat, 0511', check: wrongBeat },
    {
      flags: '--district <district>',
      summary: 'district, 005; else the one of the beat',
      check: wrongDistrict,
    },
    { flags: '--agency <agency>', summary: 'the City agency' },
    { flags: '--description <text>', summary: 'what is wrong' },
    { flags: '--vehicle <plate>', summary: 'plate or number of the abandoned vehicle' },
    ...NOTICE_ASKS,
  ],
  examples: [
    {
      line: 'rollcall csr form amend F21-00001 --address "700 E 111TH ST" --actor M0034',
      says: 'what the sergeant asked for',
    },
  ],
  carries: [
    { rule: 'CSR-03', as: 'check' },
    { rule: 'CSR-13', as: 'check' },
    { rule: 'CSR-24', as: 'evidence' },
  ],
  async step({ context, look, id, before, answers }) {
    const named = placeOf({ options: { beat: answers.beat, district: answers.district } });
    const hazard = looksLikeHazard(
      [answers.type ?? before.type],
      [answers.description ?? before.description, answers.address ?? before.address],
      loadPolicy(context.env).csr().emergency,
    );
    const { beat, strangeBeat } = beatKept(named.beat, hazard);
    const { district } = named;
    const given: Partial<FormFields> = {
      type: answers.type,
      address: answers.address,
      department: answers.agency,
      beat: beat ?? undefined,
      district: district ?? (beat === null ? undefined : districtOfBeat(beat)),
      description: answers.description,
      vehicle: answers.vehicle,
      oemc: answers.oemcNotified,
      supervisor: answers.supervisorNotified,
    };
    const changed = FORM_FIELDS.filter(
      (field) => given[field] !== undefined && given[field] !== before[field],
    );
    if (changed.length === 0)
      throw usageError(`${id}: nothing is changed.`, 'Name what changes: --address "700 E 111TH ST"');
    const detail = Object.fromEntries(
      changed.flatMap((field) => [
        [field, given[field]],
        [`${field}_was`, before[field]],
      ]),
    );
    if (changed.every((field) => NOTICES.includes(field))) return { name: 'hazard-told', detail };
    const after = mended(before, given);
    const { type, address, department, description, vehicle } = after;
    const filled = filledOrRefuse(context, {
      types: [type],
      address,
      department,
      description,
      vehicles: vehicle === null ? [] : [vehicle],
      atFacility: false,
    });
    if (!filled.hazard && (address === null || (after.beat ?? after.district) === null))
      throw usageError(
        `${id}: only a hazard is kept without its place, and this looks like none.`,
        'Add --address and --beat, or --district where the beat is not known.',
      );
    const same = await look((reader) => sameNeed(reader, after, context.now, id));
    const marks = filled.marks.join(',');
    return {
      name: 'form-amended',
      detail: {
        ...detail,
        hazard: filled.hazard ? 'yes' : null,
        marks,
        same_need: same,
        strange_beat: strangeBeat,
      },
    } satisfies Step;
  },
  says: 'is amended',
  notes: ({ id }, { state }) =>
    state === 'drafted' || state === 'returned' ? [`Next: rollcall csr form submit ${id} (CSR-14).`] : [],
});

function mended(before: FormFields, given: Partial<FormFields>): FormFields {
  const told = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(told) };
}
