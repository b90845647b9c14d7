import { RollcallError } from '../core/errors.ts';
import { cleanForScreen } from '../core/text.ts';

/** Text that cannot steer the terminal, whatever file name or imported word is in it; line breaks stay. */
export function printable(text: string): string {
  return text.split('\n').map(cleanForScreen).join('\n');
}

/** What a person reads of a failure, without the line break at its end: the message, then the remedy. */
export function failureText(error: RollcallError): string {
  const lines = [`rollcall: ${error.message}`, ...(error.remedy === null ? [] : [`  ${error.remedy}`])];
  return printable(lines.join('\n'));
}

function codeOf(error: object): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const STORE_FAILURES: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  SQLITE_BUSY: ['another process holds it past the time limit', 'Try again when that process has ended.'],
  SQLITE_LOCKED: ['another process holds it past the time limit', 'Try again when that process has ended.'],
  SQLITE_CORRUPT: ['the file is damaged', 'Run rollcall db check; restore the newest backup.'],
  SQLITE_NOTADB: ['the file is not a store', 'Name another file with --store.'],
  SQLITE_FULL: ['the disk is full', 'Nothing of the last step was kept. Make room and repeat it.'],
  SQLITE_IOERR: ['the disk could not be read or written', 'Check the disk, then rollcall db check.'],
  SQLITE_READONLY: ['the file cannot be written', 'Check its owner and mode.'],
  SQLITE_CANTOPEN: ['the file cannot be opened', 'Check its folder, owner and mode.'],
  SQLITE_PERM: ['the file may not be opened', 'Check its owner and mode.'],
};

/**
 * Any thrown value as a failure of the vocabulary: the driver's own failures of file and lock are kind `store`, the
 * rest is kind `bug` and says how to report it.
 */
export function asFailure(thrown: unknown): RollcallError {
  if (thrown instanceof RollcallError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const [, base = ''] = /^(SQLITE_[A-Z]+)/.exec(codeOf(error)) ?? [];
  const known = STORE_FAILURES[base];
  if (known) return new RollcallError('store', `the store: ${known[0]} (${codeOf(error)})`, known[1]);
  const [first = ''] = error.message.split('\n');
  return new RollcallError(
    'bug',
    `unexpected: ${error.name}: ${first}`,
    'This is a defect of rollcall. Report it with the command; ROLLCALL_DEBUG=1 adds where it happened.',
  );
}
