import type { CaseEvent } from '../core/workflow.ts';
import { type Acting, eventOf } from './act-command.ts';

/** The first access that a decision implies: who decides has read it. */
export function impliedAccess(acting: Acting): readonly CaseEvent[] {
  return acting.state.firstAccessedAt === null ? [eventOf(acting, 'accessed')] : [];
}
