import { usageError } from '../../core/errors.ts';
import { makeOssCommand } from '../act-spec.ts';
import { SUPERVISOR_ROLES } from '../workflow-rules.ts';
import { listIn, type WorkItemState } from '../workflow-state.ts';

const TOPICS = ['application', 'supports', 'strategy', 'plan'];

/** `rollcall oss consult <id>`: supervisor and Area Representative confer, before the meeting and after it. */
export const ossConsult = makeOssCommand({
  name: 'oss consult',
  summary: 'record that supervisor and Area Representative conferred',
  details:
    'Before the meeting on supports and approach (OSS-33), after it on what to recommend (OSS-42), and if appropriate ' +
    'a debriefing after submission and at the end (OSS-46, OSS-50). What was said is not recorded.',
  roles: [...SUPERVISOR_ROLES, 'oss-area-rep'],
  by: ['OSS-33', 'confer on a Work Item'],
  asks: [
    {
      flags: '--topics <list>',
      summary: `what it was about, ; between: ${TOPICS.join(', ')}`,
      question: `About what? ${TOPICS.join('; ')}`,
    },
  ],
  step({ answers, before }) {
    const topics = listIn(answers.topics?.toLowerCase());
    const odd = topics.find((topic) => !TOPICS.includes(topic));
    if (odd !== undefined || topics.length === 0)
      throw usageError(`--topics: "${odd ?? ''}" is none of ${TOPICS.join(', ')}.`, 'Put ; between them.');
    return { name: 'consulted', detail: { kind: kindOf(before), topics: topics.join(';') } };
  },
  says: ({ before }) => `has a consultation: ${kindOf(before).replaceAll('-', ' ')}`,
  examples: [
    {
      line: 'rollcall oss consult WI-0034 --topics "supports;strategy" --actor M0026',
      says: 'before the meeting',
    },
  ],
  carries: [
    { rule: 'OSS-22', as: 'evidence' },
    { rule: 'OSS-33', as: 'check' },
    { rule: 'OSS-42', as: 'evidence' },
    { rule: 'OSS-46', as: 'evidence' },
    { rule: 'OSS-50', as: 'evidence' },
  ],
});

function kindOf(state: WorkItemState): string {
  if (state.state === 'completed') return 'debriefing-at-the-end';
  if (state.plans > 0) return 'debriefing-after-submission';
  return state.met ? 'on-the-recommendation' : 'before-the-meeting';
}
