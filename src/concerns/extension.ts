import { localDate, startOfDay } from '../core/calendar.ts';
import type { Span } from '../core/clock.ts';
import type { Instant } from '../core/instant.ts';
import type { Objection } from '../core/workflow.ts';

/**
 * What the rules say to an extension of the spans now running. The first may be granted once during
 * the initial period (CC-07), a further one only from the start of the running period's due day (CC-08). One that
 * comes after the due instant is taken and remarked on (A-CC-3): the lapse stays.
 */
export function extensionObjections(
  spans: readonly Span[],
  at: Instant,
  initialDue: (start: Instant) => Instant,
): readonly Objection[] {
  if (spans.length === 0) {
    return [
      {
        rule: 'CC-22',
        code: 'NOTHING_TO_EXTEND',
        text: 'extended while no investigation was running',
        refuses: true,
      },
    ];
  }
  const objections: Objection[] = [];
  for (const span of spans) {
    if (span.period > 1 && at < startOfDay(localDate(span.dueAt))) {
      const rule = at <= initialDue(span.startedAt) ? 'CC-07' : 'CC-08';
      objections.push({
        rule,
        code: 'EXTENDED_TOO_EARLY',
        text: 'extended again before the running period reached its due day',
        refuses: true,
      });
    } else if (at > span.dueAt) {
      objections.push({
        rule: 'CC-35',
        code: 'LATE_EXTENSION',
        text: 'extended after it had lapsed; the lapse stays',
        refuses: false,
      });
    }
  }
  return objections;
}
