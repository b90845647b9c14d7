import { describe, expect, test } from 'vitest';
import { GLOBAL_OPTIONS } from '../../src/cli/globals.ts';
import { longFlag, parseInput } from '../../src/cli/parse.ts';
import { GROUPS, TABLE } from '../../src/cli/table.ts';

const globals: readonly string[] = GLOBAL_OPTIONS.flatMap((option) => [
  option.long,
  'short' in option ? option.short : option.long,
]);

describe.for(TABLE.map((entry) => [entry.path, entry] as const))('%s', ([path, entry]) => {
  test('has the name and summary of its definition', async () => {
    const { name, summary } = await entry.load();
    expect({ name, summary }).toEqual({ name: path, summary: entry.summary });
  });

  test('redefines no global option, and names every option once', async () => {
    const flags = ((await entry.load()).options ?? []).flatMap(
      (option) => option.flags.match(/--?[a-z][\w-]*/g) ?? [],
    );
    expect(flags.filter((flag) => globals.includes(flag))).toEqual([]);
    expect(new Set(flags).size).toBe(flags.length);
  });

  test('has examples that its own definition can parse, and describes its JSON', async () => {
    const command = await entry.load();
    const own = (command.options ?? []).map(longFlag);
    for (const { line } of command.examples ?? []) {
      expect(line.startsWith(`rollcall ${path}`), line).toBe(true);
      for (const flag of line.match(/(?<=\s)--[a-z][\w-]*/g) ?? [])
        expect([...own, ...globals], line).toContain(flag);
    }
    expect(command.examples?.length ?? 0).toBeGreaterThan(0);
    expect(Object.keys(command.fields ?? {}).length).toBeGreaterThan(0);
    const needed = (command.arguments ?? []).filter((argument) => argument.required).map(() => 'x');
    expect(() => parseInput(command, needed)).not.toThrow();
  });
});

test('every first word of two is a group with a title', () => {
  const heads = new Set(TABLE.filter(({ path }) => path.includes(' ')).map(({ path }) => path.split(' ')[0]));
  expect([...heads].sort()).toEqual(Object.keys(GROUPS).sort());
});
