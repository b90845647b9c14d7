import { addMonths, parseLocalDate } from '../core/calendar.ts';
import type { Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { LocalDate } from '../core/instant.ts';
import { OUTCOMES, type Outcome } from './models/outcomes.ts';

/** An option's text, or null. */
export function textOf(input: Input, name: string): string | null {
  const value = input.options[name];
  return typeof value === 'string' ? value : null;
}

/** The day of an option; a usage error when it is missing or no day. */
export function dayOf(input: Input, name: string, flag: string): LocalDate {
  const text = textOf(input, name);
  if (text === null) throw usageError(`${flag} is missing.`, `Write it as ${flag} 2012-12-31.`);
  const day = parseLocalDate(text);
  if (day === null) throw usageError(`${flag}: "${text}" is no day.`, 'Write it as 2012-12-31.');
  return day;
}

/** The outcome of --outcome; a usage error when it is missing or unknown. */
export function outcomeOf(input: Input): Outcome {
  const text = textOf(input, 'outcome');
  const found = OUTCOMES.find((outcome) => outcome === text);
  if (found !== undefined) return found;
  const what = text === null ? '--outcome is missing.' : `--outcome: there is no "${text}".`;
  throw usageError(what, `It takes one of ${OUTCOMES.join(', ')}.`);
}

/** Months of --horizon (`24mo`, `2y`), by default 24; a usage error unless it is 1 month to 10 years. */
export function monthsOf(input: Input): number {
  const text = textOf(input, 'horizon') ?? '24mo';
  const parts = /^(\d{1,3})\s*(mo|months?|m|y|years?)$/i.exec(text.trim());
  const months = parts === null ? 0 : Number(parts[1]) * (/^y/i.test(parts[2] ?? '') ? 12 : 1);
  if (months < 1 || months > 120)
    throw usageError(`--horizon: "${text}" is no length of 1 month to 10 years.`, 'Write it as 24mo.');
  return months;
}

/** Throws a usage error when the months after a day end after today: they have not happened yet. */
export function refuseFuture(day: LocalDate, months: number, today: LocalDate): void {
  const end = addMonths(day, months);
  if (end > today)
    throw usageError(
      `${months} months after ${day} end on ${end}, after the as-of day ${today}.`,
      'Choose an earlier day or a shorter horizon.',
    );
}
