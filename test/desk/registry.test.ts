import { expect, it } from 'vitest';
import { TABLE } from '../../src/cli/table.ts';
import { deskCommands, directives, registeredRules } from '../../src/desk/registry.ts';
import { loadPolicy } from '../../src/store/data-files.ts';

it('knows every command of the table but the one that lists the rules', async () => {
  const ofDirectives = await Promise.all((await directives()).map((directive) => directive.commands()));
  const names = [...ofDirectives.flat(), ...(await deskCommands())].map((command) => command.name);
  expect([...names, 'rules'].toSorted()).toEqual(TABLE.map((entry) => entry.path).toSorted());
});

it('registers only rules that the rulebook has', async () => {
  const rules = new Set(
    loadPolicy()
      .rules()
      .map((rule) => rule.id),
  );
  expect((await registeredRules()).filter(({ rule }) => !rules.has(rule))).toEqual([]);
});
