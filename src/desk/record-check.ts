import type { Directive, Told } from '../casework/directive.ts';
import type { Context } from '../core/command.ts';
import { resolveActor } from '../people/identity.ts';
import type { Table } from '../report/document.ts';
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

/**
 * The findings that may be listed. Of a system that is not for this actor the text is kept back; where a purpose is
 * asked they are counted only (contract.md, Roles).
 */
export function withheld(all: readonly Textless[], sight: Sight): readonly Textless[] {
  const closed = new Map(
    sight.confidential
      .filter((directive) => !sight.sees.has(directive.system))
      .map((directive) => [directive.system as string, directive]),
  );
  return all.flatMap((finding): Textless[] => {
    const directive = closed.get(finding.system);
    if (directive === undefined) return [finding];
    return directive.needsPurpose ? [] : [{ ...finding, text: null }];
  });
}

/**
 * The findings as this actor is told of them: without those on records hidden from them, which are not even counted
 * (OSS-12), and without texts and parts that the directive keeps back.
 */
export async function toldOf(
  reader: Reader,
  context: Context,
  known: readonly Directive[],
  all: readonly Finding[],
): Promise<readonly Textless[]> {
  const hidden = await hiddenRecords(reader, context, known);
  const actor = await knownActor(reader, context);
  const tells = new Map<string, (finding: Finding) => Told>();
  for (const { system, tells: of } of known)
    if (of && all.some((finding) => finding.system === system))
      tells.set(system, await of(reader, context, actor));
  return all.flatMap((finding): Textless[] => {
    if (hidden.get(finding.system)?.has(finding.id)) return [];
    const told = tells.get(finding.system)?.(finding) ?? 'all';
    if (told === 'nothing') return [];
    return [told === 'all' ? finding : { ...finding, text: null }];
  });
}

/** The findings whose record may be named to this actor. */
export function listable(all: readonly Textless[], sight: Sight): readonly Textless[] {
  const closed = sight.confidential.filter(
    ({ system, needsPurpose }) => needsPurpose && !sight.sees.has(system),
  );
  return all.filter((finding) => !closed.some(({ system }) => system === finding.system));
}

/** A finding whose text is not for this actor. */
export type Textless = Omit<Finding, 'text'> & { readonly text: string | null };

/** Findings counted by system, code and rule, most frequent first. */
export function groupsOf(all: readonly Textless[]): readonly FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const { system, code, rule, cite } of all) {
    const key = `${system} ${code} ${rule}`;
    const count = (groups.get(key)?.count ?? 0) + 1;
    groups.set(key, { system, code, rule, cite, count });
  }
  return [...groups.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}

/** The two tables of the page: counts, then the findings themselves. */
export function tablesOf(groups: readonly FindingGroup[], shown: readonly Textless[]): readonly Table[] {
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
      text: finding.text ?? { kind: 'tone', tone: 'muted', text: 'withheld' },
    })),
    empty: 'None that may be listed.',
  };
  return [counts, rows];
}
