/** The small vocabulary of failures. `main.ts` holds the only table from kind to exit code. */
export type ErrorKind = 'usage' | 'data' | 'refused' | 'store' | 'cancelled' | 'bug';

/** A failure a person can act on: where, what is wrong, and the remedy, in one or two lines. */
export class RollcallError extends Error {
  readonly kind: ErrorKind;
  readonly remedy: string | null;
  constructor(kind: ErrorKind, message: string, remedy: string | null = null) {
    super(message);
    this.name = 'RollcallError';
    this.kind = kind;
    this.remedy = remedy;
  }
}

/** The command line is wrong (exit code 2). */
export function usageError(message: string, remedy?: string): RollcallError {
  return new RollcallError('usage', message, remedy ?? null);
}

/** Input data is refused (exit code 3). */
export function dataError(message: string, remedy?: string): RollcallError {
  return new RollcallError('data', message, remedy ?? null);
}

/** A rule or a role refuses the act (exit code 4); the text names rule id and cite. */
export function refusal(rule: string, cite: string, message: string, remedy?: string): RollcallError {
  return new RollcallError('refused', `${message} (${rule}, ${cite})`, remedy ?? null);
}

/** The store is missing, locked, foreign, newer or broken (exit code 5). */
export function storeError(message: string, remedy?: string): RollcallError {
  return new RollcallError('store', message, remedy ?? null);
}
