import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { CARRIES, RULE_TYPES, type Rule, SYSTEMS } from '../../core/policy.ts';
import type { Block, Document } from '../../report/document.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { type Carried, coverage, strongest } from '../coverage.ts';
import {
  coverageTable,
  detailsOf,
  flatCoverage,
  type RuleItem,
  ruleBlocks,
  rulesTable,
} from '../rule-tables.ts';

/** `rollcall rules` over whatever `registered` says the code carries; tests give their own. */
export function makeRulesCommand(registered: () => Promise<readonly Carried[]>): Command<Document> {
  return {
    name: 'rules',
    summary: 'the rules of the directives, and what the program makes of them',
    details:
      'Lists every rule with its paragraph and our own paraphrase. "Meant" is what a rule is to become, "built" what ' +
      'the program does today: check (flags it), block (refuses), evidence (keeps a record as proof), report (prints it).',
    options: [
      { flags: '--system <system>', summary: 'rules of one system', choices: SYSTEMS },
      { flags: '--type <type>', summary: 'rules of one type', choices: RULE_TYPES },
      { flags: '--carry <carry>', summary: 'rules meant to become this', choices: CARRIES },
      { flags: '--show <rule>', summary: 'one rule with its clock and our readings of it' },
      {
        flags: '--coverage',
        summary: 'how many rules are enforced, blocked, evidenced, reported or only listed',
      },
    ],
    examples: [
      { line: 'rollcall rules --system oss', says: 'the rules of the Officer Support System' },
      { line: 'rollcall rules --show CC-22', says: 'the 7 days of an investigation, and how we read them' },
      { line: 'rollcall rules --coverage', says: 'what is built, beside what is meant to be' },
    ],
    fields: {
      'items[].id': 'rule id',
      'items[].cite': 'directive and paragraph',
      'items[].text': 'our paraphrase',
      'items[].type[]': RULE_TYPES.join(', '),
      'items[].carry': 'what it is meant to become',
      'items[].carriedAs': 'what is built, null when it is only listed',
      'items[].status': 'in-force, draft, or off',
      'items[].system': SYSTEMS.join(', '),
      total: 'number of items',
      'coverage[]': 'counts a directive and system, with the counts meant beside them',
      'readings[]': 'with --show: how we read the rule where its text is silent',
      'clocks[]': 'with --show: clocks that run under the rule',
      'duties[]': 'with --show: recurring duties under the rule',
      ruleset: 'sha256 of the policy files',
    },
    run: (context, input) => run(context, input, registered),
  };
}

/** `rollcall rules` with what the code registers. */
export const rulesCommand = makeRulesCommand(async () => {
  const { registeredRules } = await import('../registry.ts');
  return registeredRules();
});

async function run(
  context: Context,
  { options }: Input,
  registered: () => Promise<readonly Carried[]>,
): Promise<Outcome<Document>> {
  if (typeof options.show === 'string' && options.coverage === true) {
    throw usageError('--show and --coverage cannot go together.', 'Use one of them.');
  }
  const policy = loadPolicy(context.env);
  const carried = await registered();
  const built = strongest(policy.rules(), carried);
  const item = (rule: Rule): RuleItem => ({
    id: rule.id,
    cite: rule.cite,
    text: rule.text,
    type: rule.type,
    carry: rule.carry,
    carriedAs: built.get(rule.id) ?? null,
    status: rule.status,
    system: rule.system,
  });
  const chosen =
    typeof options.show === 'string'
      ? [named(policy.rules(), options.show)]
      : policy
          .rules()
          .filter(
            (rule) =>
              (options.system === undefined || rule.system === options.system) &&
              (options.carry === undefined || rule.carry === options.carry) &&
              (options.type === undefined || rule.type.some((type) => type === options.type)),
          );
  const items = chosen.map(item);
  const rows = coverage(
    chosen,
    carried.filter(({ rule }) => chosen.some(({ id }) => id === rule)),
  );
  const ruleset = rulesetHash(context.env);
  const data = { schema: 'rollcall/desk.rules/1', items, total: items.length, coverage: rows, ruleset };
  const document = (title: string, blocks: readonly Block[]): Document => ({
    title,
    asOf: context.now,
    newestImport: null,
    blocks,
    footer: [{ label: 'Ruleset', text: ruleset }],
  });

  const shown = items[0];
  if (typeof options.show === 'string' && shown !== undefined) {
    const details = detailsOf(policy, shown.id);
    return {
      document: document(`Rule ${shown.id}`, ruleBlocks(shown, details)),
      data: { ...data, ...details },
      items: rowsOf(items),
      newestImport: null,
    };
  }
  if (options.coverage === true) {
    const table = coverageTable(rows);
    return {
      document: document('Coverage of the rules', [table]),
      data,
      items: flatCoverage(rows),
      newestImport: null,
    };
  }
  return { document: document('Rules', [rulesTable(items)]), data, items: rowsOf(items), newestImport: null };
}

function named(rules: readonly Rule[], given: string): Rule {
  const [family = '', number = ''] = given.toUpperCase().split('-');
  const id = `${family}-${number.padStart(2, '0')}`;
  const rule = rules.find((candidate) => candidate.id === id);
  if (rule !== undefined) return rule;
  const siblings = rules.filter((candidate) => candidate.id.startsWith(`${family}-`));
  const remedy =
    siblings.length === 0
      ? 'Ids begin with OSS, CSR, CC, CP, SAID or SRO; `rollcall rules` lists them.'
      : `${family} runs from ${siblings[0]?.id} to ${siblings.at(-1)?.id}.`;
  throw usageError(`There is no rule "${given}".`, remedy);
}

function rowsOf(items: readonly RuleItem[]): readonly Readonly<Record<string, unknown>>[] {
  return items.map((item) => ({ ...item }));
}
