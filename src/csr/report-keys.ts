import { usageError } from '../core/errors.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { normalAddress } from '../core/text.ts';
import { bucketNamed } from '../report/ageing.ts';
import { BREAKDOWNS } from './report-breakdowns.ts';
import { ODDITIES, TOTALS } from './report-counter.ts';
import type { CsrFigures } from './report-figures.ts';
import { groupsShown } from './report-groups.ts';
import { POLICE_MEASURES } from './report-police.ts';

/** A figure that was asked for: `keys` are those that count in it, none where the section is one figure. */
export interface AskedFigure {
  readonly section: string;
  readonly key: string;
  readonly keys: readonly string[];
  readonly measures: readonly string[];
}

interface Section {
  /** Null: the section is one figure without a key. */
  readonly keys: readonly string[] | null;
  readonly measures: readonly string[];
  /** Told where none is named; all of them when absent. */
  readonly usual?: string;
  /** Figures that stand on the records of the usual one: a median on all that it is of. */
  readonly statistics?: readonly string[];
  /** A key as it was typed, in the section's own form. */
  readonly named?: (text: string) => string;
  /** Keys that stand for several: a line `17 others`. */
  readonly members?: ReadonlyMap<string, readonly string[]>;
}

const GROUP_MEASURES = ['opened', 'closed', 'openAtEnd'];
const KEYS_TOLD = 24;

/** Finds what was asked in a report; throws a usage error that lists sections, keys or measures where there is none. */
export function askedFigure(figures: CsrFigures, policy: CsrPolicy, asked: string): AskedFigure {
  const sections = sectionsOf(figures, policy);
  const [, name = '', rest = ''] = /^([A-Za-z0-9]+):?(.*)$/s.exec(asked.trim()) ?? [];
  const section = sections.get(name);
  if (section === undefined)
    throw usageError(
      `--rows: the report has no ${asked}.`,
      `Its sections: ${[...sections.keys()].join(', ')}.`,
    );
  if (section.keys === null) {
    const measures = measuresOf(section, name, rest === '' ? null : rest);
    return { section: name, key: '', keys: [''], measures };
  }
  for (const [key, measure] of readings(rest)) {
    const named = section.named?.(key) ?? key;
    const members = section.members?.get(named);
    if (members === undefined && !section.keys.includes(named)) continue;
    return {
      section: name,
      key: named,
      keys: members ?? [named],
      measures: measuresOf(section, name, measure),
    };
  }
  const what = rest === '' ? `${name} needs a key` : `${name} has no ${rest}`;
  throw usageError(`--rows: ${what}.`, keysText(name, section));
}

/** `a:b` is the key `a:b`, or the key `a` and the measure `b`. */
function readings(rest: string): readonly (readonly [key: string, measure: string | null])[] {
  const at = rest.lastIndexOf(':');
  return at < 0
    ? [[rest, null]]
    : [
        [rest, null],
        [rest.slice(0, at), rest.slice(at + 1)],
      ];
}

function measuresOf(
  { measures, usual, statistics = [] }: Section,
  name: string,
  asked: string | null,
): readonly string[] {
  if (asked === null || statistics.includes(asked)) return usual === undefined ? measures : [usual];
  if (measures.includes(asked)) return [asked];
  const all = measures.length === 0 ? 'Leave it out.' : `Its measures: ${measures.join(', ')}.`;
  throw usageError(`--rows: ${name} has no measure ${asked}.`, all);
}

function keysText(name: string, { keys, members, measures }: Section): string {
  const all = [...(keys ?? []), ...(members?.keys() ?? [])];
  if (all.length === 0) return `${name} is empty in this report.`;
  const told = all.slice(0, KEYS_TOLD).join('; ');
  const more = all.length > KEYS_TOLD ? `; and ${all.length - KEYS_TOLD} more` : '';
  const split = measures.length > 1 ? ` After a key may stand :${measures.join(', :')}.` : '';
  return `Its keys: ${told}${more}.${split}`;
}

function sectionsOf(figures: CsrFigures, policy: CsrPolicy): ReadonlyMap<string, Section> {
  const { tallied, trends, policeByDistrict } = figures;
  const buckets = policy.ageing.buckets;
  const sections = new Map<string, Section>();
  // Their keys are the figures themselves.
  sections.set('totals', { keys: TOTALS, measures: [] });
  sections.set('against', { keys: TOTALS, measures: [] });
  for (const name of BREAKDOWNS) {
    const groups = tallied.groups[name];
    const { others, othersKey } = groupsShown(name, groups);
    sections.set(name, {
      keys: groups.map(({ key }) => key),
      measures: GROUP_MEASURES,
      members: new Map(others.length === 0 ? [] : [[othersKey, others.map(({ key }) => key)]]),
    });
  }
  sections.set('ageing', {
    keys: buckets.map(({ label }) => label),
    measures: ['count', 'seasonal', 'others'],
    usual: 'count',
    named: (text) => bucketNamed(buckets, text) ?? text,
  });
  sections.set('byMonth', { keys: tallied.months.map(({ label }) => label), measures: ['opened', 'closed'] });
  sections.set('trends', {
    keys: trends.found.map(({ key }) => key),
    measures: ['opened', 'previous', 'lastYear'],
    usual: 'opened',
  });
  sections.set('chronic', {
    keys: tallied.chronic.map(({ location }) => location),
    measures: ['requests'],
    named: normalAddress,
  });
  sections.set('onTime', {
    keys: ['closedInPeriod', 'dueInPeriod'],
    measures: ['total', 'onTime', 'late'],
    usual: 'total',
  });
  sections.set('police', { keys: POLICE_MEASURES, measures: [] });
  sections.set('policeByDistrict', {
    keys: policeByDistrict.map(({ district }) => district ?? 'Unknown'),
    measures: POLICE_MEASURES,
    usual: 'received',
  });
  sections.set('treatments', {
    keys: [...ODDITIES, 'policeRequestsNotIn311', 'policeRequestsWithoutAnyDate', 'withoutDistrict'],
    measures: ['count'],
  });
  const statistics = ['median', 'p90'];
  sections.set('daysToClose', { keys: null, measures: ['n'], statistics });
  sections.set('daysOpen', { keys: null, measures: ['n'], statistics });
  sections.set('duplicates', { keys: null, measures: ['count'] });
  sections.set('informationOnly', { keys: null, measures: ['count'] });
  return sections;
}
