import { Argument, Command as Commander, CommanderError, Option } from 'commander';
import type { ArgumentDef, Command, Input, OptionDef } from '../core/command.ts';
import { type RollcallError, usageError } from '../core/errors.ts';
import { nearest } from '../core/text.ts';
import { choose, GLOBAL_OPTIONS } from './globals.ts';

type Definition = Pick<Command, 'name' | 'arguments' | 'options'>;

function camelCase(name: string): string {
  return name.replace(/[- ]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** An argument as usage lines show it: `<id>`, `[file...]`. */
export function argumentTerm({ name, required, variadic }: ArgumentDef): string {
  const inner = variadic ? `${name}...` : name;
  return required ? `<${inner}>` : `[${inner}]`;
}

/** The long flag of an option: `--district` of `-d, --district <district>`. */
export function longFlag({ flags }: OptionDef): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

function buildOption(definition: OptionDef): Option {
  const option = new Option(definition.flags, definition.summary);
  const check = (value: string) =>
    definition.choices ? choose(longFlag(definition), value, definition.choices) : value;
  if (definition.repeatable) {
    option.argParser<readonly string[]>((value, earlier) => [
      ...(Array.isArray(earlier) ? earlier : []),
      check(value),
    ]);
  } else if (definition.choices) {
    option.argParser(check);
  }
  return option;
}

function buildCommander(definition: Definition): Commander {
  const commander = new Commander(definition.name)
    .exitOverride()
    .configureOutput({ writeOut() {}, writeErr() {} })
    .helpOption(false)
    .showSuggestionAfterError(false)
    .allowExcessArguments(false);
  for (const argument of definition.arguments ?? []) {
    commander.addArgument(new Argument(argumentTerm(argument), argument.summary));
  }
  for (const option of definition.options ?? []) commander.addOption(buildOption(option));
  return commander;
}

function quoted(error: CommanderError): string {
  return /'([^']*)'/.exec(error.message)?.[1] ?? '';
}

/** Commander's complaint in the words of this program, with the nearest option or the command's help as remedy. */
function translate(error: CommanderError, definition: Definition): RollcallError {
  const where = definition.name;
  const help = `See rollcall ${where} --help.`;
  switch (error.code) {
    case 'commander.unknownOption': {
      const flag = quoted(error).split('=', 1)[0] ?? '';
      const own = (definition.options ?? []).map(longFlag);
      const near = nearest(flag, [...own, ...GLOBAL_OPTIONS.map((option) => option.long)]);
      return usageError(`${where}: unknown option ${flag}`, near ? `Did you mean ${near}?` : help);
    }
    case 'commander.missingArgument': {
      const missing = definition.arguments?.find((argument) => argument.name === quoted(error));
      const term = missing ? `${argumentTerm(missing)}: ${missing.summary}` : quoted(error);
      return usageError(`${where}: needs ${term}`, help);
    }
    case 'commander.optionMissingArgument':
      return usageError(`${where}: ${quoted(error)} needs its value`, help);
    case 'commander.excessArguments':
      return usageError(`${where}: ${error.message.replace(/^.*\. Expected/, 'expected')}`, help);
    default:
      return usageError(`${where}: ${error.message.replace(/^error: /, '')}`, help);
  }
}

/** The arguments and options of one command, by camelCase name. Throws a usage error for what its definition has not. */
export function parseInput(definition: Definition, rest: readonly string[]): Input {
  const commander = buildCommander(definition);
  try {
    commander.action(() => {}).parse([...rest], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) throw translate(error, definition);
    throw error;
  }
  const values: readonly (string | readonly string[] | undefined)[] = commander.processedArgs;
  const named = (definition.arguments ?? []).map(({ name }, at) => [camelCase(name), values[at]] as const);
  return { args: Object.fromEntries(named), options: commander.opts<Input['options']>() };
}
