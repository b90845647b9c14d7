import type { Input } from '../core/command.ts';
import { peopleInstant } from '../core/duration.ts';
import { RollcallError, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import {
  lastWholeMonth,
  lastWholeQuarter,
  type Period,
  parseMonth,
  parsePeriod,
  parseQuarter,
  previous,
} from '../core/period.ts';
import { type Beat, type District, districtOfBeat, parseBeat, parseDistrict } from '../core/place.ts';

/** The place that a report is about; both null is everywhere. */
export interface ReportPlace {
  readonly district: District | null;
  readonly beat: Beat | null;
}

/** What is asked of a report. */
export interface ReportQuestion {
  readonly period: Period;
  readonly against: Period;
  readonly now: Instant;
  readonly place: ReportPlace;
}

/**
 * The question that options ask as of `now`: without a period the last whole one of `usual`, without another to compare
 * with the one before. Throws usage errors that show how each is written.
 */
export function questionOf(now: Instant, input: Input, usual: Period['kind']): ReportQuestion {
  const period = periodOf(now, input, usual);
  return { period, against: againstOf(now, period, input), now, place: placeOf(input) };
}

/** The period of --quarterly or --monthly, which has begun by `now`; without one the last whole one of `usual`. */
export function periodOf(now: Instant, { options }: Input, usual: Period['kind']): Period {
  const { quarterly, monthly } = options;
  if (quarterly !== undefined && monthly !== undefined) {
    throw usageError('--quarterly and --monthly cannot go together.', 'Use one of them.');
  }
  const kind = monthly !== undefined ? 'month' : quarterly !== undefined ? 'quarter' : usual;
  const last = kind === 'quarter' ? lastWholeQuarter(now) : lastWholeMonth(now);
  const chosen =
    typeof monthly === 'string'
      ? named('--monthly', monthly, parseMonth)
      : typeof quarterly === 'string'
        ? named('--quarterly', quarterly, parseQuarter)
        : last;
  if (chosen.start <= now) return chosen;
  throw usageError(
    `${chosen.label} has not begun at the as-of.`,
    `The last whole one is ${last.label}; --as-of sets another day.`,
  );
}

function againstOf(now: Instant, period: Period, { options }: Input): Period {
  if (typeof options.against !== 'string') return previous(period);
  const against = named('--against', options.against, parsePeriod);
  const example = previous(period).label;
  if (against.start > now) {
    throw usageError(
      `--against: ${against.label} has not begun at the as-of.`,
      `Write an earlier one: ${example}.`,
    );
  }
  if (against.label === period.label) {
    throw usageError(
      `--against: ${against.label} is the period of the report itself.`,
      `Write another one: ${example}.`,
    );
  }
  return against;
}

/** The period of an option; a usage error names the option and shows how it is written. */
function named(option: string, text: string, parse: (text: string) => Period): Period {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof RollcallError)) throw error;
    throw usageError(`${option}: ${error.message}.`, error.remedy ?? undefined);
  }
}

/** The place of --district and --beat; usage errors show how each is written. */
export function placeOf({ options }: Pick<Input, 'options'>): ReportPlace {
  const district = typeof options.district === 'string' ? parseDistrict(options.district) : undefined;
  if (district === null) {
    throw usageError(`--district: "${options.district}" is no district.`, 'Write it as 005.');
  }
  const beat = typeof options.beat === 'string' ? parseBeat(options.beat) : undefined;
  if (beat === null) throw usageError(`--beat: "${options.beat}" is no beat.`, 'Write it as 0511.');
  if (beat && district && districtOfBeat(beat.beat) !== district.district) {
    throw usageError(
      `--beat: ${beat.beat} lies in district ${districtOfBeat(beat.beat)}, not in ${district.district}.`,
      'Name one of the two, or both of one place.',
    );
  }
  return { district: district?.district ?? null, beat: beat?.beat ?? null };
}

/** Whether the two periods are of one length and both over, so that a change in percent says something. */
export function areAlike({ period, against, now }: ReportQuestion): boolean {
  return period.kind === against.kind && period.end <= now && against.end <= now;
}

/** Whether the other period goes on, so that its figures are of a part of it. */
export function againstSoFar({ against, now }: ReportQuestion): boolean {
  return now < against.end;
}

/** The other period over its column: `2021-Q1, so far` while it goes on. */
export function againstTitle(question: ReportQuestion): string {
  return `${question.against.label}${againstSoFar(question) ? ', so far' : ''}`;
}

/** What to know of the two periods: that the other one goes on, and that what lies in both is counted on both sides. */
export function comparisonNotes(question: ReportQuestion): readonly string[] {
  const { period, against, now } = question;
  const notes = againstSoFar(question)
    ? [
        `${against.label} is not over: its figures are so far, up to ${peopleInstant(now)}, and no change in percent is told beside them.`,
      ]
    : [];
  if (against.end < period.start || against.start > period.end) return notes;
  const [part, whole] = against.kind === 'month' ? [against, period] : [period, against];
  return [
    ...notes,
    `${part.label} is a part of ${whole.label}: what falls into it stands on both sides of the comparison.`,
  ];
}

/** What of a report its archive has to know: a beat is always of its district. */
export function subjectOf({ period, place: { district, beat } }: ReportQuestion) {
  return { period: period.label, district: district ?? (beat === null ? null : districtOfBeat(beat)), beat };
}

/** `District 005`, `District 005, Beat 0511`, or `All districts`. */
export function placeTitle({ district, beat }: ReportPlace): string {
  const parts = [district === null ? '' : `District ${district}`, beat === null ? '' : `Beat ${beat}`];
  return parts.filter((part) => part !== '').join(', ') || 'All districts';
}

/** The same of who sees a part of the place only, in words: `What the reader may see: District 005`. */
export function placeInSight(place: ReportPlace, part: string | null): string {
  if (part === null) return placeTitle(place);
  if (place.district === null && place.beat === null) return `What the reader may see: ${part}`;
  return `${placeTitle(place)}, what the reader may see: ${part}`;
}

/** The command that gives the same report; the other period only where it is not the one before. */
export function commandLine(
  command: string,
  { period, against, place }: ReportQuestion,
  asOf: string,
): string {
  const words: string[] = [];
  if (place.district !== null) words.push('--district', place.district);
  if (place.beat !== null) words.push('--beat', place.beat);
  if (against.label !== previous(period).label) words.push('--against', against.label);
  return periodLine(command, period, asOf, words);
}

/** The command that gives the same of a period; `more` are its further words. */
export function periodLine(
  command: string,
  { kind, label }: Period,
  asOf: string,
  more: readonly string[] = [],
): string {
  const asked = kind === 'quarter' ? '--quarterly' : '--monthly';
  return [`rollcall ${command}`, asked, label, ...more, '--as-of', asOf].join(' ');
}
