import type { Directive } from '../casework/directive.ts';
import type { Command } from '../core/command.ts';
import type { Profile } from '../import/profile.ts';
import type { Document } from '../report/document.ts';
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

/** The verbs that span the directives. */
export async function deskCommands(): Promise<readonly Command<Document>[]> {
  return [
    (await import('./commands/today.ts')).makeToday(
      async () => (await directives()).flatMap(({ waiting }) => waiting ?? []),
      async (...asked) => (await import('./hidden-clocks.ts')).hiddenClocks(...asked),
    ),
    (await import('./commands/overdue.ts')).overdue,
    (await import('./commands/calendar.ts')).calendar,
    (await import('./commands/show.ts')).show,
    (await import('./commands/why.ts')).why,
    (await import('./commands/history.ts')).history,
    (await import('./commands/check.ts')).check,
    (await import('./commands/import.ts')).importCommand,
    (await import('./commands/evidence-add.ts')).evidenceAdd,
    (await import('./commands/cron.ts')).cron,
    (await import('./commands/audit-log.ts')).auditLog,
    (await import('./commands/audit-verify.ts')).auditVerify,
    (await import('./commands/db-info.ts')).dbInfo,
    (await import('./commands/db-check.ts')).dbCheck,
    (await import('./commands/db-migrate.ts')).dbMigrate,
    (await import('./commands/db-backup.ts')).dbBackup,
  ];
}

/** Every rule that the code carries and how: what manifests and commands register. */
export async function registeredRules(): Promise<readonly Carried[]> {
  const built = await directives();
  const commands = [
    ...(await Promise.all(built.map((directive) => directive.commands()))).flat(),
    ...(await deskCommands()),
  ];
  return [
    ...built.flatMap((directive) => [...directive.carries]),
    ...commands.flatMap((command) => [...(command.carries ?? [])]),
  ];
}
