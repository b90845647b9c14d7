import { makeOssCommand, OSSU_ROLES } from '../act-spec.ts';

/** `rollcall oss response <id> --document …`: the member's written response is attached. */
export const ossResponse = makeOssCommand({
  name: 'oss response',
  summary: "attach the member's written response to the plan",
  details:
    'A member with a plan may respond in writing and never must (OSS-55). The unit attaches the response (OSS-25): rollcall keeps ' +
    'where the document is, not the document.',
  roles: OSSU_ROLES,
  by: ['OSS-25', 'attach a response'],
  area: 'oss.detail',
  asks: [
    {
      flags: '--document <reference>',
      summary: 'number or place of the document',
      question: 'Which document?',
    },
  ],
  step: ({ answers }) => ({ name: 'response', detail: { document: answers.document } }),
  says: "has the member's response attached",
  examples: [
    { line: 'rollcall oss response WI-0034 --document TFS-2021-004 --actor M0003', says: 'attached' },
  ],
  carries: [
    { rule: 'OSS-25', as: 'evidence' },
    { rule: 'OSS-55', as: 'evidence' },
  ],
});
