import type { Directive } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { resolveActor } from '../people/identity.ts';
import type { Cell, Table } from '../report/document.ts';
import type { Reader } from '../store/store.ts';
import type { Finding } from './record-findings.ts';
import { hiddenRecords, knownActor } from './record-reach.ts';

/** Which confidential systems the acting member may read findings of. */
export interface Sight {
  readonly confidential: readonly Directive[];
  readonly sees: ReadonlySet<string>;
  readonly actorId: string | null;
}

/** How many findings of one kind there are. */
export interface FindingGroup {
  readonly system: string;
  readonly code: string;
  readonly rule: string | null;
  readonly cite: string | null;
  readonly count: number;
}

/** What the acting member may see; nobody known sees no confidential system. */
export async function sightOf(reader: Reader, context: Context, known: readonly Directive[]): Promise<Sight> {
  const confidential = known.filter((directive) => directive.sees !== null);
  const actor = await resolveActor(reader, context);
  const sees = confidential.filter(
    (directive) =>
      directive.sees?.roles.some((role) => actor?.roles.has(role)) &&
      (!directive.needsPurpose || context.purpose !== null),
  );
  return {
    confidential,
    sees: new Set(sees.map((directive) => directive.system)),
    actorId: actor?.memberId ?? null,
  };
}

/** The findings that may be listed: those of a system that is not for this actor are counted only (contract.md, Roles). */
export function listed(all: readonly Finding[], sight: Sight): readonly Finding[] {
  const closed = new Set<string>(
    sight.confidential.flatMap(({ system }) => (sight.sees.has(system) ? [] : [system])),
  );
  return all.filter((finding) => !closed.has(finding.system));
}

/**
 * The findings that this actor is told of: none on records hidden from them, and none that the directive keeps back
 * (OSS-12, OSS-58); these are not even counted.
 */
export async function toldOf(
  reader: Reader,
  context: Context,
  known: readonly Directive[],
  all: readonly Finding[],
): Promise<readonly Finding[]> {
  const hidden = await hiddenRecords(reader, context, known);
  const actor = await knownActor(reader, context);
  const tells = new Map<string, (finding: Finding) => boolean>();
  for (const { system, tells: of } of known)
    if (of && all.some((finding) => finding.system === system))
      tells.set(system, await of(reader, context, actor));
  return all.filter(
    (finding) =>
      hidden.get(finding.system)?.has(finding.id) !== true && tells.get(finding.system)?.(finding) !== false,
  );
}

/** Takes from a finding, of those given, the text that is not for this actor (CC-10). */
export async function muting(
  reader: Reader,
  context: Context,
  known: readonly Directive[],
  all: readonly Finding[],
): Promise<(finding: Finding) => Finding> {
  const actor = await knownActor(reader, context);
  const muted = new Map<string, (finding: Finding) => boolean>();
  for (const { system, mutes } of known) {
    const theirs = all.filter((finding) => finding.system === system);
    if (mutes && theirs.length > 0) muted.set(system, await mutes(reader, context, actor, theirs));
  }
  return (finding) => (muted.get(finding.system)?.(finding) ? { ...finding, text: null } : finding);
}

/** The text of a finding in a table. */
export function textCell({ text }: Pick<Finding, 'text'>): Cell {
  return text ?? { kind: 'tone', tone: 'muted', text: 'withheld' };
}

/** Findings counted by system, code and rule, most frequent first. */
export function groupsOf(all: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { system, code, rule, cite } of all) {
    const key = `${system} ${code} ${rule}`;
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.set(key, { system, code, rule, cite, count });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The two tables of the page: counts, then the findings themselves. */
export function tablesOf(groups: readonly FindingGroup[], shown: readonly Finding[]): readonly Table[] {
  const counts: Table = {
    kind: 'table',
    id: 'groups',
    title: 'By code',
    columns: [
      { key: 'code', title: 'Finding' },
      { key: 'system', title: 'System' },
      { key: 'rule', title: 'Rule' },
      { key: 'cite', title: 'Paragraph', priority: 1 },
      { key: 'count', title: 'Count', align: 'right' },
    ],
    rows: groups.map((group) => ({ ...group })),
    empty: 'No findings.',
  };
  const rows: Table = {
    kind: 'table',
    id: 'findings',
    title: 'Findings',
    columns: [
      { key: 'id', title: 'Record' },
      { key: 'code', title: 'Finding' },
      { key: 'rule', title: 'Rule' },
      { key: 'at', title: 'When', priority: 2 },
      { key: 'text', title: 'What' },
    ],
    rows: shown.map((finding) => ({
      id: finding.id,
      code: finding.code,
      rule: finding.rule,
      at: { kind: 'instant', at: finding.at },
      text: textCell(finding),
    })),
    empty: 'None that may be listed.',
  };
  return [counts, rows];
}
