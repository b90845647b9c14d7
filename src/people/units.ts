import { readFileSync } from 'node:fs';
import { bareUnit } from '../core/place.ts';
import { dataFile } from '../store/data-files.ts';

let known: ReadonlySet<string> | null = null;

/** True when a unit number is in the geography, with or without leading zeros. */
export function isKnownUnit(unit: string): boolean {
  known ??= readUnits();
  return known.has(bareUnit(unit));
}

function readUnits(): ReadonlySet<string> {
  const file: { readonly units: readonly { readonly unit: string | number }[] } = JSON.parse(
    readFileSync(dataFile('geography/units.json'), 'utf8'),
  );
  return new Set(file.units.map((row) => bareUnit(String(row.unit))));
}
