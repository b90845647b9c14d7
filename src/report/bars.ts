import { numberText, oneLine, UNKNOWN } from './cell.ts';
import type { Chart } from './document.ts';
import { displayWidth, pad, truncate } from './width.ts';

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Fillings of stacked parts, told apart without colour. */
const FILLS = ['█', '▒', '▓', '░', '▚', '▞'];
const LONGEST_BAR = 40;

/** A part of a terminal line; `bar` parts may be coloured by series. */
export interface BarPart {
  readonly text: string;
  readonly series: number | null;
}

/** A chart as lines of label, horizontal bar and number, at most `width` columns wide. */
export function barLines(chart: Chart, width: number): BarPart[][] {
  if (chart.categories.length === 0 || chart.series.length === 0) return [];
  return chart.form === 'stacked-bar' && chart.series.length > 1
    ? stackedLines(chart, width)
    : groupedLines(chart, width);
}

function groupedLines(chart: Chart, width: number): BarPart[][] {
  const several = chart.series.length > 1;
  const names = several ? chart.series.map((series) => oneLine(series.name)) : [''];
  const nameWidth = Math.min(20, Math.max(...names.map(displayWidth)));
  const numbers = chart.series.map((series) => chart.categories.map((_, at) => valueText(series.values[at])));
  const numberWidth = Math.max(...numbers.flat().map(displayWidth));
  const labels = labelColumn(chart, width, numberWidth + (several ? nameWidth + 2 : 0));
  const space = width - labels.width - 2 - (several ? nameWidth + 2 : 0) - numberWidth - 1;
  const room = Math.max(4, Math.min(LONGEST_BAR, space));
  const top = Math.max(0, ...chart.series.flatMap((series) => series.values.map((value) => value ?? 0)));
  const lines: BarPart[][] = [];
  chart.categories.forEach((_, at) => {
    chart.series.forEach((series, index) => {
      const label = pad(index === 0 ? (labels.texts[at] ?? '') : '', labels.width, 'left');
      const name = several ? `${pad(truncate(names[index] ?? '', nameWidth), nameWidth, 'left')}  ` : '';
      const bar = solidBar(series.values[at] ?? null, top, room);
      lines.push([
        { text: `${label}  ${name}`, series: null },
        { text: bar, series: index },
        { text: `${bar === '' ? '' : ' '}${numbers[index]?.[at] ?? UNKNOWN}`, series: null },
      ]);
    });
  });
  return lines;
}

function stackedLines(chart: Chart, width: number): BarPart[][] {
  const texts = chart.categories.map((_, at) => chart.series.map((s) => valueText(s.values[at])).join(' + '));
  const numberWidth = Math.max(...texts.map(displayWidth));
  const labels = labelColumn(chart, width, numberWidth);
  const room = Math.max(4, Math.min(LONGEST_BAR, width - labels.width - 2 - numberWidth - 1));
  const sums = chart.categories.map((_, at) =>
    chart.series.reduce((sum, s) => sum + positive(s.values[at]), 0),
  );
  const top = Math.max(0, ...sums);
  const lines: BarPart[][] = [
    [
      { text: 'Key: ', series: null },
      ...chart.series.flatMap((series, index) => [
        { text: FILLS[index % FILLS.length] ?? '█', series: index },
        { text: ` ${oneLine(series.name)}${index < chart.series.length - 1 ? '  ' : ''}`, series: null },
      ]),
    ],
  ];
  chart.categories.forEach((_, at) => {
    const parts: BarPart[] = [
      { text: `${pad(labels.texts[at] ?? '', labels.width, 'left')}  `, series: null },
    ];
    let sum = 0;
    let drawn = 0;
    chart.series.forEach((series, index) => {
      sum += positive(series.values[at]);
      const end = top === 0 ? 0 : Math.round((sum / top) * room);
      parts.push({ text: (FILLS[index % FILLS.length] ?? '█').repeat(end - drawn), series: index });
      drawn = end;
    });
    parts.push({ text: `${drawn === 0 ? '' : ' '}${texts[at] ?? UNKNOWN}`, series: null });
    lines.push(parts);
  });
  return lines;
}

function labelColumn(chart: Chart, width: number, taken: number): { texts: string[]; width: number } {
  const texts = chart.categories.map(oneLine);
  const longest = Math.max(...texts.map(displayWidth));
  const limit = Math.max(8, Math.min(longest, width - taken - 3 - 12));
  return { texts: texts.map((text) => truncate(text, limit)), width: Math.min(longest, limit) };
}

/** A bar in eighths of a column; anything above zero shows at least one eighth. */
function solidBar(value: number | null, top: number, room: number): string {
  if (value === null || value <= 0 || top <= 0) return '';
  const eighths = Math.max(1, Math.round((value / top) * room * 8));
  return '█'.repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? '');
}

function positive(value: number | null | undefined): number {
  return value !== null && value !== undefined && value > 0 ? value : 0;
}

function valueText(value: number | null | undefined): string {
  return value === null || value === undefined
    ? UNKNOWN
    : numberText(value, { grouped: true, symbols: false });
}
