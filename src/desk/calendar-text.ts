import { type Instant, isoInstant } from '../core/instant.ts';

/** One due date for a calendar program; ids, rules and units only. */
export interface CalendarEntry {
  /** Stays the same as long as it is the same clock, so that a later file moves the entry and puts no copy beside it. */
  readonly uid: string;
  /** Goes up with each change, with the instant of the last one. */
  readonly sequence: number;
  readonly changedAt: Instant;
  readonly at: Instant;
  readonly summary: string;
  readonly description: string;
  readonly overdue: boolean;
  readonly cancelled: boolean;
}

const CHICAGO = [
  'BEGIN:VTIMEZONE',
  'TZID:America/Chicago',
  'BEGIN:DAYLIGHT',
  'DTSTART:20070311T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
  'TZOFFSETFROM:-0600',
  'TZOFFSETTO:-0500',
  'TZNAME:CDT',
  'END:DAYLIGHT',
  'BEGIN:STANDARD',
  'DTSTART:20071104T020000',
  'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
  'TZOFFSETFROM:-0500',
  'TZOFFSETTO:-0600',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** RFC 5545 text: CRLF, lines of at most 75 octets, UTC times. `stamp` is the as-of, so the same store gives the same bytes. */
export function calendarText(entries: readonly CalendarEntry[], stamp: Instant): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//rollcall//due dates//EN', 'CALSCALE:GREGORIAN'];
  for (const entry of entries) {
    lines.push(
      'BEGIN:VEVENT',
      `UID:${escaped(entry.uid)}`,
      `DTSTAMP:${basic(stamp)}`,
      `DTSTART:${basic(entry.at)}`,
      `SEQUENCE:${entry.sequence}`,
      `LAST-MODIFIED:${basic(entry.changedAt)}`,
      `STATUS:${entry.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
      `SUMMARY:${escaped(entry.summary)}`,
      `DESCRIPTION:${escaped(entry.description)}`,
      `CATEGORIES:${entry.overdue ? 'OVERDUE' : 'DUE'}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    );
  }
  // A calendar holds at least one component (RFC 5545 3.6): an empty one the time zone that its days are counted in.
  if (entries.length === 0) lines.push(...CHICAGO);
  lines.push('END:VCALENDAR');
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** `20201110T055959Z`. */
function basic(at: Instant): string {
  return isoInstant(at).replace(/[-:]/g, '');
}

function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (found) => `\\${found}`)
    .replace(/\r\n|[\n\r]/g, '\\n')
    .replace(/\p{Cc}/gu, '');
}

// RFC 5545 3.1: a line break and a space within a line longer than 75 octets, never inside a character.
function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      parts.push(part);
      part = ' ';
      octets = 1;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n');
}
