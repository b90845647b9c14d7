import { makeConcernsCommand } from '../act-spec.ts';
import { EXECUTIVE } from '../roles.ts';
import { requireMember } from '../task.ts';

/** `rollcall concerns decide`: settles a dispute (CC-33). */
export const concernsDecide = makeConcernsCommand({
  name: 'concerns decide',
  summary: 'decide a dispute on who owns a concern',
  details:
    'For the executive officer, or the district commander in their absence; without a delegation on record that is kept and remarked on (CC-33, CC-36). The lieutenant or commanding officer whom --responsible names has the tasks for which nobody was named yet, and what another does about it is remarked on.',
  says: 'is decided',
  roles: EXECUTIVE,
  by: ['CC-33', 'decide a dispute'],
  asks: [
    { flags: '--reason <text>', summary: 'the decision', question: 'The decision' },
    { flags: '--responsible <member>', summary: 'the lieutenant or commanding officer who owns it' },
  ],
  examples: [
    { line: 'rollcall concerns decide CC-2020-000001 --reason "stays with the watch"', says: 'settled' },
  ],
  carries: [
    { rule: 'CC-33', as: 'check' },
    { rule: 'CC-36', as: 'check' },
  ],
  async step({ answers: { reason, responsible }, look }) {
    await look((reader) => requireMember(reader, responsible, '--responsible'));
    return { name: 'decided', reason, detail: { responsible } };
  },
});
