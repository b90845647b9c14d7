import { localParts } from '../core/calendar.ts';
import type { Owner, Span } from '../core/clock.ts';
import { dueOf } from '../core/clock.ts';
import { dueAfterDays, extendByDays } from '../core/due.ts';
import { peopleAge, peopleInstant, plural } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { ClockPolicy } from '../core/policy.ts';
import { type Chain, isReturn } from './why-chains.ts';

/** An instant to the second where it has seconds: `10 Nov 2020 23:59:59`. */
export function exactInstant(at: Instant): string {
  const { second } = localParts(at);
  return second === 0 ? peopleInstant(at) : `${peopleInstant(at)}:${String(second).padStart(2, '0')}`;
}

/** One line for a clock: `on time, 2 d 3 h left`, `late by 3 d 4 h and running`, `late by 1 h, stopped 12 Nov 2020 10:00`. */
export function verdict(chain: Chain, now: Instant): string {
  const late =
    chain.timeliness === 'late'
      ? `late by ${peopleAge(chain.lateBy)}`
      : chain.timeliness === 'cannotTell'
        ? 'within its time'
        : 'on time';
  if (chain.stoppedAt !== null) return `${late}, ${endText(chain)} ${exactInstant(chain.stoppedAt)}`;
  if (chain.timeliness === 'late') return `${late} and running`;
  return `running, ${peopleAge(chain.dueAt - now)} left`;
}

function endText(chain: Chain): string {
  switch (chain.endedBy) {
    case 'reassigned':
      return 'moved to another unit';
    case 'associated':
      return 'associated to a primary record';
    case 'handed-over':
      return 'handed over';
    case 'withdrawn':
      return 'fell away';
    default:
      return 'stopped';
  }
}

/** How each due instant comes about, one sentence a span; numbers and readings included. */
export function arithmetic(chain: Chain, others: readonly Chain[]): readonly string[] {
  return chain.spans.flatMap((span, at) => {
    const sentence = spanSentence(chain, span, at, others);
    const end = endSentence(span, chain, at);
    return end === null ? [sentence] : [sentence, end];
  });
}

function spanSentence(chain: Chain, span: Span, at: number, others: readonly Chain[]): string {
  const before = chain.spans[at - 1];
  const due = exactInstant(span.dueAt);
  if (before === undefined) return firstSentence(chain, span, others);
  if (span.period > before.period) return extensionSentence(chain.policy, before, span);
  if (isReturn(chain.spans, at)) {
    const verb = before.endedBy === 'associated' ? 'Separated' : 'Returned or reopened';
    return `${verb} ${exactInstant(span.openedAt)}: the clock goes on and is not set anew, still due ${due}.`;
  }
  return `Handed over ${exactInstant(span.openedAt)} to ${ownerText(span.owner)}: same clock, still due ${due}.`;
}

function firstSentence(chain: Chain, span: Span, others: readonly Chain[]): string {
  const { policy } = chain;
  const due = exactInstant(span.dueAt);
  const start = `${capital(policy?.starts ?? 'started')} ${exactInstant(span.startedAt)}`;
  const kept = keptFrom(span, others);
  if (policy === undefined) return `${start}; due ${due} as recorded: today's policy has no such clock.`;
  if (dueOf(policy, span.startedAt) === span.dueAt) {
    const sum =
      'hours' in policy.length ? `${policy.length.hours} hours elapsed` : daysText(policy.length.days);
    return `${start} + ${sum} = due ${due}.${clockChange(span.startedAt, span.dueAt, 'hours' in policy.length)}`;
  }
  if (kept !== undefined) {
    return `${start}; the due instant of unit ${kept.key} is kept: due ${due} (A-CC-5).`;
  }
  return `${start}; due ${due} as recorded: today's policy would say ${exactInstant(dueOf(policy, span.startedAt))}.`;
}

