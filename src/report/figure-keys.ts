import { usageError } from '../core/errors.ts';

/** A figure that was asked for: `keys` are those that count in it, none where the section is one figure. */
export interface AskedFigure {
  readonly section: string;
  readonly key: string;
  readonly keys: readonly string[];
  readonly measures: readonly string[];
}

/** A part of a report whose figures can be asked for by their keys. */
export interface Section {
  /** Null: the section is one figure without a key. */
  readonly keys: readonly string[] | null;
  readonly measures: readonly string[];
  /** Told where none is named; all of them when absent. */
  readonly usual?: readonly string[];
  /** Figures that are no sums, each with the measure of the records that it is of: a median, those with days. */
  readonly statistics?: Readonly<Record<string, string>>;
  /** A key as it was typed, in the section's own form. */
  readonly named?: (text: string) => string;
  /** Keys that stand for several: a line `17 others`. */
  readonly members?: ReadonlyMap<string, readonly string[]>;
}

const KEYS_TOLD = 32;

/** Finds what was asked in a report; throws a usage error that lists sections, keys or measures where there is none. */
export function figureAmong(sections: ReadonlyMap<string, Section>, asked: string): AskedFigure {
  const [, name = '', rest = ''] = /^([A-Za-z0-9]+):?(.*)$/s.exec(asked.trim()) ?? [];
  const section = sections.get(name);
  if (section === undefined)
    throw usageError(
      `--rows: the report has no ${asked}.`,
      `Its sections: ${[...sections.keys()].join(', ')}.`,
    );
  if (section.keys === null) {
    const measures = measuresOf(section, name, rest === '' ? null : rest);
    return { section: name, key: '', keys: [''], measures };
  }
  for (const [key, measure] of readings(rest)) {
    const named = section.named?.(key) ?? key;
    const members = section.members?.get(named);
    if (members === undefined && !section.keys.includes(named)) continue;
    return {
      section: name,
      key: named,
      keys: members ?? [named],
      measures: measuresOf(section, name, measure),
    };
  }
  const what = rest === '' ? `${name} needs a key` : `${name} has no ${rest}`;
  throw usageError(`--rows: ${what}.`, keysText(name, section));
}

/** `a:b` is the key `a:b`, or the key `a` and the measure `b`. */
function readings(rest: string): readonly (readonly [key: string, measure: string | null])[] {
  const at = rest.lastIndexOf(':');
  return at < 0
    ? [[rest, null]]
    : [
        [rest, null],
        [rest.slice(0, at), rest.slice(at + 1)],
      ];
}

function measuresOf(
  { measures, usual, statistics = {} }: Section,
  name: string,
  asked: string | null,
): readonly string[] {
  if (asked === null) return usual ?? measures;
  const base = statistics[asked];
  if (base !== undefined) return [base];
  if (measures.includes(asked)) return [asked];
  const all =
    measures.length === 0
      ? 'Leave it out.'
      : `Its measures: ${[...measures, ...Object.keys(statistics)].join(', ')}.`;
  throw usageError(`--rows: ${name} has no measure ${asked}.`, all);
}

function keysText(name: string, { keys, members, measures, statistics = {} }: Section): string {
  const all = [...(keys ?? []), ...(members?.keys() ?? [])];
  if (all.length === 0) return `${name} is empty in this report.`;
  const told = all.slice(0, KEYS_TOLD).join('; ');
  const more = all.length > KEYS_TOLD ? `; and ${all.length - KEYS_TOLD} more` : '';
  const after = [...measures, ...Object.keys(statistics)];
  const split = measures.length > 1 ? ` After a key may stand :${after.join(', :')}.` : '';
  return `Its keys: ${told}${more}.${split}`;
}
