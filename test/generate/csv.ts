const NEEDS_QUOTES = /[",\r\n]/;

/** One cell, quoted only where a comma, quote or line end asks for it (RFC 4180). */
export function cell(value: string): string {
  return NEEDS_QUOTES.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** One record with its line feed. */
export function line(cells: readonly string[]): string {
  let text = '';
  for (let i = 0; i < cells.length; i++) {
    if (i > 0) text += ',';
    const value = cells[i];
    if (value !== undefined && value !== '') text += cell(value);
  }
  return `${text}\n`;
}
