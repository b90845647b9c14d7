import type { Command } from '../core/command.ts';
import { FAR_FUTURE, isoOrNull } from '../core/instant.ts';
import type { Column, Document } from '../report/document.ts';
import { policeRequestKind } from './police-records.ts';
import { makeStepCommand, type Stepped, type StepSpec } from './steps.ts';
import type { PoliceRequestState } from './workflow.ts';

function lastSpan(state: PoliceRequestState) {
  return state.spans.at(-1) ?? null;
}

const COLUMNS: readonly Column[] = [
  { key: 'member', title: 'Investigating member' },
  { key: 'due', title: 'Due' },
  { key: 'rule', title: 'By' },
  { key: 'extensions', title: 'Extensions', align: 'right' },
];

// The due day as it stands after a step, and by which rule.
const STEPPED: Stepped<PoliceRequestState> = {
  kind: policeRequestKind,
  argument: { name: 'number', summary: 'SR number' },
  columns: COLUMNS,
  shows: (state: PoliceRequestState) => {
    const span = lastSpan(state);
    return {
      assignedTo: state.assignedTo,
      dueAt: span === null ? null : isoOrNull(span.dueAt),
      dueBy: span?.rule ?? null,
      stoppedAt: span === null ? null : isoOrNull(span.stoppedAt),
      extensions: state.extensions,
      returns: state.returns,
    };
  },
  cells: (state: PoliceRequestState) => {
    const span = lastSpan(state);
    const met = span !== null && span.stoppedAt < FAR_FUTURE;
    return {
      member: state.assignedTo,
      due: { kind: 'instant' as const, at: span?.dueAt ?? null },
      rule: span === null ? null : met ? `${span.rule}, stopped` : span.rule,
      extensions: state.extensions,
    };
  },
  fields: {
    assignedTo: 'investigating member',
    dueAt: 'due instant of the last period; null without a clock',
    dueBy: 'rule of that period, CSR-38 or CSR-47',
    stoppedAt: 'instant at which that clock stopped; null while it runs',
    extensions: 'extensions that counted',
    returns: 'times it was returned',
  },
};

/** A verb that does one step on police requests. */
export function makePoliceCommand(spec: StepSpec): Command<Document> {
  return makeStepCommand(STEPPED, spec);
}
