import type { Instant } from '../core/instant.ts';
import type { Cell, Column, Document, Table } from '../report/document.ts';
import { type FileOutcome, type FileResult, isRefused } from './engine.ts';
import type { Profile } from './profile.ts';
import { csvLine } from './rejects.ts';
import type { UndoneBatch } from './undo.ts';

interface When {
  readonly asOf: Instant;
  readonly newestImport: Instant | null;
}

const COUNTS: readonly Column[] = [
  { key: 'rows', title: 'Rows' },
  { key: 'inserted', title: 'New' },
  { key: 'updated', title: 'Changed' },
  { key: 'unchanged', title: 'Unchanged' },
  { key: 'keptLocal', title: 'Kept local' },
  { key: 'rejected', title: 'Rejected' },
  { key: 'findings', title: 'Findings' },
];

/** What an import did, one line a file, with what it kept, passed over and noted. */
export function importDocument(outcomes: readonly FileOutcome[], dryRun: boolean, when: When): Document {
  const done = outcomes.filter((one): one is FileResult => !isRefused(one));
  const rows = outcomes.map((one): Record<string, Cell> => {
    if (isRefused(one)) return { file: one.file, profile: { kind: 'tone', tone: 'bad', text: 'refused' } };
    const rejected: Cell =
      one.rejected === 0 ? 0 : { kind: 'tone', tone: 'warn', text: String(one.rejected) };
    const { batch, file, profile, rows, inserted, updated, unchanged, keptLocal, findings } = one;
    return { batch, file, profile, rows, inserted, updated, unchanged, keptLocal, rejected, findings };
  });
  const notes: string[] = [];
  if (done.length > 1)
    notes.push('Files are imported parents before their events, whatever the order they are named in.');
  for (const one of done) {
    const about = outcomes.length === 1 ? '' : `${one.file}: `;
    if (one.keptLocal > 0) {
      notes.push(
        `${about}${one.keptLocal} of ${one.rows} rows tell of something older than what was entered here; that was kept.`,
      );
    }
    if (one.ignoredColumns.length > 0) {
      notes.push(
        `${about}columns passed over: ${one.ignoredColumns.map((name) => name || '(no name)').join(', ')}.`,
      );
    }
    for (const { text, count } of one.notes) notes.push(`${about}${count} × ${text}.`);
  }
  if (done.some((one) => one.findings > 0)) notes.push('The findings are listed by: rollcall check');
  const table: Table = {
    kind: 'table',
    id: 'files',
    columns: [
      { key: 'batch', title: 'Batch' },
      { key: 'file', title: 'File' },
      { key: 'profile', title: 'Profile' },
      ...COUNTS.map((column): Column => ({ ...column, align: 'right' })),
    ],
    rows,
  };
  return {
    title: dryRun ? 'Import, tried out: nothing was written' : 'Import',
    ...when,
    blocks: [table],
    notes,
    footer: outcomes.length === 1 ? done.map((one) => ({ label: 'sha256', text: one.sha256 })) : [],
  };
}

/** Every profile with what it is of. */
export function profilesDocument(profiles: readonly Profile[], when: When): Document {
  return {
    title: 'Profiles that rollcall import knows',
    ...when,
    blocks: [
      {
        kind: 'table',
        id: 'profiles',
        columns: [
          { key: 'profile', title: 'Profile' },
          { key: 'summary', title: 'Holds' },
          { key: 'required', title: 'Required columns' },
        ],
        rows: profiles.map((profile) => ({
          profile: profile.name,
          summary: profile.summary,
          required: requiredOf(profile).join(', '),
        })),
      },
    ],
    notes: ['All columns of one: rollcall import --template <profile>'],
  };
}

/** A profile's header as an empty table. */
export function templateDocument(profile: Profile, when: When): Document {
  return {
    title: `Columns of ${profile.name}`,
    subtitle: profile.summary,
    ...when,
    blocks: [
      {
        kind: 'table',
        id: 'template',
        columns: profile.columns.map(({ name }) => ({ key: name, title: name })),
        rows: [],
      },
    ],
    notes: [`Required: ${requiredOf(profile).join(', ')}.`],
  };
}

/** The header line of a profile, to start a file with. */
export function templateText(profile: Profile): string {
  return `${csvLine(
    profile.columns.map(({ name }) => name),
    ',',
  )}\n`;
}

/** What taking a batch back did. */
export function undoDocument(undone: UndoneBatch, dryRun: boolean, when: When): Document {
  return {
    title: dryRun ? `Batch ${undone.batch} would be taken back` : `Batch ${undone.batch} is taken back`,
    subtitle: `${undone.profile}, ${undone.file}`,
    ...when,
    blocks: [],
    notes: [
      'Its rows are gone, and rows that it had changed are as they were; its events stay in the log, marked as undone.',
    ],
  };
}

function requiredOf(profile: Profile): readonly string[] {
  return profile.columns.filter((column) => column.required).map((column) => column.name);
}
