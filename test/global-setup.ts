import { buildIfStale } from '../bin/build.mjs';

/** Tests run the built program: build it when the sources changed since. */
export async function setup(): Promise<void> {
  await buildIfStale((text) => process.stderr.write(`rollcall: ${text}\n`));
}
