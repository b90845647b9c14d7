import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { read } from '../../store/store.ts';
import { requireSight } from '../act-sight.ts';
import { staffOf } from '../jacket-records.ts';
import { concentrations, staffingRows } from '../jacket-staffing.ts';
import { OSS_BANNER } from '../triage.ts';
import { workItemsAsOf } from '../worklist-items.ts';

/** `rollcall oss staffing`: the unit beside what the directive sets up, and supervisors who have become its own. */
export const ossStaffing: Command<Document> = {
  name: 'oss staffing',
  summary: 'the staff of the unit beside the directive, and items heaped on one supervisor',
  details:
    'One civilian analyst, ten sworn representatives, two an Area, one sergeant (OSS-09). Nobody may be made an ' +
    '"OSS Supervisor" (OSS-10): that role cannot be given, and a supervisor who in fact has most of the district\'s ' +
    'Work Items of members under other supervisors is listed.',
  options: [{ flags: '--exit-code', summary: 'exit 1 when something differs' }],
  examples: [{ line: 'rollcall oss staffing --actor M0002', says: 'for the OSSU supervisor' }],
  fields: {
    'items[].what': 'what is counted',
    'items[].should': 'as the directive sets it up',
    'items[].is': 'as the members file has it',
    'items[].differs': 'true where they differ',
    'concentrations[]': 'supervisorId, district, items, of, share: DE_FACTO_OSS_SUPERVISOR',
    total: 'number of items',
  },
  carries: [
    { rule: 'OSS-09', as: 'report' },
    { rule: 'OSS-10', as: 'check' },
    { rule: 'OSS-11', as: 'check' },
  ],
  run,
};

async function run(context: Context, { options }: Parameters<Command['run']>[1]): Promise<Outcome<Document>> {
  const policy = loadPolicy(context.env).oss();
  const { rows, heaps, actor, newest } = await read(context.storePath, async (reader) => {
    const sight = await requireSight(reader, context, 'oss.staffing', ['OSS-09', 'see the staffing']);
    const all = await workItemsAsOf(reader, sight.directory, context.now);
    const items = all.filter((item) => !sight.conceals(item));
    const person = (id: string) => sight.directory.person(id, context.now);
    return {
      rows: staffingRows(await staffOf(reader), policy.staffing),
      heaps: concentrations(items, person, policy.concentration),
      actor: sight.actor,
      newest: await newestImport(reader, 'oss'),
    };
  });
  await logAccess(context, {
    system: 'oss',
    command: 'oss staffing',
    subject: 'staffing',
    actorId: actor.memberId,
  });
  const differ = rows.filter((row) => row.differs).length;
  return {
    document: {
      title: 'Staffing of the Officer Support Unit',
      subtitle: `${differ} of ${rows.length} differ, ${heaps.length} supervisors in fact the system's own`,
      banner: OSS_BANNER,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'staffing',
          columns: [
            { key: 'what', title: 'What' },
            { key: 'should', title: 'Should be', align: 'right' },
            { key: 'is', title: 'Is', align: 'right' },
            { key: 'verdict', title: '' },
          ],
          rows: rows.map(({ what, should, is, differs }) => ({
            what,
            should,
            is,
            verdict: differs ? { kind: 'tone', tone: 'bad', text: 'differs' } : 'as set up',
          })),
        },
        {
          kind: 'table',
          id: 'concentrations',
          title: 'DE_FACTO_OSS_SUPERVISOR (OSS-10)',
          columns: [
            { key: 'supervisorId', title: 'Supervisor' },
            { key: 'district', title: 'District' },
            { key: 'items', title: 'Work Items', align: 'right' },
            { key: 'share', title: 'Of the district', align: 'right' },
          ],
          rows: heaps.map(({ share, of, ...row }) => ({
            ...row,
            share: { kind: 'percent', share, base: of },
          })),
          empty: 'No supervisor has most of the Work Items of members under others.',
        },
      ],
      footer: [{ label: 'Rules', text: 'OSS-09, OSS-10, OSS-11: D20-04 III' }],
    },
    data: { items: rows, total: rows.length, concentrations: heaps },
    items: rows.map((row) => ({ ...row })),
    newestImport: newest,
    exitCode: options.exitCode === true && differ + heaps.length > 0 ? 1 : 0,
  };
}
