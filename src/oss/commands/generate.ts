import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { dataError, usageError } from '../../core/errors.ts';
import { isoInstant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { write } from '../../store/store.ts';
import { type Cut, flagMembers, refuseMany } from '../generate.ts';
import { writeWorkItems } from '../generate-records.ts';
import { cutWords, generatedDocument, generatedItem, passedItem } from '../generate-report.ts';
import { requireGenerator, seesAll } from '../model-access.ts';
import { modelsToUse, modelWarnings } from '../model-file.ts';
import { textOf } from '../model-options.ts';
import { loadHistory } from '../model-records.ts';
import { originOf, rosterCounts } from '../models/features.ts';

/** `rollcall oss generate`: scores every sworn member in service and writes Work Items for those who are flagged. */
export const ossGenerate: Command<Document> = {
  name: 'oss generate',
  summary: 'score all sworn members and write Work Items for those flagged',
  details:
    'Every sworn member in service whom the roster does not mark inactive is scored by each data model on what was known by --as-of. Whoever lies in the top ' +
    'share of a model, or reaches the threshold, is flagged; one Work Item a member holds the flags of all models with ' +
    'the factors that raise their scores most. There is never a second one while one is open. Each is one event; its 48 ' +
    'hours start. Whoever may not see why Work Items were generated gets their ids and numbers alone. Places and shares ' +
    'are those among all but the acting member, of whom nothing is shown: what concerns them is written all the same.',
  options: [
    { flags: '--top <share>', summary: 'flag this share of members by each model (1%; at most 10%)' },
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
    'items[].memberId': 'affected member; null, as flags, for who may not see why Work Items were generated',
    'items[].generatedAt': 'instant of generation; 48 hours to determine validity start',
    'items[].state': 'generated',
    'items[].flags[]':
      'model, version, score (thousandths of log-odds), chance, place, scored; factors: the five that raise it most',
    'passed[]':
      'flagged members without a new one: memberId, workItemId, why (open, same-day); null for who may not see why',
    scored: 'sworn members in service on the day, the acting member apart',
    'tied[]': 'model and members tied at the edge of its top share, who are left out',
    inactive: 'members whom the roster of today marks not active, left out',
    unmarked: 'members scored of whom the roster does not say it, where it does of others',
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
  const { generation } = loadPolicy(context.env).oss();
  const cut = cutOf(input, generation);
  const models = modelsToUse([input.options.model ?? []].flat().map(String), context.cwd);
  const day = localDate(context.now);
  const warnings = modelWarnings(models, day);
  const { actor, written, result, roster, newest } = await write(
    context.storePath,
    async (writer) => {
      const actor = await requireGenerator(writer, context);
      const self = actor.memberId;
      const history = await loadHistory(writer, context.now, day, true);
      const result = flagMembers(history, originOf(history, day, true), models, cut, self);
      if (result.scored === 0) {
        throw dataError(
          'No member of this store is known to be sworn and in service on the day.',
          'Import them: rollcall import --template members (sworn), or --template officers',
        );
      }
      refuseMany(result, self, generation.atMost);
      const recordedAt = context.clock();
      return {
        actor,
        result,
        roster: rosterCounts(history, day, self),
        written: await writeWorkItems(writer, result.flagged, { at: context.now, day, recordedAt, by: self }),
        newest: await newestImport(writer, 'oss-models'),
      };
    },
    { dryRun: context.dryRun },
  );
  // OSS-12: what concerns the acting member is written and not shown.
  const isOthers = (one: { readonly memberId: string }): boolean => one.memberId !== actor.memberId;
  const generated = written.generated.filter(isOthers);
  await logAccess(context, {
    system: 'oss',
    command: 'oss generate',
    subject: `${generated.length} Work Items of ${day}, ${cutWords(cut)}${context.dryRun ? ', dry run' : ''}`,
    actorId: actor.memberId,
  });
  for (const warning of warnings) context.warn(warning);
  // Why, and which others there are, is not for those who only run the computers (OSS-58).
  const detailed = seesAll(context, actor, 'oss.detail');
  const passed = seesAll(context, actor, 'oss.invalid') ? written.passed.filter(isOthers) : null;
  const items = generated.map((one) => generatedItem(one, context.now, detailed));
  const { tied, scored } = result;
  return {
    document: generatedDocument({
      ...{ generated, passed, tied, scored, roster, cut, warnings, detailed },
      asOf: context.now,
      newestImport: newest,
      dryRun: context.dryRun,
    }),
    data: {
      generatedAt: isoInstant(context.now),
      scored,
      items,
      total: items.length,
      passed: passed?.map(passedItem) ?? null,
      tied,
      ...roster,
      warnings,
    },
    items,
    newestImport: newest,
  };
}

function cutOf(input: Input, { share, atMost }: { readonly share: number; readonly atMost: number }): Cut {
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
  if (top === null) return { top: share };
  const parts = /^(\d+(?:\.\d+)?)\s*%?$/.exec(top.trim());
  const asked = parts === null ? 0 : Number(parts[1]) / 100;
  if (!(asked > 0 && asked <= atMost))
    throw usageError(
      `--top: "${top}" is no share above 0 and up to ${Number((atMost * 100).toFixed(2))} per cent.`,
      'Write it as 1%.',
    );
  return { top: asked };
}
