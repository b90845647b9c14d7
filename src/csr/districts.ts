import { readFileSync } from 'node:fs';
import { dataFile } from '../store/data-files.ts';

/** The districts of the geography by their three digits; `closed` is the year in which one was given up. */
export type DistrictBook = ReadonlyMap<string, { readonly closed: string | null }>;

/** Reads the geography's districts, those that were closed among them. */
export function districtBook(): DistrictBook {
  const file: { readonly districts: readonly { readonly district: string; readonly closed?: string }[] } =
    JSON.parse(readFileSync(dataFile('geography/districts.json'), 'utf8'));
  return new Map(file.districts.map(({ district, closed }) => [district, { closed: closed ?? null }]));
}

/** Whether a beat is one of another district; false where either is unknown. Both as numbers, 5 and 511. */
export function isBeatElsewhere(district: number | null, beat: number | null): boolean {
  return district !== null && beat !== null && Math.floor(beat / 100) !== district;
}
