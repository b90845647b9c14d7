import { readFileSync } from 'node:fs';
import { dataFile } from '../store/data-files.ts';

let known: Readonly<Record<string, string>> | null = null;

/** The Area of each district (`005` → `2`) as the geography has it now. */
export function areasByDistrict(): Readonly<Record<string, string>> {
  known ??= readAreas();
  return known;
}

function readAreas(): Readonly<Record<string, string>> {
  const file: {
    readonly areaDistrict: readonly {
      readonly area: string;
      readonly district: string;
      readonly validTo: string | null;
    }[];
  } = JSON.parse(readFileSync(dataFile('geography/areas.json'), 'utf8'));
  const current = file.areaDistrict.filter((row) => row.validTo === null);
  return Object.fromEntries(current.map((row) => [row.district, row.area]));
}
