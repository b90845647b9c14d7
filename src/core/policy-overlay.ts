import { dataError } from './errors.ts';
import {
  CARRIES,
  type ClockPolicy,
  type DutyPolicy,
  RECURRENCES,
  type Reading,
  RULE_TYPES,
  type Rule,
  SYSTEMS,
} from './policy.ts';

/** A department's own policy file: rows laid over the shipped ones, each under the department's own cite prefix. */
export interface Overlay {
  readonly prefix: string;
  /** Ids of draft rules, or the word `draft` for all of them, that do not apply here (A-CP-4). */
  readonly off: readonly string[];
  readonly rules: readonly Partial<Rule>[];
  readonly readings: readonly Partial<Reading>[];
  readonly clocks: readonly Partial<ClockPolicy>[];
  readonly duties: readonly Partial<DutyPolicy>[];
  /** Settings by topic (`csr`, `concerns`, `oss`, `said`), merged key by key. */
  readonly topics: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const TOPICS = ['csr', 'concerns', 'oss', 'said'] as const;
export type Topic = (typeof TOPICS)[number];

type Json = Readonly<Record<string, unknown>>;
type Test = (value: unknown) => boolean;

const isText: Test = (value) => typeof value === 'string' && value.trim() !== '';
const isTextList: Test = (value) => Array.isArray(value) && value.every(isText);
const isCount: Test = (value) => typeof value === 'number' && Number.isInteger(value) && value > 0;
const isRuleId: Test = (value) => typeof value === 'string' && /^[A-Z][A-Z0-9]*-\d+$/.test(value);
const isReadingId: Test = (value) => typeof value === 'string' && /^A-[A-Z0-9]+-\d+$/.test(value);
const oneOf =
  (words: readonly string[]): Test =>
  (value) =>
    typeof value === 'string' && words.includes(value);

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLength(value: unknown): boolean {
  if (!isJson(value) || Object.keys(value).length !== 1) return false;
  return isCount(value.hours) || isCount(value.days);
}

function isExtension(value: unknown): boolean {
  if (value === null) return true;
  if (!isJson(value)) return false;
  const { days, base, rule, cite, by, furtherBy } = value;
  const whole = isCount(days) && oneOf(['due', 'approval'])(base) && isRuleId(rule) && isText(cite);
  return whole && isTextList(by) && isTextList(furtherBy);
}

const RULE: Record<string, Test> = {
  id: isRuleId,
  cite: isText,
  directive: isText,
  system: oneOf(SYSTEMS),
  text: isText,
  type: (value) => isTextList(value) && (value as string[]).every(oneOf(RULE_TYPES)),
  carry: oneOf(CARRIES),
  status: oneOf(['in-force', 'draft']),
};
const READING: Record<string, Test> = { id: isReadingId, rules: isTextList, text: isText };
const CLOCK: Record<string, Test> = {
  rule: isRuleId,
  cite: isText,
  name: isText,
  system: oneOf(SYSTEMS),
  kind: oneOf(['clock', 'floor']),
  starts: isText,
  stops: isText,
  length: isLength,
  extension: isExtension,
  ownerRole: isText,
};
const DUTY: Record<string, Test> = {
  rule: isRuleId,
  cite: isText,
  name: isText,
  system: oneOf(SYSTEMS),
  kind: oneOf(['duty']),
  status: oneOf(['in-force', 'draft']),
  every: oneOf(RECURRENCES),
  ownerRole: isText,
  record: oneOf(['access', 'evidence', 'report']),
};

/** Reads a department's policy file; throws (kind `data`) with place and remedy at the first thing that is wrong. */
export function parseOverlay(text: string, path: string): Overlay {
  const file = parseJson(text, path);
  const known = ['prefix', 'off', 'rules', 'readings', 'clocks', 'duties', ...TOPICS];
  const stray = Object.keys(file).find((key) => !known.includes(key));
  if (stray !== undefined) throw wrong(path, `"${stray}" is no part of it`, `Use: ${known.join(', ')}.`);
  const prefix = file.prefix;
  if (typeof prefix !== 'string' || prefix.trim() === '') {
    throw wrong(path, 'has no "prefix"', 'Name the directive that its cites begin with.');
  }
  const off = file.off ?? [];
  if (!isTextList(off)) throw wrong(path, '"off" is no list of rule ids', 'Example: "off": ["draft"].');
  const topics: Record<string, Json> = {};
  for (const topic of TOPICS) {
    const given = file[topic] ?? {};
    if (!isJson(given)) throw wrong(path, `"${topic}" is no object`, 'Give the settings to change by name.');
    topics[topic] = given;
  }
  const rowsOf = (part: string, fields: Record<string, Test>, cited: boolean): Json[] =>
    checkRows(file[part] ?? [], part, fields, path, cited ? prefix : null);
  return {
    prefix,
    off: off as readonly string[],
    rules: rowsOf('rules', RULE, true),
    readings: rowsOf('readings', READING, false),
    clocks: rowsOf('clocks', CLOCK, true),
    duties: rowsOf('duties', DUTY, true),
    topics,
  };
}

/** Throws (kind `data`) unless every merged row has all fields: a row that is new must be given whole. */
export function assertWhole(rows: readonly object[], part: 'rules' | 'readings' | 'clocks' | 'duties'): void {
  const fields = Object.keys({ rules: RULE, readings: READING, clocks: CLOCK, duties: DUTY }[part]);
  for (const row of rows) {
    const missing = fields.find((field) => !Object.hasOwn(row, field));
    if (missing === undefined) continue;
    const named = Object.values(row)[0];
    throw wrong(
      'policy overlay',
      `${part} row ${named} is new and has no "${missing}"`,
      'Give the row whole.',
    );
  }
}

/** Shipped settings with a department's laid over them; throws (kind `data`) where name or kind of a value differs. */
export function mergeTopic<T extends object>(shipped: T, own: Json, topic: string): T {
  for (const [key, value] of Object.entries(own)) {
    const model = (shipped as Json)[key];
    if (model === undefined)
      throw wrong('policy overlay', `${topic} has no setting "${key}"`, 'Check its name.');
    const problem = shapeProblem(model, value, `${topic}.${key}`);
    if (problem !== null) throw wrong('policy overlay', problem, 'Give it the shape of the shipped file.');
  }
  return { ...shipped, ...own };
}

function shapeProblem(model: unknown, value: unknown, at: string): string | null {
  if (model === null || value === null) return model === null ? null : `${at} is null`;
  if (model === 'warn' || model === 'refuse') {
    return value === 'warn' || value === 'refuse' ? null : `${at} is neither "warn" nor "refuse"`;
  }
  if (Array.isArray(model)) {
    if (!Array.isArray(value)) return `${at} is no list`;
    if (model.length === 0) return null;
    return firstProblem(value.map((item, index) => shapeProblem(model[0], item, `${at}[${index}]`)));
  }
  if (typeof value !== typeof model || Array.isArray(value)) return `${at} is no ${typeof model}`;
  if (!isJson(model) || !isJson(value)) return null;
  return firstProblem(
    Object.entries(model).map(([key, part]) =>
      Object.hasOwn(value, key) ? shapeProblem(part, value[key], `${at}.${key}`) : `${at} has no "${key}"`,
    ),
  );
}

function firstProblem(problems: readonly (string | null)[]): string | null {
  return problems.find((problem) => problem !== null) ?? null;
}

function checkRows(
  rows: unknown,
  part: string,
  fields: Record<string, Test>,
  path: string,
  prefix: string | null,
): Json[] {
  if (!Array.isArray(rows)) throw wrong(path, `"${part}" is no list`, 'Give a list of rows.');
  const key = Object.keys(fields)[0] ?? '';
  return rows.map((row: unknown, index) => {
    const at = `${part}[${index}]`;
    if (!isJson(row) || row[key] === undefined) throw wrong(path, `${at} has no "${key}"`, 'Name the row.');
    for (const [field, value] of Object.entries(row)) {
      if (field === 'note') continue;
      const test = fields[field];
      if (test === undefined) throw wrong(path, `${at} has an unknown field "${field}"`, 'Remove it.');
      if (!test(value))
        throw wrong(path, `${at}.${field} is not valid`, 'See the shipped file for its form.');
    }
    // A changed row must not go on speaking in the name of the shipped directive.
    if (prefix !== null && !(typeof row.cite === 'string' && row.cite.startsWith(prefix))) {
      throw wrong(path, `${at} has no cite that begins with "${prefix}"`, 'Cite your own directive.');
    }
    return row;
  });
}

function parseJson(text: string, path: string): Json {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong(path, error instanceof Error ? error.message : 'is no JSON', 'Correct the file.');
  }
  if (!isJson(value)) throw wrong(path, 'holds no JSON object', 'Correct the file.');
  return value;
}

function wrong(path: string, problem: string, remedy: string): Error {
  return dataError(`${path}: ${problem}.`, remedy);
}
