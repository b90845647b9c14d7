import { asFailure, failureText } from './cli/message.ts';
import { run } from './cli/run.ts';
import { TABLE } from './cli/table.ts';
import { thisProcess } from './cli/world.ts';
import type { ErrorKind } from './core/errors.ts';

/** The only table from kind of failure to exit code. */
const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  usage: 2,
  data: 3,
  refused: 4,
  store: 5,
  bug: 70,
  cancelled: 130,
};

/** Prints a failure for a person, on stderr; answers its exit code. A stack only with ROLLCALL_DEBUG=1. */
export function report(thrown: unknown, world = thisProcess()): number {
  const failure = asFailure(thrown);
  world.stderr.write(`${failureText(failure)}\n`);
  if (world.env.ROLLCALL_DEBUG === '1' && thrown instanceof Error) world.stderr.write(`${thrown.stack}\n`);
  return EXIT_CODES[failure.kind];
}

/** Runs one command line; answers the exit code (contract.md). Never throws. */
export async function main(
  argv: readonly string[] = process.argv.slice(2),
  world = thisProcess(),
  table = TABLE,
): Promise<number> {
  try {
    return await run(argv, world, table);
  } catch (thrown) {
    return report(thrown, world);
  }
}
