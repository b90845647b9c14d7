import { refuseBy } from '../../casework/act-verb.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { makeOssCommand } from '../act-spec.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';

/** `rollcall oss submit <id>`: the plan goes to command and to the Area Representative. */
export const ossSubmit = makeOssCommand({
  name: 'oss submit',
  summary: 'submit the Action Plan for review',
  details:
    'After a meeting (OSS-34), with at least one support (OSS-43) and every question answered (OSS-44). Each ' +
    'submission gives command 48 hours (OSS-31). When corrections change the plan dramatically the member is met ' +
    'again first (OSS-48).',
  roles: SUPERVISOR_ROLES,
  by: ['OSS-45', 'submit an Action Plan'],
  area: 'oss.plan',
  async step({ before, context, id }) {
    const { questions } = loadPolicy(context.env).oss().plan;
    const unanswered = questions.filter(({ code }) => !before.answers[code]?.trim()).map(({ code }) => code);
    const asks = before.changed && !before.meetAgain && context.interactive;
    if (asks) {
      const dramatic = await context.prompt.confirm(
        'Supports changed: do the corrections change it dramatically?',
      );
      if (dramatic) throw refuseBy(context, 'OSS-48', `${id}: the member is to be met again before this.`);
    }
    const supports = before.supports.map((item) => item.support).join(';');
    return {
      name: 'plan-submitted',
      detail: {
        supports: supports || 'none',
        unanswered: unanswered.join(', '),
        dramatic: asks ? 'no' : null,
      },
    };
  },
  says: (_, after) => `has a plan submitted (the ${ordinal(after.plans)})`,
  examples: [{ line: 'rollcall oss submit WI-0034 --actor M0026', says: 'the plan as it stands' }],
  carries: [
    { rule: 'OSS-34', as: 'block' },
    { rule: 'OSS-43', as: 'block' },
    { rule: 'OSS-44', as: 'block' },
    { rule: 'OSS-45', as: 'evidence' },
    { rule: 'OSS-48', as: 'block' },
  ],
});

function ordinal(n: number): string {
  return ['first', 'second', 'third'][n - 1] ?? `${n}th`;
}
