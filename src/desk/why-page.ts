import type { RecordView } from '../casework/directive.ts';
import { peopleAge } from '../core/duration.ts';
import { type Instant, isoInstant, isoOrNull } from '../core/instant.ts';
import type { Policy } from '../core/policy-files.ts';
import type { Block } from '../report/document.ts';
import { clockItem, type Inferred, type RecordClocks, type Uncounted } from './record-clocks.ts';
import type { Found } from './record-find.ts';
import { baseRule, type Chain } from './why-chains.ts';
import { arithmetic, capital, exactInstant, ownerText, verdict } from './why-words.ts';

/** The clocks of one record as JSON items: those that ran, then those that never did. */
export function whyItems(
  { view }: Found,
  { chains, absent, uncounted, inferred }: RecordClocks,
  policy: Policy,
): readonly Readonly<Record<string, unknown>>[] {
  const ran = chains.map((chain) => ({
    id: view.id,
    system: view.system,
    ...clockItem(chain),
    spans: chain.spans.map((span) => ({
      rule: span.rule,
      period: span.period,
      openedAt: isoInstant(span.openedAt),
      dueAt: isoInstant(span.dueAt),
      stoppedAt: span === chain.spans.at(-1) ? isoOrNull(chain.stoppedAt) : isoInstant(span.stoppedAt),
      endedBy: span === chain.spans.at(-1) ? chain.endedBy : span.endedBy,
      owner: span.owner,
    })),
    lapses: chain.lapses.map((lapse) => ({
      dueAt: isoInstant(lapse.dueAt),
      until: isoInstant(lapse.until),
      hours: Math.round(lapse.seconds / 360) / 10,
      endedBy: lapse.endedBy,
    })),
    arithmetic: [
      ...arithmetic(chain, chains),
      ...inferredLines(chain, inferred),
      ...uncountedLines(chain, uncounted),
    ],
    readings: readingsOf(policy, chain.rule),
  }));
  const never = absent.map(({ policy: clock, timeliness, why: text }) => ({
    id: view.id,
    system: view.system,
    rule: clock.rule,
    cite: clock.cite,
    name: clock.name,
    key: null,
    startedAt: null,
    dueAt: null,
    stoppedAt: null,
    endedBy: null,
    timeliness,
    lateHours: null,
    extensions: 0,
    returns: 0,
    owner: { role: clock.ownerRole, unit: null, member: null },
    spans: [],
    lapses: [],
    arithmetic: [text],
    readings: readingsOf(policy, clock.rule),
  }));
  return [...ran, ...never];
}

function readingsOf(policy: Policy, rule: string): readonly string[] {
  const rules = [
    rule,
    ...policy.clocks().flatMap((clock) => (clock.rule === rule ? [clock.extension?.rule] : [])),
  ];
  return policy
    .readings()
    .filter((reading) => reading.rules.some((id) => rules.includes(id)))
    .map((reading) => reading.id);
}

/** The clocks of one record for people: a section each. */
export function whyBlocks(
  found: Found,
  { chains, absent, uncounted, inferred }: RecordClocks,
  policy: Policy,
  now: Instant,
  at: number,
): readonly Block[] {
  const blocks = chains.map(
    (chain, n): Block => ({
      kind: 'prose',
      id: `clock-${at}-${n}`,
      heading: headingOf(chain, policy),
      paragraphs: [
        `${capital(verdict(chain, now))}. Owner: ${ownerText(chain.owner)}.`,
        ...arithmetic(chain, chains),
        ...inferredLines(chain, inferred),
        ...uncountedLines(chain, uncounted),
        ...readingLine(policy, chain.rule),
      ],
    }),
  );
  const never = absent.map(
    ({ policy: clock, why: text }): Block => ({
      kind: 'prose',
      id: `absent-${at}-${clock.rule}`,
      heading: `${clock.name} (${clock.rule}, ${clock.cite})`,
      paragraphs: [text],
    }),
  );
  if (blocks.length + never.length > 0) return [...blocks, ...never, ...ageBlock(found, now, at)];
  const what = found.view.system === 'csr' ? ` ${ageText(found, now)}` : '';
  const paragraphs = [`No directive deadline runs on this record.${what}`];
  return [{ kind: 'prose', id: `none-${at}`, heading: 'Clocks', paragraphs }];
}

function headingOf(chain: Chain, policy: Policy): string {
  const name = chain.policy?.name ?? 'clock';
  const label = chain.rule === 'OSS-31' ? `plan ${chain.key}` : `unit ${chain.key}`;
  const key = chain.key === '' ? '' : `, ${label}`;
  const last = chain.spans.at(-1)?.rule ?? chain.rule;
  const extended =
    last === chain.rule || baseRule(last, policy.clocks()) !== chain.rule ? '' : `, now ${last}`;
  return `${name}${key} (${chain.rule}, ${chain.policy?.cite ?? 'no clock of the policy'}${extended})`;
}

function readingLine(policy: Policy, rule: string): readonly string[] {
  const ids = readingsOf(policy, rule);
  return ids.length === 0 ? [] : [`Readings: ${ids.join(', ')} (rollcall rules --show ${rule}).`];
}

/** What stands for a start that nobody recorded. */
function inferredLines(chain: Chain, inferred: readonly Inferred[]): readonly string[] {
  return inferred
    .filter(({ at, rule }) => at === chain.startedAt && rule === chain.rule)
    .map(({ text }) => `${capital(text)}.`);
}

/** What a reader who sees an extension on record and no later due date wants to know. */
function uncountedLines(chain: Chain, uncounted: readonly Uncounted[]): readonly string[] {
  return uncounted
    .filter(({ at }) => at >= chain.startedAt && (chain.stoppedAt === null || at <= chain.stoppedAt))
    .map(({ at, rule, text }) => {
      const cause = rule === null ? text : `${text} (${rule})`;
      return `An extension on record of ${exactInstant(at)} does not count: ${cause}.`;
    });
}

// A-CC-5: however often a concern moves between units, its total age is told.
function ageBlock({ view }: Found, now: Instant, at: number): readonly Block[] {
  const first = instantFact(view, 'firstAssignedAt');
  if (view.system !== 'concerns' || first === null || first > now) return [];
  const done = instantFact(view, 'completedAt');
  const ended = done !== null && done <= now;
  const age = `${peopleAge((ended ? done : now) - first)} ${ended ? 'until Investigation Complete' : 'ago'}`;
  const paragraphs = [`First assigned ${exactInstant(first)}, ${age} (A-CC-5).`];
  return [{ kind: 'prose', id: `age-${at}`, heading: 'Total age', paragraphs }];
}

// CSR-15 and CSR-25 ask for a reasonable time, which is no deadline (A-CSR-1).
function ageText({ view }: Found, now: Instant): string {
  const [created, closed] = [instantFact(view, 'createdAt'), instantFact(view, 'closedAt')];
  const lead = 'A reasonable time is no deadline (A-CSR-1).';
  if (created === null) return lead;
  const done = closed !== null && closed <= now;
  const age = peopleAge((done ? closed : now) - created);
  return `${lead} ${done ? `It was closed after ${age}.` : `It is ${age} old.`}`;
}

function instantFact(view: RecordView, key: string): Instant | null {
  const value = view.facts.find((fact) => fact.key === key)?.value;
  return typeof value === 'object' && value !== null && value.kind === 'instant' ? value.at : null;
}
