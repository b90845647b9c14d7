import { hash } from 'node:crypto';
import { canonical } from './log.ts';

type Data = Readonly<Record<string, unknown>>;

/** What stands beside the figures: it changes with a further import or another comparison, and the figures do not. */
const BESIDE = ['sources', 'ruleset', 'notes', 'against'];
/** What the JSON form has beside the archived data. */
const AROUND = ['schema', 'asOf', 'newestImport', 'auditHead', 'state', 'decision', 'submitted', 'digest'];

/** The bytes that are archived. The head of the chain moves with the very submission: it is no part of them. */
export function archiveText(data: Data): string {
  return canonical(without(data, AROUND));
}

/** The SHA-256 of a report's bytes, whether it is its data or its JSON form. */
export function digestOf(data: Data): string {
  return hash('sha256', archiveText(data), 'hex');
}

/** Whether archived bytes have the very figures of a report. */
export function sameFigures(kept: string, data: Data): boolean {
  const archived: Data = JSON.parse(kept);
  const known = new Set(Object.keys(archived));
  const beside = [...AROUND, ...BESIDE, ...Object.keys(data).filter((key) => !known.has(key))];
  return canonical(without(archived, beside)) === canonical(without(data, beside));
}

function without(data: Data, keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
