import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { concernEventsProfile, concernsProfile } from '../../src/concerns/imports.ts';
import { importRows } from '../casework/store-of.ts';
import { office } from './office.ts';

/** A store with the office and the concerns of a folder of samples. */
export async function sampleConcerns(folder: string): Promise<string> {
  const path = await office();
  await importRows(path, concernsProfile, rows(join(folder, 'concerns.csv')));
  await importRows(path, concernEventsProfile, rows(join(folder, 'concern-events.csv')));
  return path;
}

// The samples quote a field only where it holds a comma.
export function rows(file: string): readonly Readonly<Record<string, string>>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => {
    const fields = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    );
    return Object.fromEntries(names.map((name, i) => [name, fields[i] ?? '']));
  });
}
