/** Counts that add up to a published total, made safe: `null` is suppressed. */
export interface Suppressed {
  readonly cells: readonly (number | null)[];
  /** Null when the total itself would give a hidden count away. */
  readonly total: number | null;
}

/**
 * Where any count lies from 1 up to `limit` (itself excluded), hides every count but the zeros, which point at nobody.
 * The total stands only where two or more are hidden that reach the limit on average. Whoever knows the method then
 * knows of no hidden count more than that it is one at least: each may still be small, and each may reach the limit.
 */
export function suppress(counts: readonly number[], limit: number): Suppressed {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!counts.some((count) => isSmall(count, limit)))
    return { cells: counts, total: suppressOne(total, limit) };
  const hidden = counts.filter((count) => count > 0).length;
  return {
    cells: counts.map((count) => (count > 0 ? null : count)),
    total: hidden >= 2 && total >= hidden * limit ? total : null,
  };
}

/** A count that stands alone: null from 1 up to the limit. */
export function suppressOne(count: number, limit: number): number | null {
  return isSmall(count, limit) ? null : count;
}

function isSmall(count: number, limit: number): boolean {
  return count > 0 && count < limit;
}
