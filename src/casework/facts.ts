import type { Instant } from '../core/instant.ts';
import type { RecordView } from './directive.ts';

/** A fact of a record that is an instant (seconds), or null while it has not happened. */
export function instantFact(key: string, label: string, at: number | null): RecordView['facts'][number] {
  return { key, label, value: { kind: 'instant', at: at as Instant | null } };
}
