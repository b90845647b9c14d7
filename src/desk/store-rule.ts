import { usageError } from '../core/errors.ts';
import type { Rule } from '../core/policy.ts';
import { nearest } from '../core/text.ts';

/** The rule that a person named (`cp-34`, `CP-34`); throws a usage error with the nearest id for an unknown one. */
export function ruleNamed(rules: readonly Rule[], given: string): Rule {
  const [family = '', number = ''] = given.trim().toUpperCase().split('-');
  const id = `${family}-${number.padStart(2, '0')}`;
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule === undefined) {
    const near = nearest(
      id,
      rules.map((candidate) => candidate.id),
    );
    const remedy =
      near === null ? 'rollcall rules lists them.' : `Did you mean ${near}? rollcall rules lists them.`;
    throw usageError(`There is no rule "${given}".`, remedy);
  }
  if (rule.status === 'off') {
    throw usageError(
      `Rule ${rule.id} is switched off by the department's policy file.`,
      'rollcall rules lists them.',
    );
  }
  return rule;
}
