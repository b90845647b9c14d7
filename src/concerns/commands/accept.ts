import { makeConcernsCommand } from '../act-spec.ts';
import { impliedAccess } from '../implied-access.ts';
import { SERGEANT } from '../roles.ts';

/** `rollcall concerns accept`: takes a concern for investigation (CC-14, CC-15). */
export const concernsAccept = makeConcernsCommand({
  name: 'concerns accept',
  summary: 'accept a concern for investigation',
  details:
    'A webportal concern has 36 hours from its first access (CC-15). Accepting one that nobody has opened counts as its ' +
    'first access. What is accepted waits to be assigned to a unit.',
  says: 'is accepted',
  roles: SERGEANT,
  by: ['CC-15', 'accept a concern'],
  examples: [
    { line: 'rollcall concerns accept CC-2020-000001 --actor M0019', says: 'worth an investigation' },
  ],
  carries: [
    { rule: 'CC-14', as: 'check' },
    { rule: 'CC-15', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  step: (acting) => [...impliedAccess(acting), { name: 'accepted' }],
});
