import { numberText } from './cell.ts';
import type { Chart } from './document.ts';
import { INK, PAGE, type Pages, SERIES, TEXT_WIDTH } from './pdf-page.ts';
import { cutToWidth, FONTS, pdfLine } from './pdf-text.ts';

const SMALL = 7.6;
const PLOT_HEIGHT = 98;
/** A plot shrinks to this rather than leave the foot of a page empty. */
const LEAST_PLOT = 62;
/** Key above a chart, labels and reading below it. */
const AROUND = 54;
const ROW = 15;
/** Names longer than this stand beside horizontal bars. */
const LONG_NAME = 12;

/** Draws a chart with its key, its scale and, where there is room, its numbers; its one-sentence reading below. */
export function drawChart(pages: Pages, chart: Chart): void {
  if (chart.categories.length === 0 || chart.series.length === 0) {
    pages.paragraph('No figures.', PAGE.left, TEXT_WIDTH, { color: INK.soft });
    return;
  }
  if (isSideways(chart)) drawSideways(pages, chart);
  else drawUpright(pages, chart);
  pages.paragraph(chart.alt, PAGE.left, TEXT_WIDTH, { size: 8, color: INK.soft });
}

/** The least height that a chart takes with its key and its reading, in points. */
export function leastChartHeight(chart: Chart): number {
  const perCategory = chart.form === 'bar' ? chart.series.length : 1;
  return (isSideways(chart) ? chart.categories.length * ROW * perCategory : LEAST_PLOT) + AROUND;
}

function isSideways({ form, categories }: Chart): boolean {
  return (form === 'bar' || form === 'stacked-bar') && categories.some(({ length }) => length > LONG_NAME);
}

function drawKey(pages: Pages, chart: Chart): void {
  let x: number = PAGE.left;
  if (chart.series.length > 1) {
    for (const [i, series] of chart.series.entries()) {
      const name = pdfLine(series.name);
      pages.box(x, pages.y + 1, 9, 7, colorOf(i));
      pages.line(name, x + 13, pages.y, { size: 8, color: INK.soft });
      x += 13 + pages.measure(name, FONTS.plain, 8) + 18;
    }
  }
  if (chart.unit !== undefined)
    pages.lineTo(chart.unit, PAGE.right, pages.y, { size: SMALL, color: INK.soft });
  pages.y += 15;
}

function drawUpright(pages: Pages, chart: Chart): void {
  drawKey(pages, chart);
  const stacked = chart.form === 'stacked-bar';
  const scale = scaleOf(highest(chart));
  const labels = scale.marks.map(valueText);
  const left = PAGE.left + Math.max(...labels.map((text) => pages.measure(text, FONTS.plain, SMALL))) + 8;
  const top = pages.y + 8;
  const plot = Math.min(PLOT_HEIGHT, Math.max(LEAST_PLOT, PAGE.bottom - pages.y - AROUND));
  const bottom = top + plot;
  const yOf = (value: number): number => bottom - (value / scale.top) * plot;
  for (const [i, mark] of scale.marks.entries()) {
    pages.rule(yOf(mark), mark === 0 ? INK.strong : INK.rule, 0.6, left, PAGE.right);
    pages.lineTo(labels[i] ?? '', left - 6, yOf(mark) - SMALL / 2, { size: SMALL, color: INK.soft });
  }
  const band = (PAGE.right - left) / chart.categories.length;
  const every = Math.ceil(
    (Math.max(...chart.categories.map((text) => pages.measure(pdfLine(text), FONTS.plain, SMALL))) + 6) /
      band,
  );
  for (const [at, category] of chart.categories.entries()) {
    const middle = left + band * (at + 0.5);
    if (at % every === 0) {
      const text = pdfLine(category);
      pages.line(text, middle - pages.measure(text, FONTS.plain, SMALL) / 2, bottom + 4, {
        size: SMALL,
        color: INK.soft,
      });
    }
    if (chart.form !== 'line') uprightBars(pages, chart, at, { middle, band, yOf, stacked });
  }
  if (chart.form === 'line') drawLines(pages, chart, (at) => left + band * (at + 0.5), yOf);
  pages.y = bottom + 20;
}

