import type { Directive } from '../casework/directive.ts';
import type { Command } from '../core/command.ts';
import type { Profile } from '../import/profile.ts';
import type { Carried } from './coverage.ts';

/** The manifests of the directives that are built, in the order of help and import. */
export async function directives(): Promise<readonly Directive[]> {
  const [oss, concerns, csr, said] = await Promise.all([
    import('../oss/directive.ts'),
    import('../concerns/directive.ts'),
    import('../csr/directive.ts'),
    import('../said/directive.ts'),
  ]);
  return [oss.ossDirective, concerns.concernsDirective, csr.csrDirective, said.saidDirective];
}

/** Every profile that `rollcall import` knows: people first, then each directive's, parents before their events. */
export async function allProfiles(): Promise<readonly Profile[]> {
  const { peopleProfiles } = await import('../people/imports.ts');
  return [...peopleProfiles, ...(await directives()).flatMap((directive) => directive.profiles)];
}

/** Every rule that the code carries and how: what manifests and commands register. */
export async function registeredRules(
  commands: () => Promise<readonly Command[]> = async () => [],
): Promise<readonly Carried[]> {
  const fromDirectives = (await directives()).flatMap((directive) => [...directive.carries]);
  const fromCommands = (await commands()).flatMap((command) => [...(command.carries ?? [])]);
  return [...fromDirectives, ...fromCommands];
}
