import { readFileSync } from 'node:fs';
import { dataFile } from '../../store/data-files.ts';

/** Kinds of complaint that the models tell apart; `conduct` is off-duty conduct, `other` what fits no list. */
export const GROUPS = ['force', 'search', 'verbal', 'operations', 'integrity', 'conduct', 'other'] as const;
export type Group = (typeof GROUPS)[number];

/** What a category says: its kind, and whether it is about conduct on duty (true), off duty (false), or cannot tell. */
export interface Sorted {
  readonly group: Group;
  readonly onDuty: boolean | null;
}

interface Line {
  readonly codes?: readonly string[];
  readonly words?: readonly string[];
}

/** The lists by which complaint categories are sorted (data/models/oss-categories.json). */
export interface CategoryLists {
  readonly about: readonly string[];
  readonly duty: readonly (Line & { readonly duty: 'on' | 'off' | null })[];
  readonly groups: readonly (Line & { readonly group: Group })[];
}

let shipped: CategoryLists | null = null;

/** The shipped lists, read once. */
function categoryLists(): CategoryLists {
  shipped ??= JSON.parse(readFileSync(dataFile('models/oss-categories.json'), 'utf8')) as CategoryLists;
  return shipped;
}

/** Sorts one category, `05A ARRESTEE …` or free words; the first line of a list that fits holds. */
export function sortCategory(category: string | null, lists: CategoryLists = categoryLists()): Sorted {
  const text = (category ?? '').trim().toLowerCase();
  const code = /^([0-9]{2}[0-9a-z]*|s[0-9]{3})\b/.exec(text)?.[1] ?? '';
  const fits = (line: Line): boolean =>
    (code !== '' && (line.codes ?? []).some((prefix) => code.startsWith(prefix.toLowerCase()))) ||
    (line.words ?? []).some((word) => text.includes(word));
  const duty = text === '' ? null : (lists.duty.find(fits)?.duty ?? null);
  const group = lists.groups.find(fits)?.group ?? 'other';
  return { group: duty === 'off' ? 'conduct' : group, onDuty: duty === null ? null : duty === 'on' };
}
