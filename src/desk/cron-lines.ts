import { usageError } from '../core/errors.ts';
import { parseDuration } from '../core/parse-time.ts';

/** How the program is started where no shell profile is read: absolute paths. */
export interface Program {
  readonly node: string;
  readonly script: string;
}

/** One thing to be done regularly. `loud` speaks only when its exit code is not 0; others print what they have. */
export interface Job {
  readonly name: string;
  readonly says: string;
  readonly args: readonly string[];
  /** Five fields of a crontab. */
  readonly cron: string;
  /** OnCalendar of a systemd timer. */
  readonly calendar: string;
  readonly loud: boolean;
}

/** The regular jobs of a store; `every` is how often overdue clocks are looked for (seconds). */
export function jobsOf(store: string, backup: string, every: number): readonly Job[] {
  const of = (args: readonly string[]) => ['--store', store, '--no-input', ...args];
  const often = scheduleOf(every);
  return [
    {
      name: 'rollcall-overdue',
      says: 'what has become overdue since the last look; each clock is told once',
      args: of(['overdue', '--new', '--exit-code']),
      ...often,
      loud: true,
    },
    {
      name: 'rollcall-check',
      says: 'what has been found since the last look; each finding is told once',
      args: of(['check', '--new']),
      cron: '30 6 * * *',
      calendar: '*-*-* 06:30:00',
      loud: false,
    },
    {
      name: 'rollcall-verify',
      says: 'whether a log was tampered with; speaks only when one was',
      args: of(['audit', 'verify']),
      cron: '45 2 * * 0',
      calendar: 'Sun *-*-* 02:45:00',
      loud: true,
    },
    {
      name: 'rollcall-backup',
      says: 'a copy of the store; put the file on another disk',
      args: of(['db', 'backup', backup, '--force']),
      cron: '15 2 * * *',
      calendar: '*-*-* 02:15:00',
      loud: true,
    },
  ];
}

/** `15m` to `1d`: what divides an hour or a day evenly, as a crontab asks. Throws a usage error for anything else. */
export function everyOption(text: string): number {
  const seconds = parseDuration(text);
  const minutes = seconds / 60;
  const fits =
    Number.isInteger(minutes) &&
    minutes >= 1 &&
    (minutes < 60 ? 60 % minutes === 0 : minutes % 60 === 0 && 24 % (minutes / 60) === 0);
  if (!fits)
    throw usageError(
      `--every ${text} does not divide an hour or a day evenly.`,
      'Give 5m, 15m, 1h, 6h or 1d.',
    );
  return seconds;
}

function scheduleOf(every: number): { readonly cron: string; readonly calendar: string } {
  const minutes = every / 60;
  if (minutes === 1) return { cron: '* * * * *', calendar: '*:0/1' };
  if (minutes < 60) return { cron: `*/${minutes} * * * *`, calendar: `*:0/${minutes}` };
  const hours = minutes / 60;
  if (hours === 1) return { cron: '0 * * * *', calendar: '*:00' };
  if (hours === 24) return { cron: '0 6 * * *', calendar: '*-*-* 06:00:00' };
  return { cron: `0 */${hours} * * *`, calendar: `0/${hours}:00` };
}

/** Lines for `crontab -e`. */
export function crontab(program: Program, jobs: readonly Job[]): string {
  const lines = [
    '# rollcall: add these lines with crontab -e',
    '# Whatever a line prints is mailed to the owner of the crontab; name another reader here:',
    '# MAILTO=name@example.org',
  ];
  for (const job of jobs) {
    const command = shellLine(program, job);
    // In a crontab an unescaped % ends the command.
    lines.push(`# ${job.says}`, `${job.cron} ${command.replaceAll('%', '\\%')}`);
  }
  return `${lines.join('\n')}\n`;
}

function shellLine(program: Program, job: Job): string {
  const command = [program.node, program.script, ...job.args].map(shellWord).join(' ');
  return job.loud ? `out=$(${command}) || printf '%s\\n' "$out"` : command;
}

function shellWord(word: string): string {
  if (/^[A-Za-z0-9_./:@=+-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A service and a timer for each job, for the folder ~/.config/systemd/user. */
export function systemdUnits(
  program: Program,
  jobs: readonly Job[],
): readonly { readonly name: string; readonly text: string }[] {
  return jobs.flatMap((job) => {
    const command = [program.node, program.script, ...job.args].map(systemdWord).join(' ');
    const service = [
      '[Unit]',
      `Description=rollcall: ${job.says}`,
      '',
      '[Service]',
      'Type=oneshot',
      `ExecStart=${command}`,
      // Something is overdue: that is an answer and no failure.
      ...(job.args.includes('--exit-code') ? ['SuccessExitStatus=1'] : []),
    ];
    const timer = [
      '[Unit]',
      `Description=rollcall: ${job.says}`,
      '',
      '[Timer]',
      `OnCalendar=${job.calendar}`,
      'Persistent=true',
      '',
      '[Install]',
      'WantedBy=timers.target',
    ];
    return [
      { name: `${job.name}.service`, text: `${service.join('\n')}\n` },
      { name: `${job.name}.timer`, text: `${timer.join('\n')}\n` },
    ];
  });
}

// systemd expands % and $ and reads its own quotes.
function systemdWord(word: string): string {
  const escaped = word.replaceAll('%', '%%').replaceAll('$', '$$$$');
  if (/^[A-Za-z0-9_./:@=+%$-]+$/.test(word)) return escaped;
  return `"${escaped.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
