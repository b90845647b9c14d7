import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Instant } from '../../core/instant.ts';
import type { Period } from '../../core/period.ts';
import { areasByDistrict } from '../../people/areas.ts';
import type { Document } from '../../report/document.ts';
import { periodOf } from '../../report/question.ts';
import { periodOptions } from '../../report/question-options.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { requireSight, type Sight } from '../act-sight.ts';
import { OSSU_ROLES } from '../act-spec.ts';
import { reportDocument } from '../report-document.ts';
import { ossFigures } from '../report-figures.ts';
import { shownFigures } from '../report-shown.ts';
import { areaOf } from '../workflow-rules.ts';
import { workItemHistoriesAsOf } from '../worklist-items.ts';

/** `rollcall oss report`: what happened in a period, in counts, without a name. */
export const ossReport: Command<Document> = {
  name: 'oss report',
  summary: 'a period in counts: validity, time to each step, plans, supports',
  details:
    'No name and no Work Item is in it. Outside the unit (OSSU) it is printed for whole quarters that are over, with ' +
    'small cells suppressed so that they cannot be worked out from totals, from other months or from other days; and ' +
    'only analyst and OSSU supervisor see what tells of invalid Work Items (OSS-12). An Area Representative gets the ' +
    'figures of the own Area. Without a period: the last whole ' +
    'quarter.',
  options: [
    ...periodOptions('quarter'),
    { flags: '--area <area>', summary: 'every figure for the members of one Area; for the unit (OSSU)' },
  ],
  examples: [
    { line: 'rollcall oss report --quarterly --area 2 --actor M0002', says: 'all of it for one Area' },
    { line: 'rollcall oss report --quarterly 2020-Q4 --actor M0002', says: 'the quarter, for the unit' },
  ],
  fields: {
    period: 'label, from, to',
    area: 'the Area that was asked for; null for all',
    suppressedBelow: 'counts below it are null; 1 where none is',
    intake:
      'generated, invalid, undetermined, soFar (generated, determined, open), invalidByReason; null for those who may not see invalid ones',
    valid: 'found valid in the period; null is suppressed, here and below',
    'steps[]': 'step, rule, n, medianHours, p90Hours, onTime, late',
    counts: 'submissions, returned, approvedCommandFirst, approvedRepFirst, completed',
    'supports[]': 'support, chosen, completed; null for the analyst',
    supportTotals: 'chosen, completed',
    discrepancies: 'opened, open, oldestDays',
    'byArea[]':
      'area, generated, invalid, valid, late, plans, returned, supportsCompleted, completed, discrepanciesOpen',
    areaTotals: 'the same but area',
  },
  carries: [
    { rule: 'OSS-14', as: 'report' },
    { rule: 'OSS-12', as: 'block' },
    { rule: 'OSS-16', as: 'report' },
    { rule: 'OSS-17', as: 'report' },
    { rule: 'OSS-29', as: 'report' },
    { rule: 'OSS-31', as: 'report' },
    { rule: 'OSS-53', as: 'report' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const period = periodOf(context.now, input, 'quarter');
  const policy = loadPolicy(context.env);
  const { histories, sight, inUnit, until, newest } = await read(context.storePath, async (reader) => {
    const seer = await requireSight(reader, context, 'oss.report', ['OSS-58', 'see the report']);
    const within = OSSU_ROLES.some((role) => seer.actor.roles.has(role));
    if (!within) refuseDifferences(period, context.now);
    // As of the end of the period, on whatever later day: what came after it belongs to the next, and outside the unit
    // two days would give a single step away.
    const end = earlier(context.now, period.end);
    return {
      histories: await workItemHistoriesAsOf(reader, seer.directory, end),
      sight: seer,
      inUnit: within,
      until: end,
      newest: await newestImport(reader, 'oss'),
    };
  });
  const intake = sight.scopes('oss.report').has('all') && sight.scopes('oss.invalid').has('all');
  const oss = policy.oss();
  const limit = inUnit ? 1 : oss.smallCellLimit;
  const areas = areasByDistrict();
  const areaThen = ({ memberId }: { readonly memberId: string }) =>
    areaOf(memberThen(sight, memberId, period.end), areas) ?? 'unknown';
  const area = areaAsked(input, new Set(Object.values(areas)), inUnit);
  const wide = intake || sight.scopes('oss.report').has('figures');
  const figures = ossFigures(
    histories.filter(
      ({ item }) =>
        !sight.conceals(item) &&
        (area === null || areaThen(item) === area) &&
        (intake || wide || sight.sees('oss.report', item)),
    ),
    period,
    until,
    {
      reasons: oss.invalidReasons.reasons,
      supports: oss.plan.supports.map(({ code }) => code),
      areas: [...new Set(Object.values(areas))].sort(),
      validBy: intake ? 'determined' : 'forwarded',
      areaOf: areaThen,
    },
  );
  await logAccess(context, {
    system: 'oss',
    command: 'oss report',
    subject: period.label,
    actorId: sight.actor.memberId,
  });
  // A-OSS-8: the analyst sees no plan, nor what can be told of one; others see plans, or counts alone.
  const plans = sight.scopes('oss.plan').size > 0 || !intake;
  const shown = shownFigures(figures, { intake, plans }, limit);
  return {
    document: reportDocument(shown, {
      period,
      now: context.now,
      newestImport: newest,
      limit,
      ruleset: rulesetHash(context.env),
      area,
      command:
        `rollcall oss report --${period.kind === 'month' ? 'monthly' : 'quarterly'} ${period.label}` +
        (area === null ? '' : ` --area ${area}`),
    }),
    data: {
      period: { label: period.label, from: period.from, to: period.to },
      area,
      suppressedBelow: limit,
      ...shown,
    },
    newestImport: newest,
  };
}

// Outside the unit the rest of all less one Area would give the others away.
function areaAsked({ options }: Input, known: ReadonlySet<string>, inUnit: boolean): string | null {
  if (options.area === undefined) return null;
  if (!inUnit) throw usageError('--area: one Area apart is for the unit (OSSU).', 'Leave --area out.');
  const area = String(options.area);
  if (area !== 'unknown' && !known.has(area))
    throw usageError(
      `--area: there is no Area ${area}.`,
      `Use one of ${[...known].sort().join(', ')}, unknown.`,
    );
  return area;
}

// A later transfer moves nobody: counts of two days would else tell whose Work Item it is.
function memberThen(sight: Sight, memberId: string, at: Instant) {
  return sight.directory.earliest(memberId, at);
}

function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

// A month beside its quarter, or one day beside the next, would give suppressed counts away.
function refuseDifferences(period: Period, now: Instant): void {
  if (period.kind === 'month' || period.end > now)
    throw usageError('Outside the unit the report is for whole quarters that are over.', 'Use --quarterly.');
}
