import { readFileSync } from 'node:fs';
import { bareUnit } from '../core/place.ts';
import { dataFile } from '../store/data-files.ts';

interface Units {
  readonly numbers: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

let known: Units | null = null;

/** True when a unit number is in the geography, with or without leading zeros. */
export function isKnownUnit(unit: string): boolean {
  known ??= readUnits();
  return known.numbers.has(bareUnit(unit));
}

/**
 * True for words that name a unit of the geography: `Unit 241`, `241`, `Troubled Buildings Unit`, `District 005`, `5th
 * District`. A name counts as a whole; the `Unit` or `Section` at its end may be left out where more than one word stays.
 */
export function namesUnit(words: string): boolean {
  if (isKnownUnit(words.trim().replace(/^unit\s+(no\.?\s+)?/i, ''))) return true;
  known ??= readUnits();
  if (known.names.has(plainName(words)) || known.names.has(shortName(words))) return true;
  const district = /\bdistrict 0*(\d{1,2})\b|\b0*(\d{1,2})(?:st|nd|rd|th) (?:police )?district\b/i.exec(
    words,
  );
  return (
    district !== null && known.names.has(`DISTRICT ${(district[1] ?? district[2] ?? '').padStart(3, '0')}`)
  );
}

function readUnits(): Units {
  const file: {
    readonly units: readonly { readonly unit: string | number; readonly name: string | null }[];
  } = JSON.parse(readFileSync(dataFile('geography/units.json'), 'utf8'));
  const names = file.units.flatMap(({ name }) => (name === null ? [] : [plainName(name), shortName(name)]));
  return {
    numbers: new Set(file.units.map((row) => bareUnit(String(row.unit)))),
    names: new Set(names.filter((name) => name !== '')),
  };
}

/** Capitals and digits with single spaces, no plural. */
function plainName(name: string): string {
  return name
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/(?<=[A-Z]{3})S$/, ''))
    .join(' ');
}

/** The same without what kind of unit it is; empty where only one word would be left. */
function shortName(name: string): string {
  const words = plainName(name).split(' ');
  const short = /^(UNIT|SECTION|DIVISION|GROUP)$/.test(words.at(-1) ?? '') ? words.slice(0, -1) : words;
  return short.length > 1 ? short.join(' ') : '';
}
