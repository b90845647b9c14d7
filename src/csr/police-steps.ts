import { clockBook } from '../casework/replay.ts';
import type { Command } from '../core/command.ts';
import { extendByDays } from '../core/due.ts';
import { FAR_FUTURE, type Instant, isoOrNull } from '../core/instant.ts';
import type { Column, Document } from '../report/document.ts';
import { policeRequestKind } from './police-records.ts';
import { makeStepCommand, type Stepped, type StepSpec } from './steps.ts';
import type { PoliceRequestState } from './workflow.ts';

/**
 * When an extension that stands would end, had its days been added to the due day before it; null where that is the
 * same day, or nothing was extended (A-CSR-2: both are told when they differ).
 */
export function dueIfAdded({ spans }: PoliceRequestState): Instant | null {
  const last = spans.at(-1);
  const before = spans.findLast(({ period }) => last !== undefined && period === last.period - 1);
  const extension = before === undefined ? null : clockBook().get('CSR-38')?.extension;
  if (last === undefined || before === undefined || !extension) return null;
  const added = extendByDays(before.dueAt, extension.days);
  return added === last.dueAt ? null : added;
}

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
      dueIfAdded: isoOrNull(dueIfAdded(state)),
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
    dueIfAdded:
      'end of the extension, had its days been added to the due day; null where it is the same (A-CSR-2)',
    stoppedAt: 'instant at which that clock stopped; null while it runs',
    extensions: 'extensions that counted',
    returns: 'times it was returned',
  },
};

/** A verb that does one step on police requests. */
export function makePoliceCommand(spec: StepSpec<PoliceRequestState>): Command<Document> {
  return makeStepCommand(STEPPED, spec);
}
