import { dataError, RollcallError } from './errors.ts';
import {
  type ClockPolicy,
  type DutyPolicy,
  mergeRows,
  type Reading,
  type RolePolicy,
  type Rule,
  type RuleStatus,
  ruleById,
  type System,
  type ViewPolicy,
} from './policy.ts';
import { assertWhole, mergeTopic, type Overlay, parseOverlay, type Topic } from './policy-overlay.ts';
import type { ConcernsPolicy, CsrPolicy, OssPolicy, SaidPolicy } from './policy-topics.ts';

/** Rule files by id prefix, in the order in which rules are listed. */
const RULE_FILES: Readonly<Record<string, string>> = {
  OSS: 'rules-oss.json',
  CSR: 'rules-csr.json',
  CC: 'rules-cc.json',
  CP: 'rules-cp.json',
  SAID: 'rules-said.json',
  SRO: 'rules-sro.json',
};

/** Every shipped policy file, in name order: the order in which the ruleset hash takes them. */
export const POLICY_FILES: readonly string[] = [
  'clocks.json',
  'concerns.json',
  'csr.json',
  'duties.json',
  'oss.json',
  'readings.json',
  'roles.json',
  ...Object.values(RULE_FILES),
  'said.json',
  'views.json',
].toSorted();

/** The policy, each file parsed when it is first asked for. Start-up asks for the clocks only. */
export interface Policy {
  rules(): readonly Rule[];
  readings(): readonly Reading[];
  clocks(): readonly ClockPolicy[];
  duties(): readonly DutyPolicy[];
  roles(): readonly RolePolicy[];
  views(): readonly ViewPolicy[];
  csr(): CsrPolicy;
  concerns(): ConcernsPolicy;
  oss(): OssPolicy;
  said(): SaidPolicy;
  /** The cite of a rule, from its own directive's file alone; throws (a bug of ours) for an unknown id. */
  cite(rule: string): string;
}

/**
 * The policy in `folder` with the overlay files laid over it, in their order. Reads through `readText` (a path to
 * its text); throws kind `data` when an overlay is wrong.
 */
export function openPolicy(
  readText: (path: string) => string,
  folder: string,
  overlayPaths: readonly string[] = [],
): Policy {
  const overlays = once(() => overlayPaths.map((path) => parseOverlay(readText(path), path)));
  const parse = <T>(name: string): T => JSON.parse(readText(`${folder}/${name}`)) as T;
  const own = <T>(pick: (overlay: Overlay) => readonly T[]): readonly T[] => overlays().flatMap(pick);
  // A-CP-4: a draft can be switched off, a directive in force cannot.
  const statusOf = (id: string, status: RuleStatus): RuleStatus => {
    const off = own((overlay) => overlay.off);
    if (status !== 'draft' && off.includes(id)) {
      throw dataError(
        `policy overlay: "off" names ${id}, which is no draft.`,
        'Only drafts can be switched off.',
      );
    }
    return status === 'draft' && (off.includes(id) || off.includes('draft')) ? 'off' : status;
  };

  const families = new Map<string, () => readonly Rule[]>();
  for (const [prefix, name] of Object.entries(RULE_FILES)) {
    families.set(
      prefix,
      once(() => {
        const file = parse<RuleFile>(name);
        const shared = { directive: file.directive, system: file.system, status: file.status };
        const mine = own((overlay) => overlay.rules).filter((rule) => prefixOf(rule.id ?? '') === prefix);
        return finish(
          mergeRows(
            file.rules.map((rule) => ({ ...shared, ...rule })),
            mine,
            (rule) => rule.id,
          ),
        );
      }),
    );
  }
  const added = once(() => {
    const mine = own((overlay) => overlay.rules).filter((rule) => !families.has(prefixOf(rule.id ?? '')));
    return finish(mergeRows<Rule>([], mine, (rule) => rule.id));
  });
  function finish(rules: readonly Rule[]): readonly Rule[] {
    if (overlays().length === 0) return rules;
    assertWhole(rules, 'rules');
    return rules.map((rule) => ({ ...rule, status: statusOf(rule.id, rule.status) }));
  }

  const topic = <T extends object>(name: Topic): (() => T) =>
    once(() =>
      overlays().reduce<T>(
        (settings, overlay) => mergeTopic(settings, overlay.topics[name] ?? {}, name),
        parse<T>(`${name}.json`),
      ),
    );

  return {
    rules: once(() => [...[...families.values()].flatMap((family) => family()), ...added()]),
    readings: once(() => {
      const shipped = parse<{ readings: Reading[] }>('readings.json').readings;
      const rows = mergeRows(
        shipped,
        own((overlay) => overlay.readings),
        (reading) => reading.id,
      );
      assertWhole(rows, 'readings');
      return rows;
    }),
    clocks: once(() => {
      const shipped = parse<{ clocks: ClockPolicy[] }>('clocks.json').clocks;
      const rows = mergeRows(
        shipped,
        own((overlay) => overlay.clocks),
        (clock) => clock.rule,
      );
      assertWhole(rows, 'clocks');
      return rows;
    }),
    duties: once(() => {
      const shipped = parse<{ duties: DutyPolicy[] }>('duties.json').duties;
      const rows = mergeRows(
        shipped,
        own((overlay) => overlay.duties),
        (duty) => duty.rule,
      );
      assertWhole(rows, 'duties');
      return rows.filter((duty) => statusOf(duty.rule, duty.status) !== 'off');
    }),
    roles: once(() => parse<{ roles: RolePolicy[] }>('roles.json').roles),
    views: once(() => parse<{ views: ViewPolicy[] }>('views.json').views),
    csr: topic<CsrPolicy>('csr'),
    concerns: topic<ConcernsPolicy>('concerns'),
    oss: topic<OssPolicy>('oss'),
    said: topic<SaidPolicy>('said'),
    cite(id) {
      const rule = ruleById((families.get(prefixOf(id)) ?? added)(), id);
      if (rule === undefined) throw new RollcallError('bug', `The policy has no rule ${id}.`);
      return rule.cite;
    },
  };
}

interface RuleFile {
  readonly directive: string;
  readonly system: System;
  readonly status: RuleStatus;
  readonly rules: readonly Omit<Rule, 'directive' | 'system' | 'status'>[];
}

function prefixOf(id: string): string {
  return id.slice(0, id.lastIndexOf('-'));
}

function once<T>(compute: () => T): () => T {
  let held: { readonly value: T } | null = null;
  return () => {
    held ??= { value: compute() };
    return held.value;
  };
}
