import { isoInstant, isoOrNull } from '../core/instant.ts';
import { againstSoFar } from '../report/question.ts';
import type { Provenance } from '../report/sources.ts';
import { TREND_ALPHA } from '../report/trends.ts';
import type { CsrFigures } from './report-figures.ts';
import { onTimeOf, POLICE_TREATMENTS, type PoliceCounts } from './report-police.ts';
import type { ListedRequest } from './report-records.ts';

/** The report as the contract's JSON, with the treatments of odd data beside the figures. */
export function reportData(
  figures: CsrFigures,
  notes: readonly string[],
  { ruleset, auditHead }: Omit<Provenance, 'sources'>,
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
    daysOpen: figures.daysOpen,
    onTime: onTimeOf(police),
    police: policeData(police),
    policeByDistrict: figures.policeByDistrict.map(({ district, counts }) => ({
      district,
      ...policeData(counts),
      onTime: onTimeOf(counts),
    })),
    ...tallied.groups,
    ageing: tallied.ageing,
    byMonth: tallied.months,
    against: { label: plan.against.label, soFar: againstSoFar(question), totals: tallied.againstTotals },
    trends: trends.found,
    trendTests: { tests: trends.tests, alpha: TREND_ALPHA, notCompared: trends.notCompared },
    chronic: tallied.chronic,
    chronicRequests: figures.chronicRequests.map(({ location, requests }) => ({
      location,
      requests: requests.map(requestItem),
    })),
    treatments: {
      ...tallied.treatments,
      ...Object.fromEntries(
        Object.entries(POLICE_TREATMENTS).map(([name, measure]) => [name, police[measure]]),
      ),
      withoutDistrict: figures.withoutDistrict,
    },
    notes,
    sources: figures.sources.map((source) => ({ ...source, importedAt: isoInstant(source.importedAt) })),
    ruleset,
    auditHead,
  };
}

function policeData({
  closedWithClock,
  closedOnTime,
  due,
  dueOnTime,
  clocked,
  notIn311,
  withoutAnyDate,
  closedHereOpenIn311,
  openHereClosedIn311,
  ...counts
}: PoliceCounts) {
  return counts;
}

/** A request in JSON. */
export function requestItem(request: ListedRequest): Readonly<Record<string, unknown>> {
  return { ...request, createdAt: isoOrNull(request.createdAt), closedAt: isoOrNull(request.closedAt) };
}