function uprightBars(
  pages: Pages,
  chart: Chart,
  at: number,
  {
    middle,
    band,
    yOf,
    stacked,
  }: { middle: number; band: number; yOf: (v: number) => number; stacked: boolean },
): void {
  const share = chart.form === 'histogram' ? 0.94 : 0.66;
  const whole = Math.min(band * share, stacked ? 46 : 42 * chart.series.length);
  const each = stacked ? whole : whole / chart.series.length;
  let base = 0;
  for (const [i, series] of chart.series.entries()) {
    const value = series.values[at] ?? 0;
    const x = middle - whole / 2 + (stacked ? 0 : i * each);
    const low = yOf(base);
    const high = yOf(base + value);
    if (value > 0) pages.box(x + 0.5, high, each - 1, Math.max(0.6, low - high), colorOf(i));
    const text = valueText(value);
    const wide = pages.measure(text, FONTS.plain, SMALL);
    if (!stacked && wide <= each + 6)
      pages.line(text, x + each / 2 - wide / 2, high - SMALL - 2, { size: SMALL, color: INK.soft });
    if (stacked) base += value;
  }
  if (stacked && base > 0) {
    const text = valueText(base);
    pages.line(text, middle - pages.measure(text, FONTS.plain, SMALL) / 2, yOf(base) - SMALL - 2, {
      size: SMALL,
      color: INK.soft,
    });
  }
}

function drawLines(
  pages: Pages,
  chart: Chart,
  xOf: (at: number) => number,
  yOf: (value: number) => number,
): void {
  for (const [i, series] of chart.series.entries()) {
    let run: [number, number][] = [];
    const flush = (): void => {
      pages.path(run, colorOf(i), 1.4);
      for (const [x, y] of run) pages.dot(x, y, 1.7, colorOf(i));
      run = [];
    };
    for (const at of chart.categories.keys()) {
      const value = series.values[at] ?? null;
      if (value === null) flush();
      else run.push([xOf(at), yOf(value)]);
    }
    flush();
  }
}

function drawSideways(pages: Pages, chart: Chart): void {
  drawKey(pages, chart);
  const stacked = chart.form === 'stacked-bar';
  const names = chart.categories.map((category) =>
    cutToWidth(pdfLine(category), TEXT_WIDTH * 0.4, FONTS.plain, 8, pages.measure),
  );
  const left = PAGE.left + Math.max(...names.map((name) => pages.measure(name, FONTS.plain, 8))) + 8;
  const top = highest(chart);
  const room = PAGE.right - left - pages.measure(valueText(top), FONTS.plain, SMALL) - 6;
  const long = (value: number): number => (top === 0 ? 0 : (value / top) * room);
  for (const [at, name] of names.entries()) {
    pages.need(ROW);
    pages.line(name, PAGE.left, pages.y + 2, { size: 8 });
    let x = left;
    for (const [i, series] of chart.series.entries()) {
      const value = series.values[at] ?? 0;
      pages.box(stacked ? x : left, pages.y + 1, long(value), ROW - 5, colorOf(i));
      x += long(value);
      if (stacked) continue;
      pages.line(valueText(value), left + long(value) + 4, pages.y + 2, { size: SMALL, color: INK.soft });
      if (i < chart.series.length - 1) pages.y += ROW - 3;
    }
    if (stacked) {
      const whole = chart.series.reduce((sum, series) => sum + (series.values[at] ?? 0), 0);
      pages.line(valueText(whole), x + 4, pages.y + 2, { size: SMALL, color: INK.soft });
    }
    pages.y += ROW;
  }
  pages.y += 6;
}

function highest(chart: Chart): number {
  if (chart.form !== 'stacked-bar')
    return Math.max(0, ...chart.series.flatMap((series) => series.values.map((value) => value ?? 0)));
  return Math.max(
    0,
    ...chart.categories.map((_, at) =>
      chart.series.reduce((sum, series) => sum + (series.values[at] ?? 0), 0),
    ),
  );
}

/** Round marks from 0 up to at least `highest`, about four steps. */
function scaleOf(top: number): { readonly top: number; readonly marks: readonly number[] } {
  if (top <= 0) return { top: 1, marks: [0] };
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const fine = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? power * 10;
  const step = top >= 4 ? Math.max(1, Math.ceil(fine)) : fine;
  const steps = Math.ceil(top / step);
  return { top: steps * step, marks: Array.from({ length: steps + 1 }, (_, i) => i * step) };
}

function colorOf(index: number): string {
  return SERIES[index % SERIES.length] ?? SERIES[0];
}

function valueText(value: number): string {
  return numberText(value, { grouped: true, symbols: false });
}
