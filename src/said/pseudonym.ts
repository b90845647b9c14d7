import { createHmac } from 'node:crypto';

/**
 * The name under which an evaluator meets a subject (SAID-31): the same in every output of one store, and of no use
 * without that store's key.
 */
export function pseudonym(key: Buffer, subjectId: string): string {
  return `E-${createHmac('sha256', key).update(subjectId).digest('hex').slice(0, 16)}`;
}
