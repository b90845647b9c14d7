/** Counts that add up to a published total, made safe: `null` is suppressed. */
export interface Suppressed {
  readonly cells: readonly (number | null)[];
  /** Null when the total itself would give a hidden count away. */
  readonly total: number | null;
}

/**
 * Hides every count from 1 up to `limit` (itself excluded), and then the next smallest ones until at least two are
 * hidden that together reach the limit: otherwise the total would give them away. Zeros stay, they point at nobody;
 * where nothing is left to hide, the total is hidden too.
 */
export function suppress(counts: readonly number[], limit: number): Suppressed {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const hidden = new Set<number>();
  for (const [at, count] of counts.entries()) if (isSmall(count, limit)) hidden.add(at);
  if (hidden.size === 0) return { cells: counts, total: suppressOne(total, limit) };
  const sum = () => [...hidden].reduce((all, at) => all + (counts[at] ?? 0), 0);
  const further = [...counts.entries()]
    .filter(([at, count]) => count > 0 && !hidden.has(at))
    .sort(([, a], [, b]) => a - b);
  for (const [at] of further) {
    if (hidden.size >= 2 && sum() >= limit) break;
    hidden.add(at);
  }
  const safe = hidden.size >= 2 && sum() >= limit;
  return { cells: counts.map((count, at) => (hidden.has(at) ? null : count)), total: safe ? total : null };
}

/** A count that stands alone: null from 1 up to the limit. */
export function suppressOne(count: number, limit: number): number | null {
  return isSmall(count, limit) ? null : count;
}

function isSmall(count: number, limit: number): boolean {
  return count > 0 && count < limit;
}
