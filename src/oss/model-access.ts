import type { Context } from '../core/command.ts';
import { scopeOf } from '../core/policy.ts';
import { type Actor, requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';

/** Who may fit and validate: figures about all members, never one. */
const EVALUATORS = ['evaluator', 'ossu-supervisor', 'isd-admin'];

/** Who may have Work Items generated: the unit that runs the system, and those who run its computers. */
const GENERATORS = ['ossu-supervisor', 'isd-admin'];

const CITE = { rule: 'OSS-58', cite: 'D20-04 V.C' } as const;

/** True when a member may fit and validate models. */
export function mayEvaluate({ roles }: Actor): boolean {
  return EVALUATORS.some((role) => roles.has(role));
}

/** The acting member, who may fit and validate models, or do `what` else their keepers do; a refusal otherwise. */
export function requireEvaluator(
  reader: Reader,
  context: Context,
  what = 'fit or validate data models',
): Promise<Actor> {
  return requireRole(reader, context, EVALUATORS, { ...CITE, what });
}

/** The acting member, who may have Work Items generated (OSS-14); a refusal otherwise. */
export function requireGenerator(reader: Reader, context: Context): Promise<Actor> {
  return requireRole(reader, context, GENERATORS, { ...CITE, what: 'have Work Items generated' });
}

/** True when the view matrix gives this member a part (`oss.detail`, `oss.invalid` …) of every Work Item. */
export function seesAll(context: Context, { roles }: Actor, area: string): boolean {
  const views = loadPolicy(context.env).views();
  return [...roles].some((role) => scopeOf(views, area, role) === 'all');
}
