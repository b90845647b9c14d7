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

/**
 * Whether archived bytes have the very figures of a report. A later version may count more: a section that the archived
 * one has not is passed over, and within a section what it has not where nothing is counted.
 */
export function sameFigures(kept: string, data: Data): boolean {
  const archived: Data = JSON.parse(kept);
  const known = new Set(Object.keys(archived));
  const beside = [...AROUND, ...BESIDE, ...Object.keys(data).filter((key) => !known.has(key))];
  const now: unknown = JSON.parse(canonical(without(data, beside)));
  return agrees(without(archived, beside), now);
}

function agrees(archived: unknown, now: unknown): boolean {
  if (Array.isArray(archived))
    return (
      Array.isArray(now) &&
      archived.length === now.length &&
      archived.every((each, i) => agrees(each, now[i]))
    );
  if (!isData(archived)) return archived === now;
  return (
    isData(now) &&
    Object.entries(archived).every(([key, value]) => Object.hasOwn(now, key) && agrees(value, now[key])) &&
    Object.entries(now).every(([key, value]) => Object.hasOwn(archived, key) || isNothing(value))
  );
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isData(value)
    ? Object.values(value).every(isNothing)
    : value === null || value === 0 || value === '';
}

function without(data: Data, keys: readonly string[]): Data {
  return Object.fromEntries(Object.entries(data).filter(([key]) => !keys.includes(key)));
}
