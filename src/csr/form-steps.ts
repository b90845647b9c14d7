import { isoOrNull } from '../core/instant.ts';
import { formKind } from './form-records.ts';
import type { FormState } from './form-workflow.ts';
import type { Step } from './steps.ts';

/** What every step on a form shows. */
export const formStep = {
  kind: formKind,
  columns: [
    { key: 'type', title: 'Type' },
    { key: 'srNumber', title: '311 number' },
    { key: 'completed', title: 'Completed' },
  ],
  shows: (state: FormState) => ({
    type: state.type,
    srNumber: state.srNumber,
    completedAt: isoOrNull(state.completedAt),
    reportedOcpAt: isoOrNull(state.reportedOcpAt),
    returns: state.returns,
  }),
  cells: (state: FormState) => ({
    type: state.type,
    srNumber: state.srNumber,
    completed: { kind: 'instant' as const, at: state.completedAt },
  }),
} satisfies Partial<Step<FormState>>;

/** JSON fields of every step on forms. */
export const FORM_STEP_FIELDS: Readonly<Record<string, string>> = {
  'items[].id': 'form',
  'items[].kept': 'false when a rule refused it',
  'items[].state': 'state after the step',
  'items[].type': 'what is asked for',
  'items[].srNumber': '311 number; null before it is entered',
  'items[].completedAt': 'when the service was done',
  'items[].reportedOcpAt': 'when it was reported to the Office of Community Policing',
  'items[].returns': 'times it was returned',
  'items[].remarks[]': 'rule, code and text of what the rules remark on',
  'items[].rule': 'rule that refused it',
  'items[].text': 'why',
  total: 'forms named',
  kept: 'forms that took the step',
  refused: 'forms that did not',
};
