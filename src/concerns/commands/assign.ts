import { usageError } from '../../core/errors.ts';
import type { CaseEvent } from '../../core/workflow.ts';
import { isKnownUnit } from '../../people/units.ts';
import type { Reader } from '../../store/store.ts';
import { type Acting, answer, eventOf, makeAct, refuse } from '../act-command.ts';
import { impliedAccess } from '../implied-access.ts';
import { COMMAND, SERGEANT } from '../roles.ts';
import { requireMember, requireOwnUnit, taskOf } from '../task.ts';

/** `rollcall concerns assign`: to units (sergeant), to a supervisor (command), to a member (supervisor). */
export const concernsAssign = makeAct({
  verb: 'assign',
  summary: 'assign a concern to units, a supervisor or a member',
  details:
    'The sergeant names the unit or, with --unit given again, the units; each has 7 days of its own (CC-17, CC-22). ' +
    'Whatever concerns a building goes to Unit 241 (CC-16). A lieutenant, commanding officer or unit supervisor names ' +
    'the supervisor of their unit (CC-21), the supervisor the member who acts (CC-27): neither starts the 7 days anew.',
  done: 'is assigned',
  roles: [...SERGEANT, ...COMMAND, 'unit-supervisor', 'supervisor'],
  rule: 'CC-17',
  what: 'assign a concern',
  asks: [
    { flags: '--unit <unit>', key: 'unit', summary: 'the unit; again for further units', repeatable: true },
    { flags: '--supervisor <member>', key: 'supervisor', summary: 'the supervisor who answers for it' },
    { flags: '--member <member>', key: 'member', summary: 'the member who is to act' },
  ],
  examples: [
    { line: 'rollcall concerns assign CC-2020-000001 --unit 5', says: 'starts the 7 days of unit 5' },
    {
      line: 'rollcall concerns assign CC-2020-000001 --unit 5 --unit 241',
      says: 'two units, each with its own clock',
    },
    {
      line: 'rollcall concerns assign CC-2020-000001 --supervisor M0026 --actor M0015',
      says: 'the supervisor of it',
    },
  ],
  carries: [
    { rule: 'CC-16', as: 'check' },
    { rule: 'CC-17', as: 'check' },
    { rule: 'CC-21', as: 'check' },
    { rule: 'CC-27', as: 'check' },
  ],
  events,
});

async function events(acting: Acting, reader: Reader): Promise<readonly CaseEvent[]> {
  const { actor, answers } = acting;
  const supervisor = answer(answers, 'supervisor');
  const member = answer(answers, 'member');
  await requireMember(reader, supervisor, '--supervisor');
  await requireMember(reader, member, '--member');
  const detail = { supervisor_id: supervisor, assigned_to: member };
  const isSergeant = actor.roles.has('cp-sergeant');
  const units = unitsOf(acting);
  if (isSergeant && units.length > 0) {
    return [...impliedAccess(acting), ...units.map((unit) => eventOf(acting, 'assigned', { unit, detail }))];
  }
  if (supervisor === undefined && member === undefined) {
    throw isSergeant
      ? usageError('concerns assign needs the unit.', 'Add --unit <unit>.')
      : usageError('concerns assign needs whom.', 'Add --supervisor <member> or --member <member>.');
  }
  if (units.length > 1)
    throw usageError('A supervisor or member is named for one unit at a time.', 'Give one --unit.');
  const [unit] = units;
  const task = taskOf({ ...acting, answers: { ...answers, unit } }, 'CC-21');
  if (!isSergeant) requireOwnUnit(acting, task, 'CC-21');
  const commands = isSergeant || ['unit-supervisor', ...COMMAND].some((role) => actor.roles.has(role));
  if (supervisor !== undefined && !commands) {
    throw refuse(
      'CC-21',
      `${actor.memberId} may not name the supervisor: a lieutenant or commanding officer does.`,
    );
  }
  return [eventOf(acting, 'designated', { unit: task.unit, detail })];
}

function unitsOf({ answers }: Acting): readonly string[] {
  const units = Array.isArray(answers.unit) ? answers.unit : [];
  const unknown = units.find((unit) => !isKnownUnit(unit));
  if (unknown !== undefined)
    throw usageError(`--unit ${unknown} is no unit.`, 'Units are numbers: 5, 145, 241.');
  return [...new Set(units)];
}
