/**
 * Wall-clock time in whole seconds, as if the wall clock ran on UTC: the samples hold local times only,
 * so no zone is needed. Elapsed hours across a clock change differ by one; `settled` keeps off the change itself.
 */
export type Civil = number;

export const MINUTE = 60;
export const HOUR = 3600;
export const DAY = 86_400;

/** Reads `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; throws on anything else. */
export function civil(text: string): Civil {
  const at = Date.parse(text.length === 10 ? `${text}T00:00:00Z` : `${text}Z`) / 1000;
  if (!Number.isInteger(at)) throw new RangeError(`not a local time: ${text}`);
  return at;
}

/** `YYYY-MM-DDTHH:MM:SS`. */
export function isoDateTime(at: Civil): string {
  return new Date(at * 1000).toISOString().slice(0, 19);
}

/** `YYYY-MM-DD`. */
export function isoDate(at: Civil): string {
  return new Date(at * 1000).toISOString().slice(0, 10);
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

/** `MM/DD/YYYY hh:mm:ss AM`, as the City's export writes it. */
export function usDateTime(at: Civil): string {
  const when = new Date(at * 1000);
  const hour = when.getUTCHours();
  const half = hour < 12 ? 'AM' : 'PM';
  const date = `${two(when.getUTCMonth() + 1)}/${two(when.getUTCDate())}/${when.getUTCFullYear()}`;
  return `${date} ${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(when.getUTCMinutes())}:${two(when.getUTCSeconds())} ${half}`;
}

/** The first second of the day. */
export function dayOf(at: Civil): Civil {
  return Math.floor(at / DAY) * DAY;
}

/** 0 Sunday to 6 Saturday. */
export function weekday(at: Civil): number {
  return (Math.floor(at / DAY) + 4) % 7;
}

export function year(at: Civil): number {
  return new Date(at * 1000).getUTCFullYear();
}

/** 1 January to 12 December. */
export function month(at: Civil): number {
  return new Date(at * 1000).getUTCMonth() + 1;
}

export function hour(at: Civil): number {
  return Math.floor((at - dayOf(at)) / HOUR);
}

/** The same time, or two hours later where a clock change could make it missing or twofold. */
export function settled(at: Civil): Civil {
  const hourOfDay = hour(at);
  if (hourOfDay < 1 || hourOfDay > 2 || weekday(at) !== 0) return at;
  const when = new Date(at * 1000);
  const day = when.getUTCDate();
  const inMarch = when.getUTCMonth() === 2 && day >= 8 && day <= 14;
  const inNovember = when.getUTCMonth() === 10 && day <= 7;
  return inMarch || inNovember ? at + 2 * HOUR : at;
}
