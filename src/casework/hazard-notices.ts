import type { Context } from '../core/command.ts';
import { type HazardNotices, missingNotices } from '../core/hazard.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Answers, Ask } from './act-asking.ts';

/** The options by which the notices of a hazard are told. */
export const NOTICE_ASKS: readonly Ask[] = [
  { flags: '--oemc-notified <text>', summary: 'of a hazard: when and how OEMC was told' },
  { flags: '--supervisor-notified <text>', summary: 'of a hazard: when and how the supervisor was told' },
];

/** The notices that were given as options. */
export function noticesGiven({ oemcNotified, supervisorNotified }: Answers): HazardNotices {
  return { oemc: oemcNotified ?? null, supervisor: supervisorNotified ?? null };
}

/**
 * The notices of a hazard that is about to be kept as a `record` (form, concern): on a terminal the missing ones are
 * asked for, and none of them has to be told (CSR-03).
 */
export async function askedNotices(
  context: Context,
  answers: Answers,
  record: string,
): Promise<HazardNotices> {
  const { oemc, supervisor } = noticesGiven(answers);
  if (!context.interactive) return { oemc, supervisor };
  const cite = loadPolicy(context.env).cite('CSR-03');
  context.say(`An immediate hazard needs no ${record}: tell OEMC and your supervisor (CSR-03, ${cite}).`);
  return {
    oemc: oemc ?? (await told(context, 'When and how was OEMC told? (empty: not yet)')),
    supervisor: supervisor ?? (await told(context, 'And the supervisor? (empty: not yet)')),
  };
}

/** The options that would tell of the notices that are missing: `--oemc-notified <text>`; empty for none. */
export function noticeOptions(notices: HazardNotices): string {
  const missing = missingNotices(notices);
  return [
    ...(missing.includes('OEMC') ? ['--oemc-notified <text>'] : []),
    ...(missing.includes('the supervisor') ? ['--supervisor-notified <text>'] : []),
  ].join(' ');
}

async function told(context: Context, question: string): Promise<string | null> {
  const said = (await context.prompt.text(question)).trim();
  return said === '' ? null : said;
}
