import { openActs } from '../../casework/act.ts';
import { optionText } from '../../casework/act-asking.ts';
import { titleOf } from '../../casework/act-outcome.ts';
import { actorOf, eventOf, refuseBy } from '../../casework/act-verb.ts';
import { openChain } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { peopleInstant } from '../../core/duration.ts';
import { parseDistrict } from '../../core/place.ts';
import type { Actor } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { type Reader, write } from '../../store/store.ts';
import { idsOf } from '../asking.ts';
import { cityRequestById } from '../city-records.ts';
import { formKind } from '../form-records.ts';
import { ownPlace } from '../own-place.ts';
import { SERGEANT } from '../police-rules.ts';
import { kindOf } from '../reply.ts';

/** `rollcall csr report-ocp <number…>`: City requests that drag on, told to the Office of Community Policing. */
export const csrReportOcp: Command<Document> = {
  name: 'csr report-ocp',
  summary: 'record that requests were reported to the Office of Community Policing',
  details:
    'For City requests not done within a reasonable time (CSR-25), by form or by 311 number. What a reasonable time is, ' +
    'the sergeant judges: rollcall csr ages lists the older ones.',
  arguments: [{ name: 'number', summary: 'form or SR number', required: true, variadic: true }],
  options: [{ flags: '--note <text>', summary: 'what was reported' }],
  examples: [{ line: 'rollcall csr report-ocp SR20-00000017 --actor M0019', says: 'reported today' }],
  fields: { 'items[].id': 'form or SR number', 'items[].kind': 'form or city', total: 'number of items' },
  carries: [{ rule: 'CSR-25', as: 'evidence' }],
  writes: true,
  run,
};

const REPORTS = {
  roles: SERGEANT,
  by: ['CSR-25', 'report requests to the Office of Community Policing'],
} as const;

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const ids = idsOf(input, 'number');
  const note = optionText(input, 'note');
  const { items, newest } = await write(
    context.storePath,
    async (writer) => {
      const actor = await actorOf(writer, context, REPORTS);
      const { memberId } = actor;
      const detail: Readonly<Record<string, string>> = note === null ? {} : { detail: note };
      const items: { id: string; kind: 'form' | 'city' }[] = [];
      const forms: string[] = [];
      for (const id of ids) {
        const kind = await kindOf(writer, id);
        if (kind === 'police')
          throw refuseBy(
            context,
            'CSR-25',
            `${id} is a police request: it has a due day of its own (CSR-38).`,
          );
        if (kind === 'form') forms.push(id);
        if (kind === 'city') await refuseCity(writer, context, actor, id);
        items.push({ id, kind });
      }
      const chain = openChain(writer, 'csr', context.clock());
      for (const { id, kind } of items) {
        if (kind === 'form') continue;
        const event = { recordId: id, name: 'reported-ocp', at: context.now, actorId: memberId } as const;
        chain.append({ ...event, role: 'cp-sergeant', origin: 'local', content: detail });
      }
      const acts = await openActs(writer, formKind, context.clock());
      for (const id of forms) {
        await acts.act(id, eventOf({ name: 'reported-ocp', detail }, memberId, context.now));
      }
      await acts.finish();
      return { items, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
  return {
    document: {
      title: titleOf(context, 'Reported to the Office of Community Policing'),
      subtitle: note ?? undefined,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        {
          kind: 'table',
          id: 'reported',
          columns: [
            { key: 'id', title: 'Number' },
            { key: 'kind', title: 'Kind' },
          ],
          rows: items,
        },
      ],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

/** Refuses a City request of another district, and one that was not open then: only what drags on is reported (CSR-25). */
async function refuseCity(reader: Reader, context: Context, actor: Actor, id: string): Promise<void> {
  const request = await cityRequestById(reader, id);
  if (request === undefined) return;
  const place = parseDistrict(request.district ?? '');
  if (place !== null)
    await ownPlace(reader, context, actor, { district: place.district, beat: null }, REPORTS);
  if (request.createdAt > context.now)
    throw refuseBy(
      context,
      'CSR-25',
      `${id} was created ${peopleInstant(request.createdAt)}, after the as-of.`,
    );
  const { open, closedAt } = request;
  if (!open && (closedAt === null || closedAt <= context.now))
    throw refuseBy(
      context,
      'CSR-25',
      `${id} was closed${closedAt === null ? '' : ` ${peopleInstant(closedAt)}`}: only what is open is reported.`,
    );
}
