import { peopleInstant } from '../../core/duration.ts';
import { dueIfAdded, makePoliceCommand } from '../police-steps.ts';

/** `rollcall csr extend <number> --reason …`: 15 days from this approval; a further one takes the commander. */
export const csrExtend = makePoliceCommand({
  name: 'csr extend',
  summary: 'approve more time for an SRSWO: 15 days from the approval',
  details:
    'The sergeant approves the first (CSR-45); any further one takes the district commander (CSR-47). The 15 days run ' +
    'from the approval, not from the due day, so an early approval gives fewer days: both are printed. A lapse before ' +
    'the approval stays on record.',
  roles: ['cp-sergeant', 'district-commander'],
  by: ['CSR-45', 'approve more time'],
  asks: [
    { flags: '--reason <text>', summary: 'as entered in 311', question: 'Which reason is entered in 311?' },
  ],
  examples: [
    { line: 'rollcall csr extend SR20-01 --reason "witness away" --actor M0019', says: 'the first' },
  ],
  carries: [
    { rule: 'CSR-39', as: 'check' },
    { rule: 'CSR-45', as: 'check' },
    { rule: 'CSR-46', as: 'check' },
    { rule: 'CSR-47', as: 'check' },
  ],
  step: 'extended',
  says: 'extended',
  notes: (taken) => [
    'The days of an extension run from the approval (A-CSR-2).',
    ...taken.flatMap(({ id, state }) => {
      const added = dueIfAdded(state);
      return added === null
        ? []
        : [`${id}: added to the due day before it, they would end ${peopleInstant(added)}.`];
    }),
  ],
});
