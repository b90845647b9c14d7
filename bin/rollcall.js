#!/usr/bin/env node
// The shim: nothing is loaded before the Node version is known to be good (the store's driver crashes on an old one).
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  console.error(
    `rollcall: needs Node 22.13 or newer, this is ${process.versions.node}: install the current Node LTS.`,
  );
  process.exitCode = 2;
} else if (process.argv.length === 3 && process.argv[2] === '--version') {
  const { readFileSync } = process.getBuiltinModule('node:fs');
  console.log(JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version);
} else {
  await start();
}

async function start() {
  const cache = process.env.XDG_CACHE_HOME || (process.env.HOME && `${process.env.HOME}/.cache`);
  // Answers a status instead of throwing where the folder cannot be written: the program is then only slower.
  if (cache) process.getBuiltinModule('node:module').enableCompileCache(`${cache}/rollcall/compile`);
  // Whoever writes to stdout learns of its failures there; a reader that went away (`rollcall … | head`) is none.
  process.stdout.on('error', () => {});
  let program;
  try {
    program = await import('../dist/main.js');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('main.js')) throw error;
    console.error('rollcall: the program is not built yet: run `npm run build`.');
    process.exitCode = 2;
    return;
  }
  // What escapes main() (a stray callback) ends as every failure does: one clear line and an exit code.
  process.on('uncaughtException', (error) => process.exit(program.report(error)));
  process.exitCode = await program.main();
}
