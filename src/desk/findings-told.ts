import { canonical, sha256 } from '../casework/log.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import type { Writer } from '../store/store.ts';
import type { Finding } from './record-findings.ts';

/** Those of `found` that no earlier `check --new` has told. */
export async function notTold(rows: Rows, found: readonly Finding[]): Promise<readonly Finding[]> {
  const told = new Set<string>();
  for await (const batch of rows.scan({ sql: 'select digest from finding_told', parameters: [] })) {
    for (const [digest] of batch) told.add(String(digest));
  }
  return found.filter((finding) => !told.has(digestOf(finding)));
}

/** Remembers findings as told: after their lines have been written, so that none is lost with an output. */
export function rememberTold(writer: Writer, found: readonly Finding[], now: Instant): void {
  const remember = writer.prepare('insert or ignore into finding_told values (?, ?)');
  for (const finding of found) remember.run(digestOf(finding), now);
}

function digestOf({ system, id, code, rule, at, text }: Finding): string {
  return sha256(canonical([system, id, code, rule, at, text]));
}
