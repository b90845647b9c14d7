import type { Context } from '../core/command.ts';
import { refusal, usageError } from '../core/errors.ts';
import { type Actor, requireRole } from '../people/identity.ts';
import type { Reader } from '../store/store.ts';
import { workItemById } from './records.ts';

/** Who may fit and validate: figures about all members, never one. */
const EVALUATORS = ['evaluator', 'ossu-supervisor', 'isd-admin'];

/** Who may have Work Items generated: the unit that runs the system, and those who run its computers. */
const GENERATORS = ['ossu-supervisor', 'isd-admin'];

const CITE = { rule: 'OSS-58', cite: 'D20-04 V.C' } as const;

/** The acting member, who may fit and validate models; a refusal otherwise. */
export function requireEvaluator(reader: Reader, context: Context): Promise<Actor> {
  return requireRole(reader, context, EVALUATORS, { ...CITE, what: 'fit or validate data models' });
}

/** The acting member, who may have Work Items generated (OSS-14); a refusal otherwise. */
export function requireGenerator(reader: Reader, context: Context): Promise<Actor> {
  return requireRole(reader, context, GENERATORS, { ...CITE, what: 'have Work Items generated' });
}

/** Who may see any Work Item, an invalid one included (OSS-12). */
const SEE_ALL = ['oss-analyst', 'ossu-supervisor'];

/** Who may see a valid Work Item once it has reached them. */
const SEE_THEIRS = [
  'oss-area-rep',
  'watch-operations-lieutenant',
  'commanding-officer',
  'unit-supervisor',
  'supervisor',
];

type WorkItem = NonNullable<Awaited<ReturnType<typeof workItemById>>>;

/**
 * The acting member and a Work Item that they may see in full. Whoever sees only what reached them is refused in the
 * same words whether there is no such item, it is invalid, or it is with somebody else.
 */
export async function requireItemViewer(
  reader: Reader,
  context: Context,
  id: string,
): Promise<{ readonly actor: Actor; readonly item: WorkItem }> {
  const actor = await requireRole(reader, context, [...SEE_ALL, ...SEE_THEIRS], {
    ...CITE,
    what: 'see a Work Item',
  });
  const item = await workItemById(reader, id);
  if (SEE_ALL.some((role) => actor.roles.has(role))) {
    if (item === undefined) throw usageError(`There is no Work Item ${id}.`);
    return { actor, item };
  }
  if (item === undefined || !reached(item, actor.memberId))
    throw refusal(CITE.rule, CITE.cite, `${actor.memberId} may see no Work Item ${id}.`);
  return { actor, item };
}

function reached(item: WorkItem, memberId: string): boolean {
  if (item.determination !== 'valid' || item.member_id === memberId) return false;
  return [item.area_rep_id, item.command_id, item.supervisor_id].includes(memberId);
}
