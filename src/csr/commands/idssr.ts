import { usageError } from '../../core/errors.ts';
import { isKnownUnit } from '../../people/units.ts';
import { makePoliceCommand } from '../police-steps.ts';

/** `rollcall csr idssr <number> --unit … --form …`: another unit's help on form CPD-21.224; the request stays here. */
export const csrIdssr = makePoliceCommand({
  name: 'csr idssr',
  summary: "ask another unit's help with a police request (form CPD-21.224)",
  details:
    'Links an Intra-Departmental Support Service Request to a police request. The request stays with its district ' +
    '(CSR-32), and so do its days.',
  roles: null,
  by: ['CSR-33', 'ask another unit for help'],
  asks: [
    { flags: '--unit <unit>', summary: 'the unit that is asked', question: 'Which unit?' },
    {
      flags: '--form <number>',
      summary: "the form's own number or date",
      question: 'Which number has the form?',
    },
    {
      flags: '--help-wanted <text>',
      summary: 'what the unit is asked to do',
      question: 'What is the unit asked to do?',
    },
  ],
  examples: [
    {
      line: 'rollcall csr idssr SR20-01 --unit 189 --form IDSSR-20-77 --help-wanted "surveillance"',
      says: 'linked',
    },
  ],
  carries: [
    { rule: 'CSR-32', as: 'check' },
    { rule: 'CSR-33', as: 'evidence' },
  ],
  step({ answers: { unit = '', form, helpWanted } }) {
    if (!isKnownUnit(unit)) throw usageError(`--unit: "${unit}" is no unit.`, 'Write its number, 189.');
    return { name: 'idssr', unit, detail: { idssr: form, detail: helpWanted } };
  },
  says: ({ answers: { form, unit } }) => `linked to ${form} of unit ${unit}`,
});
