import type { CaseState, Workflow } from '../core/workflow.ts';
import type { Directive } from './directive.ts';

/**
 * Rules that a workflow's table carries: the rule of every role, needed text and clock is flagged when it is broken,
 * and so are `further`, which its objections name. A step's own rule is kept as evidence: the event says it was done.
 */
export function ruleCarriers<S extends CaseState>(
  workflow: Workflow<S>,
  further: readonly string[],
): Directive['carries'] {
  const flagged = new Set([...workflow.clockRules, ...further]);
  const kept = new Set<string>();
  for (const transition of workflow.transitions) {
    kept.add(transition.rule);
    if (transition.who) flagged.add(transition.who.rule);
    for (const need of transition.needs ?? []) flagged.add(need.rule);
  }
  return [
    ...[...flagged].map((rule) => ({ rule, as: 'check' as const })),
    ...[...kept].filter((rule) => !flagged.has(rule)).map((rule) => ({ rule, as: 'evidence' as const })),
  ];
}
