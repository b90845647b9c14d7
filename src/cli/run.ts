import { extname } from 'node:path';
import { type Command, type Context, FORMATS } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Document } from '../report/document.ts';
import { buildContext } from './context.ts';
import { OWN_EXTENSIONS, settleGlobals, takeGlobals } from './globals.ts';
import { commandsOf, resolveCommand } from './resolve.ts';
import { checkOutput, writeFileWhole, writeStream } from './streams.ts';
import { type Entry, schemaName } from './table.ts';
import type { World } from './world.ts';

async function print(world: World, text: string): Promise<number> {
  await writeStream(world.stdout, [text]);
  return 0;
}

// What heads a CSV list that is empty: the fields of an item, which nothing else tells then.
function itemFields({ fields = {} }: Command<Document>): readonly string[] | undefined {
  const own = Object.keys(fields).filter((name) => name.startsWith('items[].'));
  return own.length === 0 ? undefined : own.map((name) => name.slice('items[].'.length).replace(/\[\]$/, ''));
}

/** Prints an outcome where it was asked for; answers the exit code of the command. */
async function deliver(command: Command<Document>, context: Context, world: World, rest: readonly string[]) {
  const { parseInput } = await import('./parse.ts');
  const input = parseInput(command, rest);
  if (context.outputFile !== null) checkOutput(context.outputFile);
  const outcome = await command.run(context, input);
  const { render } = await import('../report/render.ts');
  const { format, width, color } = context;
  const { text } = outcome;
  const verbatim = text !== undefined && (format === 'table' || format === 'plain');
  const chunks = verbatim
    ? [text]
    : await render(outcome, {
        format,
        width,
        color,
        schema: schemaName(command.name),
        columns: itemFields(command),
      });
  if (context.outputFile === null) {
    const arrived = await writeStream(world.stdout, chunks);
    if (arrived) await outcome.settle?.();
  } else {
    await writeFileWhole(context.outputFile, chunks);
    await outcome.settle?.();
    context.note(`written: ${context.outputFile}`);
  }
  return outcome.exitCode ?? 0;
}

/** One run of the program: finds the command of the line, runs it, prints its outcome; answers the exit code. */
export async function run(argv: readonly string[], world: World, table: readonly Entry[]): Promise<number> {
  const line = takeGlobals(argv);
  const [first, ...others] = line.rest;
  if (line.given.has('--version')) return print(world, `${world.version}\n`);
  if (argv.length === 0 || line.given.has('--help') || first === 'help') {
    const { helpFor } = await import('./help.ts');
    const color = world.stdout.isTTY === true && !line.given.has('--no-color') && !world.env.NO_COLOR;
    const words = first === 'help' ? others : line.rest;
    return print(world, await helpFor(words, table, { version: world.version, color }));
  }
  if (first === undefined) throw usageError('no command is named', 'rollcall --help lists all commands.');
  if (first === 'completion') {
    const { completionScript } = await import('./completion.ts');
    return print(world, await completionScript(others, table));
  }
  if (first === 'man') {
    const { manualPage } = await import('./man.ts');
    return print(world, await manualPage(table, world.version));
  }
  const resolved = resolveCommand(line.rest, table);
  if (resolved.kind === 'group') {
    const verbs = commandsOf(resolved.group, table).map((entry) => entry.path);
    const which = resolved.group.includes(' ') ? 'third' : 'second';
    throw usageError(`"${resolved.group}" needs a ${which} word: ${verbs.join(', ')}`);
  }
  const globals = settleGlobals(line, world.env);
  const command = await resolved.entry.load();
  if (globals.format !== null && command.without?.includes(globals.format)) {
    const { without } = command;
    const others = FORMATS.filter((format) => !without.includes(format));
    throw usageError(`${command.name} has no ${globals.format} form`, `It has ${others.join(', ')}.`);
  }
  const extension = extname(globals.output ?? '').toLowerCase();
  if (OWN_EXTENSIONS.includes(extension) && !command.extensions?.includes(extension))
    throw usageError(`${command.name} has no ${extension} form`, 'End the file in .txt, .csv or .html.');
  const context = buildContext(globals, world);
  if (context.format === 'pdf' && context.outputFile === null && world.stdout.isTTY === true)
    throw usageError('a PDF is no text for a terminal', 'Write it to a file: -o report.pdf');
  return deliver(command, context, world, resolved.rest);
}
