import type { Step } from '../../casework/act-verb.ts';
import { plural } from '../../core/duration.ts';
import { usageError } from '../../core/errors.ts';
import { isKnownUnit } from '../../people/units.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { COMMAND, EXECUTIVE, SERGEANT } from '../roles.ts';
import { requireMember } from '../task.ts';

/** `rollcall concerns reassign`: to another unit, or to none (A-CC-5, CC-34). */
export const concernsReassign = makeConcernsCommand({
  name: 'concerns reassign',
  summary: 'move a concern to another unit, or leave it without one',
  details:
    "The sergeant's move to another unit starts 7 days for that unit; anyone else's keeps the due day, and the " +
    'extension that it has had (A-CC-5). --unit none takes it from its unit: where no other has it, nobody does and its ' +
    'clock goes on. A move that moves nothing is refused; each other is counted, and over 3 of them without a unit go ' +
    'to the executive officer (CC-34).',
  says: 'is re-assigned',
  roles: [...SERGEANT, ...COMMAND, 'unit-supervisor', ...EXECUTIVE],
  by: ['CC-17', 're-assign a concern'],
  asks: [
    {
      flags: '--unit <unit>',
      summary: 'the unit that takes it, or none',
      question: 'Which unit takes it?',
    },
    { flags: '--from <unit>', summary: 'the unit that gives it up; else the last assigned' },
    { flags: '--supervisor <member>', summary: 'the supervisor who answers for it' },
    { flags: '--reason <text>', summary: 'why it moves' },
  ],
  examples: [
    { line: 'rollcall concerns reassign CC-2020-000001 --unit 145', says: 'to another unit' },
    {
      line: 'rollcall concerns reassign CC-2020-000001 --unit none --reason "not ours"',
      says: 'nobody has it',
    },
  ],
  carries: [{ rule: 'CC-34', as: 'check' }],
  step,
  notes: (_, { reassignments }) => [`Re-assigned ${plural(reassignments, 'time')} so far.`],
});

async function step({ answers, look }: Acting): Promise<Step> {
  const { unit = '', from, supervisor, reason } = answers;
  const none = unit.toLowerCase() === 'none';
  if (!none && !isKnownUnit(unit))
    throw usageError(`--unit ${unit} is no unit.`, 'Name a unit by number, or none.');
  await look((reader) => requireMember(reader, supervisor, '--supervisor'));
  const detail = { from_unit: from, supervisor_id: supervisor };
  return { name: 'reassigned', unit: none ? null : unit, reason, detail };
}
