import { openActs } from '../casework/act.ts';
import { logAccess } from '../casework/log.ts';
import type { Context } from '../core/command.ts';
import { hoursLeft } from '../core/due.ts';
import { peopleInstant } from '../core/duration.ts';
import { cleanForScreen } from '../core/text.ts';
import { loadDirectory } from '../people/directory.ts';
import type { Actor } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { read, write } from '../store/store.ts';
import { type JacketSummary, jacketSummary, type QueuedItem, triageQueue, workItemKind } from './records.ts';
import { determination } from './triage.ts';
import { invalidBefore } from './worklist-documents.ts';
import { foundInvalidBefore } from './worklist-items.ts';

/** Walks the analyst through the queue; each answer is saved before the next item is shown (OSS-15 to OSS-17). */
export async function walkQueue(context: Context, actor: Actor): Promise<void> {
  const queue = await read(context.storePath, (reader) => triageQueue(reader, context.now, actor.memberId));
  for (const [i, item] of queue.entries()) {
    await logAccess(context, {
      system: 'oss',
      command: 'oss triage',
      subject: item.id,
      actorId: actor.memberId,
    });
    const { jacket, earlier } = await read(context.storePath, async (reader) => ({
      jacket: await jacketSummary(reader, item.memberId, context.now),
      earlier: await foundInvalidBefore(reader, await loadDirectory(reader), item, context.now),
    }));
    context.say(describe(item, jacket, earlier.map(invalidBefore), context, `${i + 1} of ${queue.length}`));
    const { answer, reason } = await ask(context, item.id);
    if (answer === 'quit') return;
    if (answer === 'skip') continue;
    await write(
      context.storePath,
      async (writer) => {
        const acts = await openActs(writer, workItemKind, context.clock());
        await acts.act(item.id, determination(actor.memberId, context.now, answer, reason));
        await acts.finish();
      },
      { dryRun: context.dryRun },
    );
    context.note(context.dryRun ? `${item.id}: would be ${answer}.` : `${item.id}: ${answer}, saved.`);
  }
}

interface Answer {
  readonly answer: 'valid' | 'invalid' | 'skip' | 'quit';
  readonly reason: string | null;
}

async function ask(context: Context, id: string): Promise<Answer> {
  for (;;) {
    const answer = await context.prompt.select(`${id}: is it valid?`, [
      { value: 'valid', label: 'valid' },
      { value: 'invalid', label: 'invalid, with a reason' },
      { value: 'skip', label: 'skip for now' },
      { value: 'quit', label: 'quit' },
    ]);
    if (answer !== 'invalid') return { answer, reason: null };
    const reason = await askReason(context);
    if (reason !== null) return { answer, reason };
  }
}

/** Why a Work Item is invalid, asked on a terminal: a code of the policy's list, or words (OSS-17); null to go back. */
export async function askReason(context: Context): Promise<string | null> {
  const { reasons } = loadPolicy(context.env).oss().invalidReasons;
  const code = await context.prompt.select('Reason (OSS-17)', [
    ...reasons.map(({ code: value, label }) => ({ value, label })),
    { value: 'back', label: 'back' },
  ]);
  if (code === 'back') return null;
  if (code !== 'other') return code;
  return context.prompt.text('In words', { required: true });
}

function describe(
  item: QueuedItem,
  jacket: JacketSummary,
  earlier: readonly string[],
  context: Context,
  place: string,
): string {
  const left = hoursLeft(context.now, item.dueAt);
  const due = left < 0 ? `${(-left).toFixed(1)} h overdue` : `${left.toFixed(1)} h left`;
  const member = jacket.member;
  const lines = [
    '',
    `${item.id}  (${place})`,
    `  Member     ${item.memberId}${member ? `, ${member.rank}, unit ${member.unit ?? 'unknown'}` : ', in no members file'}`,
    `  Generated  ${peopleInstant(item.generatedAt)}, due ${peopleInstant(item.dueAt)}: ${due}`,
    `  Models     ${item.models.join(', ') || 'none named'}`,
    `  Summary    ${item.summary ?? 'none'}`,
    ...earlier.map((text) => `  Before     ${text}`),
    '  Jacket     last 12 months (all)',
    ...(jacket.kinds.length === 0 ? ['             nothing recorded'] : []),
    ...jacket.kinds.map((kind) => `             ${kind.kind.padEnd(14)} ${kind.lastYear} (${kind.all})`),
    '',
  ];
  return lines.map(cleanForScreen).join('\n');
}
