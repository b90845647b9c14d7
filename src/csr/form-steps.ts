import type { Command } from '../core/command.ts';
import { isoOrNull } from '../core/instant.ts';
import type { Document } from '../report/document.ts';
import { formKind } from './form-records.ts';
import type { FormState } from './form-workflow.ts';
import { makeStepCommand, type Stepped, type StepSpec } from './steps.ts';

const STEPPED: Stepped<FormState> = {
  kind: formKind,
  argument: { name: 'form', summary: 'form' },
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
  fields: {
    type: 'what is asked for',
    srNumber: '311 number; null before it is entered',
    completedAt: 'when the service was done',
    reportedOcpAt: 'when it was reported to the Office of Community Policing',
    returns: 'times it was returned',
  },
};

/** A verb that does one step on forms. */
export function makeFormCommand(spec: StepSpec<FormState>): Command<Document> {
  return makeStepCommand(STEPPED, spec);
}
