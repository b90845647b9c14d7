import { usageError } from '../../core/errors.ts';
import type { CaseEvent } from '../../core/workflow.ts';
import { isKnownUnit } from '../../people/units.ts';
import type { Reader } from '../../store/store.ts';
import { type Acting, answer, eventOf, makeAct } from '../act-command.ts';
import { COMMAND, EXECUTIVE, SERGEANT } from '../roles.ts';
import { requireMember } from '../task.ts';

/** `rollcall concerns reassign`: to another unit, or to none (A-CC-5, CC-34). */
export const concernsReassign = makeAct({
  verb: 'reassign',
  summary: 'move a concern to another unit, or leave it without one',
  details:
    "The sergeant's move to another unit starts 7 days for that unit; anyone else's keeps the due day (A-CC-5). " +
    '--unit none leaves it without a unit. Every move is counted; over 3 and without a unit it goes to the executive ' +
    'officer (CC-34).',
  done: 'is re-assigned',
  roles: [...SERGEANT, ...COMMAND, 'unit-supervisor', ...EXECUTIVE],
  rule: 'CC-17',
  what: 're-assign a concern',
  asks: [
    {
      flags: '--unit <unit>',
      key: 'unit',
      summary: 'the unit that takes it, or none',
      ask: 'Which unit takes it?',
    },
    { flags: '--from <unit>', key: 'from', summary: 'the unit that gives it up; else the last assigned' },
    { flags: '--supervisor <member>', key: 'supervisor', summary: 'the supervisor who answers for it' },
    { flags: '--reason <text>', key: 'reason', summary: 'why it moves' },
  ],
  examples: [
    { line: 'rollcall concerns reassign CC-2020-000001 --unit 145', says: 'to another unit' },
    {
      line: 'rollcall concerns reassign CC-2020-000001 --unit none --reason "not ours"',
      says: 'nobody has it',
    },
  ],
  carries: [{ rule: 'CC-34', as: 'check' }],
  events,
  notes: (_, { reassignments }) => [`Re-assigned ${reassignments} times so far.`],
});

async function events(acting: Acting, reader: Reader): Promise<readonly CaseEvent[]> {
  const { answers } = acting;
  const unit = answer(answers, 'unit') ?? '';
  const none = unit.toLowerCase() === 'none';
  if (!none && !isKnownUnit(unit))
    throw usageError(`--unit ${unit} is no unit.`, 'Name a unit by number, or none.');
  const supervisor = answer(answers, 'supervisor');
  await requireMember(reader, supervisor, '--supervisor');
  const detail = { from_unit: answer(answers, 'from'), supervisor_id: supervisor };
  return [
    eventOf(acting, 'reassigned', { unit: none ? null : unit, reason: answer(answers, 'reason'), detail }),
  ];
}
