import type { Workflow } from '../core/workflow.ts';
import { beforeSubmission } from './objections.ts';
import { OFFICE_STEPS } from './office-steps.ts';
import type { ConcernState } from './state.ts';
import { UNIT_STEPS } from './unit-steps.ts';

/** Community Concerns, S02-03-03 VI and VII. */
export const concernWorkflow: Workflow<ConcernState> = {
  system: 'concerns',
  record: 'Community Concern',
  clockRules: ['CC-15', 'CC-22'],
  transitions: [...OFFICE_STEPS, ...UNIT_STEPS].map((transition) => ({
    ...transition,
    objects: (state, event, facts) => [
      ...beforeSubmission(state, event),
      ...(transition.objects?.(state, event, facts) ?? []),
    ],
  })),
};
