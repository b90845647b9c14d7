import { refuseBy, type Step } from '../../casework/act-verb.ts';
import { usageError } from '../../core/errors.ts';
import { isKnownUnit } from '../../people/units.ts';
import { type Acting, makeConcernsCommand } from '../act-spec.ts';
import { impliedAccess } from '../implied-access.ts';
import { COMMAND, SERGEANT } from '../roles.ts';
import { ownTaskOf, requireMember, taskOf } from '../task.ts';

/** `rollcall concerns assign`: to units (sergeant), to a supervisor (command), to a member (supervisor). */
export const concernsAssign = makeConcernsCommand({
  name: 'concerns assign',
  summary: 'assign a concern to units, a supervisor or a member',
  details:
    'The sergeant names the unit or, with --unit given again, the units; each has 7 days of its own (CC-17, CC-22). ' +
    'Whatever concerns a building goes to Unit 241 (CC-16). A lieutenant, commanding officer or unit supervisor names ' +
    'the supervisor of their unit (CC-21), the supervisor the member of the unit who acts (CC-27): neither starts the 7 days anew. A supervisor whom the ' +
    'sergeant names is kept and remarked on (CC-21).',
  says: 'is assigned',
  roles: [...SERGEANT, ...COMMAND, 'unit-supervisor', 'supervisor'],
  by: ['CC-17', 'assign a concern'],
  asks: [
    { flags: '--unit <unit>', summary: 'the unit; again for further units', repeatable: true },
    { flags: '--supervisor <member>', summary: 'the supervisor who answers for it' },
    { flags: '--member <member>', summary: 'the member who is to act' },
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
  step,
});

async function step(acting: Acting): Promise<Step | readonly Step[]> {
  const { actor, look } = acting;
  const { supervisor, member } = acting.answers;
  await look((reader) => requireMember(reader, supervisor, '--supervisor'));
  await look((reader) => requireMember(reader, member, '--member'));
  const detail = { supervisor_id: supervisor, assigned_to: member };
  const isSergeant = actor.roles.has('cp-sergeant');
  const units = unitsOf(acting);
  if (isSergeant && units.length > 0) {
    return [...impliedAccess(acting), ...units.map((unit) => ({ name: 'assigned', unit, detail }))];
  }
  if (supervisor === undefined && member === undefined) {
    throw isSergeant
      ? usageError('concerns assign needs the unit.', 'Add --unit <unit>.')
      : usageError('concerns assign needs whom.', 'Add --supervisor <member> or --member <member>.');
  }
  if (units.length > 1)
    throw usageError('A supervisor or member is named for one unit at a time.', 'Give one --unit.');
  const find = isSergeant ? taskOf : ownTaskOf;
  const { unit } = find(acting, 'CC-21', units[0]);
  const commands = isSergeant || ['unit-supervisor', ...COMMAND].some((role) => actor.roles.has(role));
  if (supervisor !== undefined && !commands) {
    throw refuseBy(
      acting.context,
      'CC-21',
      `${actor.memberId} may not name the supervisor: a lieutenant or commanding officer does.`,
    );
  }
  return { name: 'designated', unit, detail };
}

function unitsOf({ lists: { unit: units = [] } }: Acting): readonly string[] {
  const unknown = units.find((unit) => !isKnownUnit(unit));
  if (unknown !== undefined)
    throw usageError(`--unit ${unknown} is no unit.`, 'Units are numbers: 5, 145, 241.');
  return [...new Set(units)];
}
