import { resolve } from 'node:path';
import { newestImport } from '../../casework/newest-import.ts';
import { type Break, verifyLogs } from '../../casework/verify.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { plural } from '../../core/duration.ts';
import { requireRole } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { writeWhole } from '../../store/backup.ts';
import { read } from '../../store/store.ts';
import { knownActor } from '../record-reach.ts';
import { anchorText, brokenHeads, headsOf, readAnchor } from '../store-anchor.ts';

/** `rollcall audit verify`: walks every chain of both logs. */
export const auditVerify: Command<Document> = {
  name: 'audit verify',
  summary: 'check the event and access chains',
  details:
    'Recomputes every hash of the event log (one chain a directive) and of the access log, and names the first entry ' +
    'of each chain that is not as it was written; then ends with 5. A chain cannot tell by itself that its last ' +
    'entries were cut off: --write-anchor keeps the ends of all chains in a file (for an isd-admin, where there is one), ' +
    'and --anchor compares with it later.',
  options: [
    { flags: '--anchor <file>', summary: 'compare with the ends kept in this file' },
    { flags: '--write-anchor <file>', summary: 'keep the ends of all chains in this file, when all is well' },
  ],
  examples: [
    { line: 'rollcall audit verify', says: 'every entry of both logs' },
    {
      line: 'rollcall audit verify --write-anchor heads.json',
      says: 'and keep the ends; put the file elsewhere',
    },
  ],
  fields: {
    checked: 'entries that were looked at; null for all but an isd-admin',
    'items[].log': 'event or access',
    'items[].chain': 'oss, concerns, csr, said, desk or access',
    'items[].seq': 'first entry of that chain that is broken',
    'items[].what': 'what is wrong with it',
    total: 'number of items; 0 when every chain holds',
    anchored: 'chains that were compared with --anchor; null without it',
  },
  carries: [
    { rule: 'OSS-13', as: 'check' },
    { rule: 'CC-03', as: 'evidence' },
  ],
  run,
};

const ADMINS = "select 1 from member_role where role = 'isd-admin' limit 1";

async function run(context: Context, { options }: Input): Promise<Outcome<Document>> {
  const { anchor, writeAnchor } = options;
  const kept = typeof anchor === 'string' ? readAnchor(resolve(context.cwd, anchor), anchor) : null;
  const { checked, breaks, heads, newest, admin } = await read(context.storePath, async (reader) => {
    const admins = await reader.rows({ sql: ADMINS, parameters: [] });
    if (typeof writeAnchor === 'string' && admins.length > 0)
      await requireRole(reader, context, ['isd-admin'], {
        rule: 'OSS-58',
        cite: 'D20-04 V.C',
        what: 'keep the ends of the logs, which tell how long they are',
      });
    const walked = await verifyLogs(reader);
    const cut: readonly Break[] = kept === null ? [] : await brokenHeads(reader, kept);
    return {
      checked: walked.checked,
      breaks: [...walked.breaks, ...cut.map(({ log, chain, seq, what }) => ({ log, chain, seq, what }))],
      heads: await headsOf(reader),
      newest: await newestImport(reader, null),
      // How many entries there are would tell of records that others may not know of (OSS-12).
      admin: (await knownActor(reader, context))?.roles.has('isd-admin') ?? false,
    };
  });
  const whole = breaks.length === 0;
  const notes: string[] = [];
  if (typeof writeAnchor === 'string' && whole && !context.dryRun) {
    writeWhole(resolve(context.cwd, writeAnchor), anchorText(heads, context.clock()));
    notes.push(`The ends of ${plural(heads.length, 'chain')} are kept in ${writeAnchor}.`);
  } else if (typeof writeAnchor === 'string') {
    notes.push(`${writeAnchor} was not written${whole ? ' (dry run)' : ': something is broken'}.`);
  }
  if (kept === null && whole)
    notes.push('Cut-off ends show only against a kept file: --write-anchor, then --anchor.');
  const items = breaks.map((each) => ({ ...each }));
  return {
    document: {
      title: whole ? 'Both logs are as they were written' : 'A log is not as it was written',
      subtitle: admin
        ? `${plural(checked, 'entry', 'entries')} checked in ${plural(heads.length, 'chain')}`
        : 'Every entry of every chain was checked',
      asOf: context.now,
      newestImport: newest,
      blocks: whole
        ? []
        : [
            {
              kind: 'table',
              id: 'breaks',
              title: 'First broken entry of each chain',
              columns: [
                { key: 'log', title: 'Log' },
                { key: 'chain', title: 'Chain' },
                { key: 'seq', title: 'Entry', align: 'right' },
                { key: 'what', title: 'What' },
              ],
              rows: items,
            },
          ],
      notes,
    },
    data: {
      checked: admin ? checked : null,
      items,
      total: items.length,
      anchored: kept === null ? null : kept.length,
    },
    items,
    newestImport: newest,
    exitCode: whole ? 0 : 5,
  };
}
