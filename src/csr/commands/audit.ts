import { chainHead } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { type Instant, isoInstant, isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { periodLine, periodOf } from '../../report/question.ts';
import { periodOptions } from '../../report/question-options.ts';
import { provenanceFooter } from '../../report/sources.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { auditPolice } from '../audit.ts';
import { auditBlocks, auditNotes } from '../audit-document.ts';
import { requestSources } from '../records.ts';

/** `rollcall csr audit`: all districts side by side, for the Deputy Chief of Community Policing. */
export const csrAudit: Command<Document> = {
  name: 'csr audit',
  summary: 'timeliness and failure to respond, all districts side by side',
  details:
    'Police requests of every district over a quarter or a month, those of the 311 export that nobody took up among ' +
    'them: on time of those closed and of those due, what nobody opened, took or answered, who approved which extension ' +
    'in which role (CSR-50), and how often each office looked for new ones (CSR-36). Review time, from submission to ' +
    'closing, has no limit and is told for comparison. Without a period: the last whole quarter.',
  options: periodOptions('quarter'),
  examples: [{ line: 'rollcall csr audit --quarterly 2020-Q4 -o audit.pdf', says: 'the quarter, to print' }],
  fields: {
    period: 'label, from, to',
    'items[].district': 'three digits, or null where it is unknown',
    'items[].received': 'taken by 311 in the period',
    'items[].closedInPeriod': 'onTime and total of those closed in the period that had a clock',
    'items[].dueInPeriod': 'onTime and total of those due in the period',
    'items[].neverOpened': 'open at the end that nobody opened',
    'items[].neverAssigned': 'open at the end without a member',
    'items[].overdue': 'open at the end past the due day',
    'items[].lapses': 'due days of the period that passed without a submission, also those extended later',
    'items[].returned': 'returned in the period',
    'items[].extensions': 'extensions on record in the period',
    'items[].extensionsNotCounted': 'of these, not counted because a rule is against them',
    'items[].reviewDays': 'median days from submission to closing',
    total: 'number of districts',
    all: 'the same for all districts together',
    'extensions[]':
      'id, district, at, by, roles, counted, further, afterDue (approved after the due day), reason',
    'failures[]':
      'id, district, kind (not opened, no member, overdue, answered late, lapsed and extended later, closed without an SRSWO), rule, ageDays, dueAt, madeUpAt',
    'looks[]':
      'district, looks, days, daysWithout, longestGap in days, tours and toursWithout (null without a roster)',
    duplicates: 'on a work order, but a duplicate by 311: in no figure',
    informationOnly: 'on a work order, but information only by 311: in no figure',
    ruleset: 'sha256 of the policy files',
    auditHead: "head of the directive's event chain",
  },
  carries: [
    { rule: 'CSR-35', as: 'report' },
    { rule: 'CSR-36', as: 'report' },
    { rule: 'CSR-40', as: 'report' },
    { rule: 'CSR-47', as: 'check' },
    { rule: 'CSR-50', as: 'report' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const period = periodOf(context.now, input, 'quarter');
  const end = Math.min(period.end, context.now) as Instant;
  const policy = loadPolicy(context.env).csr();
  const { audited, newest, ...provenance } = await read(context.storePath, async (reader) => ({
    ruleset: rulesetHash(context.env),
    auditHead: await chainHead(reader, 'csr'),
    sources: await requestSources(reader),
    audited: await auditPolice(reader, { start: period.start, end, now: context.now }, policy),
    newest: await newestImport(reader, 'csr'),
  }));
  const items = audited.districts.map((row) => ({ ...row }));
  return {
    document: {
      title: 'Audit of police service requests',
      subtitle: `All districts · ${period.label}`,
      ...(period.end > context.now ? { banner: ['The period is not over: figures are so far.'] } : {}),
      asOf: context.now,
      period: { label: period.label, from: period.from, to: period.to },
      newestImport: newest,
      blocks: auditBlocks(audited),
      notes: [
        'On time is told of the last due day: 7 days from the assignment to the member (CSR-38), extended 15 days from the approval (CSR-47). The submission meets it, unless it was returned.',
        'A share of fewer than 10 requests is not printed.',
        ...auditNotes(audited),
      ],
      footer: provenanceFooter(provenance, periodLine('csr audit', period, isoInstant(context.now))),
    },
    data: {
      period: { label: period.label, from: period.from, to: period.to },
      items,
      total: items.length,
      all: audited.all,
      extensions: audited.extensions.map((row) => ({ ...row, at: isoInstant(row.at) })),
      failures: audited.failures.map((row) => ({
        ...row,
        dueAt: isoOrNull(row.dueAt),
        madeUpAt: isoOrNull(row.madeUpAt),
      })),
      looks: audited.looks,
      duplicates: audited.duplicates,
      informationOnly: audited.informationOnly,
      ruleset: provenance.ruleset,
      auditHead: provenance.auditHead,
    },
    items,
    newestImport: newest,
  };
}
