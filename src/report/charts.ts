import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { numberText, oneLine } from './cell.ts';
import type { Chart } from './document.ts';
import { displayWidth, truncate } from './width.ts';

use([BarChart, LineChart, GridComponent, SVGRenderer]);

/** How many series have a colour and a line pattern of their own; a further one repeats the first. */
const SERIES_COLORS = 6;
const WIDEST_CHAR = 7.2;
const FONT = 'system-ui, sans-serif';
/** Colours that stand for style-sheet variables until the picture is drawn: the sheet knows light, dark and print. */
const INK = '#0b0b01';
const LINE = '#0b0b02';
const PAPER = '#0b0b03';
const seriesColor = (index: number): string => `#0a0a0${(index % SERIES_COLORS) + 1}`;
const DASHES = ['solid', 'dashed', 'dotted'] as const;

export interface Picture {
  /** Width and height of the view box; text is 12 units high. */
  readonly width: number;
  readonly prefix: string;
}

/**
 * A chart as one `<svg>` without ids or classes of the library's own counting: the same chart gives the same bytes.
 * Colours are `var(--c1)` and so on. Hidden from screen readers: the page gives `alt` and the numbers beside it.
 */
export function chartSvg(chart: Chart, { width, prefix }: Picture): string {
  const sideways = isSideways(chart);
  const rows = chart.categories.length * (chart.form === 'bar' ? chart.series.length : 1);
  const height = sideways
    ? Math.max(60, rows * (chart.form === 'bar' && chart.series.length > 1 ? 18 : 26) + 34)
    : 250;
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    instance.setOption({
      animation: false,
      textStyle: { fontFamily: FONT, fontSize: 12, color: INK },
      grid: { ...margins(chart, sideways, width), top: 18, bottom: 24, outerBoundsMode: 'none' },
      ...axes(chart, sideways, width),
      series: chart.series.map((_, index) => seriesOf(chart, index, sideways, width)),
    });
    return settled(instance.renderToSVGString({ useViewBox: true }), prefix, width, height);
  } finally {
    instance.dispose();
  }
}

/** Long names and many names read better beside horizontal bars; time runs from left to right. */
function isSideways(chart: Chart): boolean {
  if (chart.form !== 'bar' && chart.form !== 'stacked-bar') return false;
  return chart.categories.some((category) => category.length > 9);
}

/** Room for axis labels in units of the view box; reckoned for a wide font, since the reader's is not known here. */
function margins(chart: Chart, sideways: boolean, width: number): { left: number; right: number } {
  const values =
    chart.form === 'stacked-bar'
      ? chart.categories.map((_, at) => stackOf(chart, at))
      : chart.series.flatMap((each) => each.values.map((value) => value ?? 0));
  const number = Math.max(3, ...values.map((value) => valueText(value).length)) * WIDEST_CHAR + 8;
  if (!sideways) return { left: number + 8, right: chart.form === 'line' ? 28 : 6 };
  const names = chart.categories.map((category) => displayWidth(categoryText(category, sideways, width)));
  return { left: Math.max(...names) * WIDEST_CHAR + 12, right: number };
}

function categoryText(category: string, sideways: boolean, width: number): string {
  return truncate(oneLine(category), sideways ? Math.floor((width * 0.4) / WIDEST_CHAR) : 14);
}

function axes(chart: Chart, sideways: boolean, width: number) {
  const label = { color: INK, fontFamily: FONT, fontSize: 12 };
  const categories = {
    type: 'category' as const,
    data: chart.categories.map((category) => categoryText(category, sideways, width)),
    inverse: sideways,
    boundaryGap: chart.form !== 'line',
    axisTick: { show: false },
    axisLine: { lineStyle: { color: LINE, width: 1 } },
    axisLabel: { ...label, hideOverlap: true, interval: sideways ? 0 : ('auto' as const) },
  };
  const values = {
    type: 'value' as const,
    splitNumber: sideways && width < 500 ? 2 : 4,
    minInterval: chart.series.every((each) => each.values.every((v) => v === null || Number.isInteger(v)))
      ? 1
      : 0,
    axisLabel: { ...label, hideOverlap: true, formatter: valueText },
    splitLine: { lineStyle: { color: LINE, width: 1 } },
    axisLine: { show: false },
    axisTick: { show: false },
  };
  return sideways ? { xAxis: values, yAxis: categories } : { xAxis: categories, yAxis: values };
}

function seriesOf(chart: Chart, index: number, sideways: boolean, width: number) {
  const each = chart.series[index];
  const stacked = chart.form === 'stacked-bar';
  const data = chart.categories.map((_, at) => each?.values[at] ?? (stacked ? 0 : null));
  const color = seriesColor(index);
  const common = { silent: true, animation: false, emphasis: { disabled: true }, data };
  if (chart.form === 'line') {
    return {
      ...common,
      type: 'line' as const,
      symbol: 'circle',
      symbolSize: chart.categories.length > 24 ? 0 : 5,
      lineStyle: { color, width: 2, type: DASHES[index % DASHES.length] },
      itemStyle: { color },
    };
  }
  const roomy = sideways || chart.categories.length * chart.series.length * 30 < width;
  return {
    ...common,
    type: 'bar' as const,
    ...(stacked ? { stack: 'all' } : {}),
    ...(chart.form === 'histogram' ? {} : { barMaxWidth: 44 }),
    barGap: '12%',
    barCategoryGap: chart.form === 'histogram' ? '6%' : '34%',
    itemStyle: stacked ? { color, borderColor: PAPER, borderWidth: 1 } : { color },
    label: {
      // Of a stack the whole is told, at its end.
      show: stacked ? index === chart.series.length - 1 : roomy,
      position: sideways ? ('right' as const) : ('top' as const),
      formatter: ({ value, dataIndex }: { value?: unknown; dataIndex: number }) =>
        stacked ? valueText(stackOf(chart, dataIndex)) : typeof value === 'number' ? valueText(value) : '',
      color: INK,
      fontFamily: FONT,
      fontSize: 11,
      textBorderWidth: 0,
    },
  };
}

function stackOf({ series }: Chart, at: number): number {
  return series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0);
}

function valueText(value: number): string {
  return numberText(value, { grouped: true, symbols: false });
}

/** The library's markup with style-sheet colours, own ids, and without its counters, hover rules and data marks. */
function settled(svg: string, prefix: string, width: number, height: number): string {
  return svg
    .replace(/<svg [^>]*>/, `<svg viewBox="0 0 ${width} ${height}" aria-hidden="true" focusable="false">`)
    .replace(/<style ?>[\s\S]*?<\/style>\n?/g, '')
    .replace(/ class="zr[^"]*"/g, '')
    .replace(/ ecmeta_[a-z_]+="[^"]*"/g, '')
    .replace(/ pointer-events="visible"/g, '')
    .replace(/\bzr\d+-/g, `${prefix}-`)
    .replace(/#0a0a0(\d)\b/g, 'var(--c$1)')
    .replaceAll(INK, 'var(--ink-soft)')
    .replaceAll(LINE, 'var(--rule)')
    .replaceAll(PAPER, 'var(--paper)')
    .replace(/<(\w+) >/g, '<$1>')
    .trim();
}
