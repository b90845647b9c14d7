import type { Cell, Chart, Column, Figures, Table } from './document.ts';

/** A chart's numbers as a table: one row a category, one column a series. */
export function chartAsTable(chart: Chart): Table {
  const columns: Column[] = [{ key: 'category', title: 'Category' }];
  chart.series.forEach((series, index) => {
    columns.push({ key: `series${index}`, title: series.name, align: 'right', unit: chart.unit });
  });
  const rows = chart.categories.map((category, at) => {
    const row: Record<string, Cell> = { category };
    chart.series.forEach((series, index) => {
      row[`series${index}`] = series.values[at] ?? null;
    });
    return row;
  });
  return { kind: 'table', id: chart.id, title: chart.title, columns, rows, caption: chart.alt };
}

/** Headline figures as a table of label, value, the unit of a bare machine value, and note. */
export function figuresAsTable(block: Figures): Table {
  return {
    kind: 'table',
    id: block.id,
    title: block.title,
    columns: [
      { key: 'figure', title: 'Figure' },
      { key: 'value', title: 'Value', align: 'right' },
      { key: 'unit', title: 'Unit' },
      { key: 'note', title: 'Note' },
    ],
    rows: block.figures.map(({ label, value, note }) => ({
      figure: label,
      value,
      unit: unitOf(value),
      note: note ?? null,
    })),
  };
}

function unitOf(value: Cell): string | null {
  if (typeof value !== 'object' || value === null) return null;
  return value.kind === 'duration' ? 'seconds' : value.kind === 'percent' ? 'share of base' : null;
}
