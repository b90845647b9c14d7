import type { Input, OptionDef } from '../core/command.ts';
import { usageError } from '../core/errors.ts';

const MONTH: OptionDef = {
  flags: '--monthly [month]',
  summary: 'a month, 2020-11; without one the last whole month',
};
const QUARTER: OptionDef = {
  flags: '--quarterly [quarter]',
  summary: 'a quarter, 2020-Q4; without one the last whole quarter',
};

/** What a status report of a directive is asked; `of`: what --district and --beat choose; `figure`, `report`: examples. */
export function statusReportOptions(
  first: 'month' | 'quarter',
  { of, submit, figure, report }: Readonly<Record<'of' | 'submit' | 'figure' | 'report', string>>,
): readonly OptionDef[] {
  return [
    ...periodOptions(first),
    { flags: '--district <district>', summary: `${of} this district, 005` },
    { flags: '--beat <beat>', summary: `${of} this beat, 0511` },
    { flags: '--against <period>', summary: 'compare with this period instead of the one before' },
    { flags: '--submit', summary: submit },
    { flags: '--rows <section:key>', summary: `the records behind a figure: totals:openAtEnd, ${figure}` },
    { flags: '--list', summary: 'the reports that were submitted, with their states' },
    { flags: '--archived <report>', summary: `one of them as it was archived: ${report}` },
    { flags: '--verify <file>', summary: 'which of them a kept JSON file is, by its hash' },
  ];
}

/** What is done with a status report: one of these at a time; a usage error names two that were asked together. */
export function requireOneUse({ options }: Pick<Input, 'options'>): void {
  const [one, other] = ['submit', 'rows', 'list', 'archived', 'verify'].filter(
    (name) => options[name] !== undefined && options[name] !== false,
  );
  if (one === undefined || other === undefined) return;
  const both = `--${one} and --${other} do not go together.`;
  if (one === 'rows' && other === 'archived')
    throw usageError(
      `${both} An archived report keeps its figures, not the records behind them.`,
      'Ask for the period itself with --rows: it lists the records as they stand now. Its cover says whether its figures are still those that were archived.',
    );
  throw usageError(both, 'Use one of them.');
}

/** A month or a quarter, the one that is meant without a word first. */
export function periodOptions(first: 'month' | 'quarter'): readonly OptionDef[] {
  return first === 'month' ? [MONTH, QUARTER] : [QUARTER, MONTH];
}
