import { createInterface } from 'node:readline/promises';
import { refuseBy } from '../../casework/act-verb.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Reader, read } from '../../store/store.ts';
import { checkPin } from '../pin.ts';
import { INVESTIGATION_COMPLETE } from '../state.ts';
import { concernStateAt } from '../state-at.ts';

/** `rollcall concerns status`: the public status of a webportal concern, for whoever has its PIN (CC-04). */
export const concernsStatus: Command<Document> = {
  name: 'concerns status',
  summary: 'the public status of a concern, for whoever has its PIN',
  details:
    'Asks for the PIN on a terminal; elsewhere --pin-stdin reads it from the first line of standard input, so that it ' +
    'stands in no process list. Answers nothing but the public status. Five wrong PINs within the hour close the ' +
    'number for the rest of it, or until the office issues a new PIN. What is asked meanwhile counts for nothing.',
  options: [
    { flags: '--control <number>', summary: 'control number' },
    { flags: '--pin-stdin', summary: 'read the PIN from standard input' },
  ],
  examples: [
    { line: 'rollcall concerns status --control CC-002002 --pin-stdin < pin.txt', says: 'how it stands' },
  ],
  fields: {
    control: 'control number',
    status: 'received, accepted, being investigated, investigation complete, not accepted or closed',
  },
  carries: [{ rule: 'CC-04', as: 'check' }],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const control = await controlOf(context, input);
  const pin = await pinOf(context, input);
  const limits = loadPolicy(context.env).concerns().pin;
  // Recorded at the system clock's time, also on a dry run: the limit on guesses could be walked around otherwise.
  const answered = await checkPin(context.storePath, control, pin, context.clock(), limits);
  if (answered === 'locked') {
    const text = `Too many wrong PINs for ${control} within ${limits.minutes} minutes.`;
    throw refuseBy(context, 'CC-04', text, 'Wait, or ask the district office for a new PIN.');
  }
  if (answered === 'wrong')
    throw refuseBy(context, 'CC-04', 'There is no concern with this control number and PIN.');
  const { status, newest } = await read(context.storePath, async (reader) => ({
    status: await publicStatus(reader, control, context.now),
    newest: await newestImport(reader, 'concerns'),
  }));
  return {
    document: {
      title: `Concern ${control}`,
      subtitle: status,
      asOf: context.now,
      newestImport: newest,
      blocks: [],
    },
    data: { control, status },
    newestImport: newest,
  };
}

/** An associated concern stands where its primary stands (A-CC-7). */
async function publicStatus(reader: Reader, id: string, now: Context['now']): Promise<string> {
  const own = await concernStateAt(reader, id, now);
  const state = own.primary === null ? own : await concernStateAt(reader, own.primary, now);
  switch (state.state) {
    case 'submitted':
    case 'accessed':
      return 'received';
    case 'accepted':
      return 'accepted';
    case INVESTIGATION_COMPLETE:
    case 'approved':
      return 'investigation complete';
    case 'not-accepted':
      return 'not accepted';
    case 'closed':
      return 'closed';
    default:
      return 'being investigated';
  }
}

async function controlOf(context: Context, input: Input): Promise<string> {
  const given = input.options.control;
  if (typeof given === 'string' && given.trim() !== '') return given.trim();
  if (!context.interactive)
    throw usageError('concerns status needs the control number.', 'Add --control <number>.');
  return (await context.prompt.text('Control number', { required: true })).trim();
}

async function pinOf(context: Context, input: Input): Promise<string> {
  if (input.options.pinStdin === true) {
    for await (const line of createInterface({ input: context.stdin })) return line.trim();
    throw usageError('Standard input holds no PIN.', 'Put it on the first line.');
  }
  if (!context.interactive)
    throw usageError('concerns status needs the PIN.', 'Add --pin-stdin and pipe it in.');
  return (await context.prompt.secret('PIN')).trim();
}
