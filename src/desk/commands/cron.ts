import { dirname, join, resolve } from 'node:path';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { dataFile } from '../../store/data-files.ts';
import { crontab, everyOption, jobsOf, type Program, systemdUnits } from '../cron-lines.ts';

/** `rollcall cron` for a program that stands where `program` says; tests give their own. */
export function makeCronCommand(program: () => Program): Command<Document> {
  return {
    name: 'cron',
    summary: 'crontab lines and systemd timers for the overdue checks',
    details:
      'Prints lines for crontab and units for systemd, and does nothing else: it installs and changes nothing. Paths ' +
      'are absolute, since cron reads no profile. Runs may overlap: the store itself makes the second wait.',
    options: [
      {
        flags: '--every <duration>',
        summary: 'how often to look for what is overdue: 5m, 15m (default), 1h, 1d',
      },
      { flags: '--backup <file>', summary: 'where the nightly copy goes; default beside the store' },
      { flags: '--systemd', summary: 'only the systemd units' },
      { flags: '--crontab', summary: 'only the crontab lines' },
    ],
    examples: [
      { line: 'rollcall cron', says: 'both, with the store in use' },
      { line: 'rollcall cron --crontab --every 1h', says: 'crontab lines that look once an hour' },
    ],
    fields: {
      crontab: 'lines for crontab -e',
      'units[]': 'name and text of each systemd unit',
      'items[]': 'name, says, cron, calendar and args of each job',
      total: 'number of items',
    },
    carries: [],
    run: (context, input) => run(program, context, input),
  };
}

/** `rollcall cron`, for this very program. */
export const cron = makeCronCommand(() => ({
  node: process.execPath,
  script: join(dirname(dirname(dataFile('policy'))), 'bin', 'rollcall.js'),
}));

async function run(program: () => Program, context: Context, { options }: Input): Promise<Outcome<Document>> {
  const every = everyOption(typeof options.every === 'string' ? options.every : '15m');
  const store = context.storePath;
  const backup =
    typeof options.backup === 'string' ? resolve(context.cwd, options.backup) : `${store}.backup`;
  for (const path of [store, backup]) {
    if (/\p{Cc}/u.test(path))
      throw usageError('A path with control characters fits in no crontab.', 'Move the store.');
  }
  const jobs = jobsOf(store, backup, every);
  const where = program();
  const lines = options.systemd === true ? '' : crontab(where, jobs);
  const units = options.crontab === true ? [] : systemdUnits(where, jobs);
  const items = jobs.map((job) => ({ ...job, args: [...job.args] }));
  const unitText = units.map(({ name, text }) => `# ~/.config/systemd/user/${name}\n${text}`).join('\n');
  const closing =
    units.length === 0
      ? ''
      : '# then: systemctl --user enable --now rollcall-overdue.timer (and the others)\n';
  return {
    document: {
      title: 'Regular jobs',
      asOf: context.now,
      newestImport: null,
      blocks: [
        {
          kind: 'table',
          id: 'jobs',
          columns: [
            { key: 'name', title: 'Job' },
            { key: 'cron', title: 'Crontab' },
            { key: 'calendar', title: 'Timer' },
            { key: 'says', title: 'What it tells' },
          ],
          rows: jobs.map(({ name, cron: fields, calendar, says }) => ({
            name,
            cron: fields,
            calendar,
            says,
          })),
        },
      ],
      notes: ['The lines themselves: rollcall cron --format plain'],
    },
    data: { crontab: lines, units, items, total: items.length },
    items,
    newestImport: null,
    text: [lines, unitText + closing].filter((part) => part !== '').join('\n'),
  };
}
