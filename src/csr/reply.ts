import { openActs } from '../casework/act.ts';
import { actorOf, eventOf } from '../casework/act-verb.ts';
import { openChain } from '../casework/log.ts';
import { newestImport } from '../casework/newest-import.ts';
import type { Context } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { type Reader, write } from '../store/store.ts';
import { cityRequestById } from './city-records.ts';
import { formById, formKind } from './form-records.ts';
import { policeRequestById, policeRequestKind } from './police-records.ts';

/** What a number stands for: a police request's work order, a form, or a request that is only mirrored. */
export type NumberKind = 'police' | 'form' | 'city';

/** What kind of record has this id; a usage error when none has. A work order goes before its mirrored request. */
export async function kindOf(reader: Reader, id: string): Promise<NumberKind> {
  if ((await policeRequestById(reader, id)) !== undefined) return 'police';
  if ((await formById(reader, id)) !== undefined) return 'form';
  if ((await cityRequestById(reader, id)) !== undefined) return 'city';
  throw usageError(`There is no service request or form ${id}.`, 'Give its number to the letter.');
}

/** Records that the person who asked was told how things stand (CSR-17). */
export async function recordReply(
  context: Context,
  id: string,
  said: string,
): Promise<{ readonly kind: NumberKind; readonly newest: Instant | null }> {
  return write(
    context.storePath,
    async (writer) => {
      const { memberId: by } = await actorOf(writer, context, {
        roles: null,
        by: ['CSR-17', 'record a reply'],
      });
      const kind = await kindOf(writer, id);
      const detail = { detail: said };
      const event = eventOf({ name: 'replied', detail }, by, context.now);
      if (kind === 'city') {
        const { name, at } = event;
        const chain = openChain(writer, 'csr', context.clock());
        chain.append({ recordId: id, name, at, actorId: by, origin: 'local', content: detail });
      } else if (kind === 'police') {
        const acts = await openActs(writer, policeRequestKind, context.clock());
        await acts.act(id, event);
        await acts.finish();
      } else {
        const acts = await openActs(writer, formKind, context.clock());
        await acts.act(id, event);
        await acts.finish();
      }
      return { kind, newest: await newestImport(writer, 'csr') };
    },
    { dryRun: context.dryRun },
  );
}
