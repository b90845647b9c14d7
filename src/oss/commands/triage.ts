import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import { type Actor, requireRole, resolveActor } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { decideInBulk } from '../decisions.ts';
import { triageQueue } from '../records.ts';
import { queueDocument, queueItem } from '../triage.ts';
import { walkQueue } from '../walk.ts';

const MAY_SEE = ['oss-analyst', 'ossu-supervisor'];
const GUARD = { rule: 'OSS-58', cite: 'D20-04 V.C', what: 'see Work Items to be determined' };
const DECIDE = { rule: 'OSS-16', cite: 'D20-04 IV.A.2', what: 'determine validity' };

/** `rollcall oss triage`: the analyst's queue, printed, walked through one by one, or decided in bulk. */
export const ossTriage: Command<Document> = {
  name: 'oss triage',
  summary: 'the queue of Work Items whose validity is not determined',
  details:
    'Every Work Item whose validity is not determined, oldest due first, against 48 hours from generation (OSS-16). ' +
    'On a terminal each is shown with its details and a summary of the jacket, and asked for: valid, invalid with a ' +
    'reason, skip, quit. Each answer is saved at once and implies the review of OSS-15. Without an actor, as cron runs ' +
    'it, --list holds ids and dates only, and none that was found invalid since; a member who may not see it is refused.',
  options: [
    { flags: '--list', summary: 'print the queue and ask nothing' },
    { flags: '--decisions <file>', summary: 'decide in bulk: CSV with work_item_id, determination, reason' },
  ],
  examples: [
    { line: 'rollcall oss triage --actor OSSU01', says: 'walk through the queue' },
    { line: 'rollcall oss triage --list', says: 'print it' },
    { line: 'rollcall oss triage --decisions answers.csv --actor OSSU01', says: 'decide from a file' },
  ],
  fields: {
    'items[].id': 'Work Item id',
    'items[].memberId': 'affected member; null without an actor who may see them',
    'items[].generatedAt': 'instant of generation',
    'items[].dueAt': '48 hours later',
    'items[].hoursLeft': 'hours until due, one decimal; negative when overdue',
    'items[].overdue': 'true when past due',
    'items[].models[]': 'models that flagged the member; null without an actor who may see them',
    'items[].state': 'generated',
    total: 'number of items',
    'items[]': 'with --decisions a row of the file: line, id, determination, kept, rule and text',
    'decided[]': 'with --decisions: line, id and determination of each row that was kept',
    'refused[]': 'with --decisions: line, id, rule and text of each row that was not',
  },
  carries: [
    { rule: 'OSS-06', as: 'report' },
    { rule: 'OSS-14', as: 'check' },
    { rule: 'OSS-15', as: 'check' },
    { rule: 'OSS-16', as: 'check' },
    { rule: 'OSS-17', as: 'block' },
    { rule: 'OSS-58', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const decisions = input.options.decisions;
  if (typeof decisions === 'string') {
    if (input.options.list === true) {
      throw usageError('--list prints and --decisions writes.', 'Use one of them.');
    }
    const actor = await read(context.storePath, (reader) =>
      requireRole(reader, context, ['oss-analyst'], DECIDE),
    );
    return decideInBulk(context, actor, decisions);
  }
  const walk = context.interactive && input.options.list !== true && !context.formatGiven;
  const actor = await read(context.storePath, (reader) => whoLooks(reader, context, walk));
  if (actor !== null) {
    await logAccess(context, {
      system: 'oss',
      command: 'oss triage',
      subject: 'queue',
      actorId: actor.memberId,
    });
  }
  if (walk && actor !== null) await walkQueue(context, actor);
  const { queue, newest } = await read(context.storePath, async (reader) => ({
    queue: await triageQueue(reader, context.now, actor?.memberId ?? null),
    newest: await newestImport(reader, 'oss'),
  }));
  const items = queue.map((item) => queueItem(item, context.now, actor !== null));
  return {
    document: queueDocument(queue, context.now, newest, actor !== null),
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

// Without any actor the list holds ids and dates only, as cron prints it; an actor must be one who may see more.
async function whoLooks(
  reader: Parameters<typeof resolveActor>[0],
  context: Context,
  walk: boolean,
): Promise<Actor | null> {
  if (walk) return requireRole(reader, context, ['oss-analyst'], DECIDE);
  const actor = await resolveActor(reader, context);
  return actor === null ? null : requireRole(reader, context, MAY_SEE, GUARD);
}
