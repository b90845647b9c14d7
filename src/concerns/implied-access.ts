import type { Step } from '../casework/act-verb.ts';
import type { Acting } from './act-spec.ts';

/** The first access that a decision implies: who decides has read it. */
export function impliedAccess({ before }: Acting): readonly Step[] {
  return before.firstAccessedAt === null ? [{ name: 'accessed' }] : [];
}
