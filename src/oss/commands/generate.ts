import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { dataError, usageError } from '../../core/errors.ts';
import { isoInstant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { write } from '../../store/store.ts';
import { type Cut, flagMembers } from '../generate.ts';
import { writeWorkItems } from '../generate-records.ts';
import { generatedDocument, generatedItem, passedItem } from '../generate-report.ts';
import { requireGenerator } from '../model-access.ts';
import { modelsToUse, modelWarnings } from '../model-file.ts';
import { textOf } from '../model-options.ts';
import { loadHistory } from '../model-records.ts';
import { originOf } from '../models/features.ts';

/** `rollcall oss generate`: scores every sworn member in service and writes Work Items for those who are flagged. */
export const ossGenerate: Command<Document> = {
  name: 'oss generate',
  summary: 'score all sworn members and write Work Items for those flagged',
  details:
    'Every sworn member in service is scored by each data model on what was known by --as-of. Whoever lies in the top ' +
    'share of a model, or reaches the threshold, is flagged; one Work Item a member holds the flags of all models with ' +
    'their strongest factors. There is never a second one while one is open. Each is one event; its 48 hours start.',
  options: [
    { flags: '--top <share>', summary: 'flag this share of members by each model (1%)' },
    { flags: '--threshold <chance>', summary: 'flag whoever has at least this chance, 0 to 1, instead' },
    {
      flags: '--model <file>',
      summary: 'this model instead of the shipped four; may be repeated',
      repeatable: true,
    },
  ],
  examples: [
    { line: 'rollcall oss generate --top 1% --dry-run --actor OSSU02', says: 'who would be flagged' },
    { line: 'rollcall oss generate --threshold 0.9 --actor OSSU02', says: 'by chance instead of share' },
  ],
  fields: {
    'items[].id': 'Work Item',
    'items[].memberId': 'affected member',
    'items[].generatedAt': 'instant of generation; 48 hours to determine validity start',
    'items[].state': 'generated',
    'items[].flags[]':
      'model, version, score (thousandths of log-odds), chance, place, scored; factors: the five strongest (ossu-supervisor only, else null)',
    'passed[]': 'flagged members without a new one: memberId, workItemId, why (open, same-day)',
    scored: 'sworn members in service on the day',
    'tied[]': 'model and members tied at the edge of its top share, who are left out',
    total: 'Work Items generated',
    'warnings[]': 'what a reader has to know',
  },
  carries: [
    { rule: 'OSS-03', as: 'check' },
    { rule: 'OSS-06', as: 'report' },
    { rule: 'OSS-08', as: 'block' },
    { rule: 'OSS-13', as: 'evidence' },
    { rule: 'OSS-14', as: 'check' },
    { rule: 'OSS-58', as: 'block' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const cut = cutOf(input);
  const models = modelsToUse([input.options.model ?? []].flat().map(String), context.cwd);
  const day = localDate(context.now);
  const warnings = modelWarnings(models, day);
  const found = await write(
    context.storePath,
    async (writer) => {
      const actor = await requireGenerator(writer, context);
      const history = await loadHistory(writer, context.now, day, true);
      const origin = originOf(history, day, true);
      if (origin.members.length === 0) {
        throw dataError(
          'No member of this store is known to be sworn and in service on the day.',
          'Import them: rollcall import --template members (sworn), or --template officers',
        );
      }
      const { flagged, tied } = flagMembers(history, origin, models, cut);
      const { generated, passed } = await writeWorkItems(writer, flagged, {
        at: context.now,
        day,
        recordedAt: context.clock(),
        by: actor.memberId,
      });
      return {
        actor,
        generated,
        passed,
        tied,
        scored: origin.members.length,
        newest: await newestImport(writer, 'oss-models'),
      };
    },
    { dryRun: context.dryRun },
  );
  const { actor, tied, scored, newest } = found;
  // Nobody learns here of an own Work Item (OSS-12).
  const ofOthers = ({ memberId }: { readonly memberId: string }) => memberId !== actor.memberId;
  const generated = found.generated.filter(ofOthers);
  const passed = found.passed.filter(ofOthers);
  await logAccess(context, {
    system: 'oss',
    command: 'oss generate',
    subject: `${generated.length} Work Items of ${day}`,
    actorId: actor.memberId,
  });
  for (const warning of warnings) context.warn(warning);
  // What is in a jacket is not for those who only run the computers (OSS-58).
  const detailed = actor.roles.has('ossu-supervisor');
  const items = generated.map((one) => generatedItem(one, context.now, detailed));
  return {
    document: generatedDocument({
      generated,
      passed,
      tied,
      scored,
      cut,
      warnings,
      detailed,
      asOf: context.now,
      newestImport: newest,
      dryRun: context.dryRun,
    }),
    data: {
      generatedAt: isoInstant(context.now),
      scored,
      items,
      total: items.length,
      passed: passed.map(passedItem),
      tied,
      warnings,
    },
    items,
    newestImport: newest,
  };
}

function cutOf(input: Input): Cut {
  const top = textOf(input, 'top');
  const threshold = textOf(input, 'threshold');
  if (top !== null && threshold !== null)
    throw usageError('--top and --threshold exclude each other.', 'Give one of them.');
  if (threshold !== null) {
    const chance = Number(threshold);
    if (!(chance > 0 && chance < 1))
      throw usageError(`--threshold: "${threshold}" is no chance between 0 and 1.`, 'Write it as 0.9.');
    return { threshold: chance };
  }
  const parts = /^(\d+(?:\.\d+)?)\s*%?$/.exec((top ?? '1%').trim());
  const share = parts === null ? 0 : Number(parts[1]) / 100;
  if (!(share > 0 && share <= 1))
    throw usageError(`--top: "${top}" is no share of 0 to 100 per cent.`, 'Write it as 1%.');
  return { top: share };
}
