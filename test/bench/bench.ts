/** One line of the table. */
export interface Result {
  readonly name: string;
  readonly what: string;
  readonly yardstick: string;
  /** The figure held against the bound, with its unit where it is no ratio; null when it could not be measured. */
  readonly value: number | null;
  readonly unit: '' | ' MB' | ' s';
  readonly bound: number;
}

export interface Bench {
  readonly name: string;
  readonly summary: string;
  run(scale: Scale): Promise<readonly Result[]>;
}

/** How much to do: `rows` scales a number of the issue, `times` the alternating pairs. */
export interface Scale {
  readonly quick: boolean;
  rows(full: number): number;
  times(full: number): number;
}

/** The issue's own numbers, or (quick) a tenth of the rows and at most three pairs: for a look, not for a verdict. */
export function scaleOf(quick: boolean): Scale {
  return {
    quick,
    rows: (full) => (quick ? Math.round(full / 10) : full),
    times: (full) => (quick ? Math.min(full, 3) : full),
  };
}

/** Whether a result keeps its bound; null when it could not be measured. */
export function keeps(result: Result): boolean | null {
  return result.value === null ? null : result.value <= result.bound;
}

/** The table, aligned, one line a result. */
export function table(results: readonly Result[]): string {
  const rows = [
    ['name', 'what', 'yardstick', 'result', 'bound', 'ok?'],
    ...results.map((result) => [
      result.name,
      result.what,
      result.yardstick,
      result.value === null ? '-' : figure(result.value, result.unit),
      figure(result.bound, result.unit),
      { true: 'ok', false: 'MISSED', null: 'not measured' }[String(keeps(result))] ?? '',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function figure(value: number, unit: Result['unit']): string {
  if (unit === ' MB') return `${Math.round(value)} MB`;
  return unit === ' s' ? `${value.toFixed(1)} s` : `${value.toFixed(2)} x`;
}
