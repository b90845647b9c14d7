import { makeConcernsCommand } from '../act-spec.ts';
import { COMMAND } from '../roles.ts';

/** `rollcall concerns dispute`: asks who owns a concern (CC-33). */
export const concernsDispute = makeConcernsCommand({
  name: 'concerns dispute',
  summary: 'dispute which lieutenant owns a concern',
  details:
    'For lieutenants and commanding officers. The executive officer decides it (CC-33); the clock runs on.',
  says: 'is disputed',
  roles: COMMAND,
  by: ['CC-33', 'dispute who owns a concern'],
  asks: [
    {
      flags: '--reason <text>',
      summary: 'whose it is, and why',
      question: 'Whose is it, and why?',
    },
  ],
  examples: [
    { line: 'rollcall concerns dispute CC-2020-000001 --reason "for the tactical team"', says: 'to the XO' },
  ],
  carries: [{ rule: 'CC-33', as: 'check' }],
  step: 'disputed',
});
