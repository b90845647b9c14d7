import type { Command, Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import type { CaseEvent } from '../core/workflow.ts';
import { type Actor, requireRole } from '../people/identity.ts';
import type { Document } from '../report/document.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader, Writer } from '../store/store.ts';
import { type Ask, optionOf } from './act-asking.ts';

/** What every verb that takes a step on records says of itself. */
export interface Verb {
  /** As typed: `oss forward`. */
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  /** Who may try, null for every known member; the workflow judges each role again. */
  readonly roles: readonly string[] | null;
  /** The rule that names who does this, and what is refused to others as an infinitive: `forward a Work Item`. */
  readonly by: readonly [rule: string, what: string];
  readonly asks?: readonly Ask[];
  readonly examples: Command<Document>['examples'];
  readonly carries?: Command<Document>['carries'];
}

/** A step that a verb asks for; time and member are added. Blank details are left out. */
export type Step = Pick<CaseEvent, 'name'> & {
  readonly reason?: string | null;
  readonly unit?: string | null;
  readonly detail?: Readonly<Record<string, string | null | undefined>>;
  /** Writes what stands beside the event, in the same transaction, after the rules have let it pass. */
  readonly beside?: (writer: Writer) => Promise<void>;
};

/** What a verb's command says of itself; its arguments, JSON fields and `run` are added. */
export function verbOf({ name, summary, details, asks = [], examples, carries }: Verb) {
  return { name, summary, details, options: asks.map(optionOf), examples, carries, writes: true } as const;
}

/** Who acts; a refusal with the verb's rule when it is nobody known or none of its roles (exit code 4). */
export function actorOf(
  reader: Reader,
  context: Context,
  { roles, by }: Pick<Verb, 'roles' | 'by'>,
): Promise<Actor> {
  const [rule, what] = by;
  return requireRole(reader, context, roles, { rule, cite: loadPolicy(context.env).cite(rule), what });
}

/** The event of a step by a member at a time. */
export function eventOf(step: Step, by: string, at: Instant): CaseEvent {
  const detail: Record<string, string> = {};
  for (const [key, value] of Object.entries(step.detail ?? {})) if (value) detail[key] = value;
  const { name, unit = null, reason = null } = step;
  return { name, at, unit, by, reason, detail };
}

/** A refusal by a rule of the policy, which knows its cite (exit code 4). */
export function refuseBy(context: Context, rule: string, message: string, remedy?: string): Error {
  return refusal(rule, loadPolicy(context.env).cite(rule), message, remedy);
}
