import { actorOf, refuseBy } from '../../casework/act-verb.ts';
import { openChain } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { write } from '../../store/store.ts';
import { concernInSight } from '../act-spec.ts';
import { keepPin, makePin, systemChance } from '../pin.ts';

/** `rollcall concerns pin`: gives a webportal concern its PIN, shown once (CC-04). */
export const concernsPin: Command<Document> = {
  name: 'concerns pin',
  summary: 'give a webportal concern its PIN, shown once',
  details:
    'The resident asks for the status with control number and PIN (CC-04). The store keeps a slow salted hash, so a PIN ' +
    'that is lost can only be replaced: --replace. Concerns that came another way have a control number and no PIN.',
  arguments: [{ name: 'control', summary: 'control number', required: true }],
  options: [{ flags: '--replace', summary: 'a new PIN in place of the one it has' }],
  examples: [
    { line: 'rollcall concerns pin CC-002002 --actor M0019', says: 'print it, hand it on, forget it' },
  ],
  fields: {
    id: 'control number',
    pin: 'digits, shown this once; null with --dry-run',
    replaced: 'true with --replace',
  },
  carries: [
    { rule: 'CC-04', as: 'check' },
    { rule: 'CC-10', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const id = String(input.args.control).trim();
  const policy = loadPolicy(context.env);
  const replace = input.options.replace === true;
  const made = await makePin(policy.concerns().pin.digits, systemChance);
  const { pin, newest } = await write(
    context.storePath,
    async (writer) => {
      const by = ['CC-04', 'give out a PIN'] as const;
      const actor = await actorOf(writer, context, { roles: ['cp-sergeant', 'cp-officer'], by });
      const row = await concernInSight(writer, context, actor, id);
      if (row.origin !== 'webportal') {
        throw refuseBy(context, 'CC-04', `${id} came by ${row.origin}: only webportal concerns have a PIN.`);
      }
      const has = writer.prepare('select 1 from concern_pin where control_number = ?').get(id) !== undefined;
      if (has && !replace)
        throw refuseBy(context, 'CC-04', `${id} has a PIN.`, 'If it is lost, give a new one with --replace.');
      keepPin(writer, id, made, { at: context.clock(), by: actor.memberId });
      openChain(writer, 'concerns', context.clock()).append({
        recordId: `pin:${id}`,
        name: 'pin-issued',
        at: context.now,
        actorId: actor.memberId,
        origin: 'local',
        content: { replaced: has },
      });
      return { pin: context.dryRun ? null : made.pin, newest: await newestImport(writer, 'concerns') };
    },
    { dryRun: context.dryRun },
  );
  return {
    document: {
      title: context.dryRun ? `${id} would get a PIN` : `PIN of ${id}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [{ kind: 'figures', id: 'pin', figures: [{ label: 'PIN', value: pin }] }],
      notes: ['Shown this once: the store keeps only a hash of it.'],
    },
    data: { id, pin, replaced: replace },
    newestImport: newest,
  };
}
