declare const instantBrand: unique symbol;
declare const localDateBrand: unique symbol;

/** A moment: whole Unix seconds, UTC. */
export type Instant = number & { readonly [instantBrand]: true };

/** A calendar day in America/Chicago, `YYYY-MM-DD`. */
export type LocalDate = string & { readonly [localDateBrand]: true };

/** The due or stop instant of something that has not ended: later than any real instant (year 9999). */
export const FAR_FUTURE = 253_370_764_800 as Instant;

/** ISO 8601 in UTC with `Z`, whole seconds: `2020-11-05T20:30:00Z`. Shape of every instant in JSON. */
export function isoInstant(at: Instant): string {
  return `${new Date(at * 1000).toISOString().slice(0, 19)}Z`;
}

/** Like isoInstant, with null for unknown and for FAR_FUTURE. */
export function isoOrNull(at: Instant | null): string | null {
  return at === null || at >= FAR_FUTURE ? null : isoInstant(at);
}

/** Seconds as the store keeps them, as an instant. */
export function instantOrNull(at: number | null): Instant | null {
  return at === null ? null : (at as Instant);
}
