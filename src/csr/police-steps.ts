import { FAR_FUTURE, isoOrNull } from '../core/instant.ts';
import type { Column } from '../report/document.ts';
import { policeRequestKind } from './police-records.ts';
import type { Step } from './steps.ts';
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

/** What every step on a police request has in common: the due day as it stands after it, and by which rule. */
export const policeStep = {
  kind: policeRequestKind,
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
} satisfies Partial<Step<PoliceRequestState>>;

/** JSON fields of every step on police requests. */
export const POLICE_STEP_FIELDS: Readonly<Record<string, string>> = {
  'items[].id': 'SR number',
  'items[].kept': 'false when a rule refused it',
  'items[].state': 'state after the step',
  'items[].assignedTo': 'investigating member',
  'items[].dueAt': 'due instant of the last period; null without a clock',
  'items[].dueBy': 'rule of that period, CSR-38 or CSR-47',
  'items[].stoppedAt': 'instant at which that clock stopped; null while it runs',
  'items[].extensions': 'extensions that counted',
  'items[].returns': 'times it was returned',
  'items[].remarks[]': 'rule, code and text of what the rules remark on',
  'items[].rule': 'rule that refused it',
  'items[].text': 'why',
  total: 'requests named',
  kept: 'requests that took the step',
  refused: 'requests that did not',
};

/** The office of community policing's own roles (CSR-36). */
export const OFFICE = ['cp-sergeant', 'cp-officer', 'executive-officer'] as const;
export const SERGEANT = ['cp-sergeant'] as const;