function keptFrom(span: Span, others: readonly Chain[]): Chain | undefined {
  // Not only by how a chain ended: a unit may have had the record before and again after.
  return others.find((other) =>
    other.spans.some(
      ({ endedBy, stoppedAt, dueAt }) =>
        endedBy === 'reassigned' && stoppedAt === span.openedAt && dueAt === span.dueAt,
    ),
  );
}

function extensionSentence(policy: ClockPolicy | undefined, before: Span, span: Span): string {
  const extension = policy?.extension;
  const number = span.period - 1;
  const granted = `Extension ${number} granted ${exactInstant(span.openedAt)}`;
  const due = exactInstant(span.dueAt);
  if (!extension) return `${granted}: due ${due} as recorded.`;
  const cite = `${extension.rule}, ${extension.cite}`;
  if (extension.base === 'due' && extendByDays(before.dueAt, extension.days) === span.dueAt) {
    const change = clockChange(before.dueAt, span.dueAt, false);
    return `${granted}: due day ${dayText(before.dueAt)} + ${extension.days} days = due ${due} (${cite}).${change}`;
  }
  if (extension.base === 'approval' && dueAfterDays(span.openedAt, extension.days) === span.dueAt) {
    const change = clockChange(span.openedAt, span.dueAt, false);
    const added = extendByDays(before.dueAt, extension.days);
    const other =
      added === span.dueAt
        ? ''
        : ` Added to the due day ${dayText(before.dueAt)} it would be ${dayText(added)}.`;
    return `${granted}: approval + ${daysText(extension.days)} = due ${due} (${cite}).${change}${other}`;
  }
  return `${granted}: due ${due} as recorded; today's policy adds ${extension.days} days (${cite}).`;
}

function endSentence(span: Span, chain: Chain, at: number): string | null {
  const isLast = at === chain.spans.length - 1;
  if (isLast && chain.stoppedAt === null) return null;
  const late = span.stoppedAt - span.dueAt;
  const lapsed = `late by ${peopleAge(late)} (${(late / 86_400).toFixed(1)} days)`;
  const when = exactInstant(span.stoppedAt);
  switch (span.endedBy) {
    case 'extended':
      return late > 0 ? `It was ${lapsed} by then; later extended, and the lapse stays.` : null;
    case 'handed-over':
      return null;
    case 'reassigned':
      return `Moved to another unit ${when}: ${late > 0 ? lapsed : 'within its time'}.`;
    case 'associated':
      return `Associated ${when}: the clock runs on the primary record (A-CC-7); ${late > 0 ? lapsed : 'within its time'}.`;
    case 'withdrawn':
      return `Fell away ${when}, without its owner's answer: ${late > 0 ? lapsed : 'within its time'}.`;
    default:
      return `Stopped ${when}: ${late > 0 ? lapsed : 'on time'}.`;
  }
}

/** `unit 005, oss-analyst`, with the member when one is named. */
export function ownerText(owner: Owner): string {
  const unit = owner.unit === null ? null : `unit ${owner.unit}`;
  const parts = [unit, owner.role, owner.member].filter((part) => part !== null);
  return parts.length === 0 ? 'nobody named' : parts.join(', ');
}

function daysText(days: number): string {
  return `${plural(days, 'calendar day')} (first day excluded, last included)`;
}

function dayText(at: Instant): string {
  return peopleInstant(at).slice(0, -' 00:00'.length);
}

// Hours are elapsed and days are days on the wall: a change of the clocks between shows in one of the two.
function clockChange(from: Instant, to: Instant, hours: boolean): string {
  const moved = (localParts(to).offset - localParts(from).offset) / 3600;
  if (moved === 0) return '';
  const way = moved < 0 ? 'back' : 'forward';
  const by = plural(Math.abs(moved), 'hour');
  return hours
    ? ` The clocks went ${way} ${by} between: elapsed hours are counted, so the time of day moves.`
    : ` The clocks went ${way} ${by} between: days are counted, so ${by} ${moved < 0 ? 'more' : 'less'} elapse.`;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
