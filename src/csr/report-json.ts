import { type Instant, isoInstant } from '../core/instant.ts';
import { TREND_ALPHA } from '../report/trends.ts';
import type { CsrFigures } from './report-figures.ts';
import { sectorsOf } from './report-groups.ts';

/** Where the figures come from: the rule set's hash and the head of the directive's event chain. */
export interface Provenance {
  readonly ruleset: string;
  readonly auditHead: string;
}

/** The newest of the imports behind the figures; null when there is none. */
export function newestSource({ sources }: CsrFigures): Instant | null {
  let newest: Instant | null = null;
  for (const { importedAt } of sources) if (newest === null || importedAt > newest) newest = importedAt;
  return newest;
}

/** The report as the contract's JSON, with the treatments of odd data beside the figures. */
export function reportData(
  figures: CsrFigures,
  notes: readonly string[],
  { ruleset, auditHead }: Provenance,
): Readonly<Record<string, unknown>> {
  const { plan, question, tallied, daysToClose, police, trends } = figures;
  const { period } = plan;
  return {
    period: { label: period.label, from: period.from, to: period.to },
    soFar: plan.soFar,
    district: question.place.district,
    beat: question.place.beat,
    totals: tallied.totals,
    duplicates: tallied.duplicates,
    informationOnly: tallied.informationOnly,
    daysToClose,
    onTime: { closedInPeriod: police.closedInPeriod, dueInPeriod: police.dueInPeriod },
    police: {
      clocksRunning: police.running,
      overdue: police.overdue,
      closedAfterExtension: police.extended,
      closedWithoutClock: police.closedWithoutClock,
    },
    byType: tallied.byType,
    byBeat: tallied.byBeat,
    bySector: sectorsOf(tallied.byBeat),
    byDistrict: tallied.byDistrict,
    byOrigin: tallied.byOrigin,
    ageing: tallied.ageing,
    byMonth: tallied.months,
    against: { label: plan.against.label, totals: tallied.againstTotals },
    trends: trends.found,
    trendTests: { tests: trends.tests, alpha: TREND_ALPHA, notCompared: trends.notCompared },
    chronic: tallied.chronic,
    treatments: {
      ...tallied.treatments,
      policeRequestsNotIn311: police.onlyPolice,
      policeRequestsWithoutAnyDate: police.withoutAnyDate,
      withoutDistrict: figures.withoutDistrict,
    },
    notes,
    sources: figures.sources.map(({ file, sha256, rows, importedAt }) => ({
      file,
      sha256,
      rows,
      importedAt: isoInstant(importedAt),
    })),
    ruleset,
    auditHead,
  };
}
