import { existsSync } from 'node:fs';
import { logAccess } from '../casework/log.ts';
import type { Context } from '../core/command.ts';
import { peopleCount, plural } from '../core/duration.ts';
import { resolveActor } from '../people/identity.ts';
import type { Table } from '../report/document.ts';
import { read } from '../store/store.ts';
import { mayEvaluate } from './model-access.ts';
import { type CategoryCount, categoryCounts } from './model-records.ts';
import { sortCategory } from './models/categories.ts';
import type { Outcome } from './models/outcomes.ts';
import { SMALL } from './validate-units.ts';

/** A category as the records name it, with its complaints; null for one to four of them. */
export interface ListedCategory {
  readonly category: string;
  readonly complaints: number | null;
}

/** Which complaint categories of a store are taken as on or off duty where no on_duty column says it. */
export interface DutyCategories {
  readonly duty: 'on' | 'off';
  readonly items: readonly ListedCategory[];
  /** Complaints of these categories, of those taken the other way, and of those on neither list. */
  readonly taken: number;
  readonly otherwise: number;
  readonly neither: number;
}

/** The categories behind an outcome, most complaints first; null for one that does not ask for duty. */
export function dutyCategories(outcome: Outcome, counts: readonly CategoryCount[]): DutyCategories | null {
  if (outcome !== 'on-duty' && outcome !== 'off-duty') return null;
  const duty = outcome === 'on-duty' ? 'on' : 'off';
  const sorted = counts.map((count) => ({ ...count, onDuty: sortCategory(count.category).onDuty }));
  const of = (onDuty: boolean | null) => sorted.filter((count) => count.onDuty === onDuty);
  const sum = (some: readonly CategoryCount[]) => some.reduce((total, one) => total + one.complaints, 0);
  const taken = of(duty === 'on');
  return {
    duty,
    items: taken
      .toSorted((a, b) => b.complaints - a.complaints || ((a.category ?? '') < (b.category ?? '') ? -1 : 1))
      .map(({ category, complaints }) => ({
        category: category ?? '',
        complaints: complaints < SMALL ? null : complaints,
      })),
    taken: sum(taken),
    otherwise: sum(of(duty !== 'on')),
    neither: sum(of(null)),
  };
}

/** The same of the store, for those who may validate; null without a store or for anyone else. The look is logged. */
export async function categoriesOfStore(context: Context, outcome: Outcome): Promise<DutyCategories | null> {
  if (dutyCategories(outcome, []) === null || !existsSync(context.storePath)) return null;
  const found = await read(context.storePath, async (reader) => {
    const actor = await resolveActor(reader, context);
    if (actor === null || !mayEvaluate(actor)) return null;
    return { actor, categories: dutyCategories(outcome, await categoryCounts(reader, context.now)) };
  });
  if (found === null) return null;
  const [system, command, subject] = ['oss', 'oss models', `categories ${outcome}`] as const;
  await logAccess(context, { system, command, subject, actorId: found.actor.memberId });
  return found.categories;
}

/** The list as a table. */
export function categoriesTable({ duty, items, taken, otherwise, neither }: DutyCategories): Table {
  const other = duty === 'on' ? 'off' : 'on';
  return {
    kind: 'table',
    id: 'categories',
    title: `Complaint categories taken as ${duty} duty`,
    columns: [
      { key: 'category', title: 'Category, as the records name it' },
      { key: 'complaints', title: 'Complaints', align: 'right' },
    ],
    rows: items.map(({ category, complaints }) => ({ category, complaints: complaints ?? `under ${SMALL}` })),
    caption:
      `${plural(items.length, 'category', 'categories')}, ${plural(taken, 'row')} of complaints in which no on_duty column says it. ` +
      `Taken as ${other} duty: ${peopleCount(otherwise)}; as neither, and counted for neither outcome: ${peopleCount(neither)}.`,
    empty: `No complaint of this store has a category that is taken as ${duty} duty.`,
  };
}
