import { isRole, ROLES } from '../core/roles.ts';
import { nearest } from '../core/text.ts';
import type { Row } from '../import/row-reader.ts';
import { loadPolicy } from '../store/data-files.ts';

/** A word in lower case with hyphens, as codes are written. */
export function folded(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_]+/g, '-');
}

/** The role in a column, null when blank; an unknown one rejects the row. */
export function roleIn(row: Row, column: string): string | null {
  const word = row.text(column);
  return word === null ? null : roleOf(row, column, word);
}

/** The roles in a column, sorted, each once; an unknown one rejects the row. */
export function rolesIn(row: Row, column: string): readonly string[] {
  return [...new Set(row.list(column).map((word) => roleOf(row, column, word)))].sort();
}

function roleOf(row: Row, column: string, word: string): string {
  const role = folded(word);
  if (isRole(role)) return role;
  if (role === 'oss-supervisor') {
    row.reject(column, `nobody may be given the role "${word}" (OSS-10, ${loadPolicy().cite('OSS-10')})`);
  }
  const near = nearest(role, ROLES);
  return row.reject(
    column,
    `"${word}" is no role${near === null ? `: ${ROLES.join(', ')}` : `; is ${near} meant?`}`,
  );
}
