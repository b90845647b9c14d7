import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { isKnownUnit } from '../../people/units.ts';
import type { Document } from '../../report/document.ts';
import { idsOf, textOrAsk } from '../asking.ts';
import { POLICE_STEP_FIELDS, policeStep } from '../police-steps.ts';
import { takeStep } from '../steps.ts';

/** `rollcall csr idssr <number> --unit … --form …`: another unit's help on form CPD-21.224; the request stays here. */
export const csrIdssr: Command<Document> = {
  name: 'csr idssr',
  summary: "ask another unit's help with a police request (form CPD-21.224)",
  details:
    'Links an Intra-Departmental Support Service Request to a police request. The request stays with its district ' +
    '(CSR-32), and so do its days.',
  arguments: [{ name: 'number', summary: 'SR number', required: true }],
  options: [
    { flags: '--unit <unit>', summary: 'the unit that is asked' },
    { flags: '--form <number>', summary: "the form's own number or date" },
    { flags: '--help-wanted <text>', summary: 'what the unit is asked to do' },
  ],
  examples: [
    {
      line: 'rollcall csr idssr SR20-01 --unit 189 --form IDSSR-20-77 --help-wanted "surveillance"',
      says: 'linked',
    },
  ],
  fields: POLICE_STEP_FIELDS,
  carries: [
    { rule: 'CSR-32', as: 'check' },
    { rule: 'CSR-33', as: 'evidence' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const unit = await textOrAsk(context, input, { name: 'unit', flag: '--unit', question: 'Which unit?' });
  if (!isKnownUnit(unit)) throw usageError(`--unit: "${unit}" is no unit.`, 'Write its number, 189.');
  const form = await textOrAsk(context, input, {
    name: 'form',
    flag: '--form',
    question: 'Which number has the form?',
  });
  const wanted = await textOrAsk(context, input, {
    name: 'helpWanted',
    flag: '--help-wanted',
    question: 'What is the unit asked to do?',
  });
  return takeStep(context, {
    ...policeStep,
    ids,
    name: 'idssr',
    unit,
    detail: { idssr: form, detail: wanted },
    roles: null,
    rule: 'CSR-33',
    what: 'ask another unit for help',
    done: `linked to ${form} of unit ${unit}`,
  });
}
