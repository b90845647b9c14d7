import { normalAddress } from '../core/address.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { bucketNamed } from '../report/ageing.ts';
import { type AskedFigure, figureAmong, type Section } from '../report/figure-keys.ts';
import { BREAKDOWNS } from './report-breakdowns.ts';
import { ODDITIES, TOTALS } from './report-counter.ts';
import type { CsrFigures } from './report-figures.ts';
import { groupsShown } from './report-groups.ts';
import { POLICE_MEASURES, POLICE_TREATMENTS } from './report-police.ts';

const USUAL = ['opened', 'closed', 'openAtEnd'];
// Closings whose days can be told.
const GROUP_MEASURES = [...USUAL, 'measured'];

/** Finds what was asked in a report; throws a usage error that lists sections, keys or measures where there is none. */
export function askedFigure(figures: CsrFigures, policy: CsrPolicy, asked: string): AskedFigure {
  return figureAmong(sectionsOf(figures, policy), asked);
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
      usual: USUAL,
      statistics: { median: 'measured', medianDaysToClose: 'measured' },
      members: new Map(others.length === 0 ? [] : [[othersKey, others.map(({ key }) => key)]]),
    });
  }
  sections.set('ageing', {
    keys: buckets.map(({ label }) => label),
    measures: ['count', 'seasonal', 'others'],
    usual: ['count'],
    named: (text) => bucketNamed(buckets, text) ?? text,
  });
  sections.set('byMonth', { keys: tallied.months.map(({ label }) => label), measures: ['opened', 'closed'] });
  sections.set('trends', {
    keys: trends.found.map(({ key }) => key),
    measures: ['opened', 'previous', 'lastYear'],
    usual: ['opened'],
  });
  sections.set('chronic', {
    keys: tallied.chronic.map(({ location }) => location),
    measures: ['requests'],
    named: normalAddress,
  });
  sections.set('onTime', {
    keys: ['closedInPeriod', 'dueInPeriod'],
    measures: ['total', 'onTime', 'late'],
    usual: ['total'],
  });
  sections.set('police', { keys: POLICE_MEASURES, measures: [] });
  sections.set('policeByDistrict', {
    keys: policeByDistrict.map(({ district }) => district ?? 'Unknown'),
    measures: POLICE_MEASURES,
    usual: ['received'],
  });
  sections.set('treatments', {
    keys: [...ODDITIES, ...Object.keys(POLICE_TREATMENTS), 'withoutDistrict'],
    measures: ['count'],
  });
  const statistics = { median: 'n', p90: 'n' };
  sections.set('daysToClose', { keys: null, measures: ['n'], statistics });
  sections.set('daysOpen', { keys: null, measures: ['n'], statistics });
  sections.set('duplicates', { keys: null, measures: ['count'] });
  sections.set('informationOnly', { keys: null, measures: ['count'] });
  return sections;
}
