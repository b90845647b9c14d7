/** A change in percent of what was before, in words that no spreadsheet takes for a formula; `–` below the smallest base. */
export function changeText(now: number, before: number, minimumBase: number): string {
  if (before < minimumBase) return '–';
  const percent = `${((Math.abs(now - before) / before) * 100).toFixed(1)}%`;
  if (now === before) return 'same';
  return now > before ? `up ${percent}` : `down ${percent}`;
}
