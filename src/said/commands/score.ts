import { chainHead, logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDay } from '../../core/calendar.ts';
import type { Command, Context, Input, ItemList, Outcome } from '../../core/command.ts';
import type { Instant } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy, rulesetHash } from '../../store/data-files.ts';
import { type Reader, read } from '../../store/store.ts';
import { requireTierViewer, tierWarnings, type Viewer } from '../access.ts';
import { type LoadedModel, loadModel } from '../model-file.ts';
import { type Item, openPopulation, type Population } from '../population.ts';
import { pseudonym } from '../pseudonym.ts';
import { countSubjects, eachSubject, pseudonymKey, subjectsOfDistrict } from '../records.ts';
import { scoreDocument } from '../reports.ts';
import { commandLine, parseWanted, scopeText, type Wanted } from '../score-options.ts';

/** `rollcall said score`: the tier of every subject who can be scored as of the day, highest tier first. */
export const saidScore: Command<Document> = {
  name: 'said score',
  summary: 'tiers for every subject who can be scored',
  details:
    'Six attributes and nothing else make the points (SAID-10); sex, race and place are not read (SAID-11). Counts are of all subjects, or of those of --district; --tier and juveniles change the list alone. Evaluators see pseudonyms.',
  options: [
    { flags: '--district <district>', summary: 'only subjects of this district' },
    { flags: '--tier <tier>', summary: 'list only this tier: very-low, low, medium, high, very-high' },
    { flags: '--model <file>', summary: 'another scorecard than the shipped one' },
    { flags: '--with-juveniles', summary: 'list juveniles too; they are always counted' },
  ],
  examples: [
    {
      line: 'rollcall said score --actor 2001 --purpose outreach --tier very-high',
      says: 'whom to think of first for an offer of help, with the points behind each tier',
    },
    {
      line: 'rollcall said score --actor 2001 --purpose review --district 005 -o tiers.html',
      says: 'the tiers of one district as a page',
    },
  ],
  fields: {
    'model.id': 'scorecard',
    'model.version': 'its version',
    'model.sha256': 'sha256 of its file',
    'model.validatedAt': 'day of its newest validation, or null',
    scored: 'subjects with a tier, juveniles included, of all or of --district',
    'notScored[].subjectId': 'a subject without a tier',
    'notScored[].reason': 'why: no arrest, no birth date …',
    tiers: 'subjects by tier: veryLow, low, medium, high, veryHigh; adds up to scored',
    'items[].subjectId': 'the subject; a pseudonym for evaluators',
    'items[].tier': 'veryLow, low, medium, high or veryHigh',
    'items[].points': 'sum of the terms',
    'items[].pointsConvictedOnly': 'the points if only arrests that ended in a conviction counted',
    'items[].basis': 'sufficient or insufficient',
    'items[].juvenile': 'under 18 on the day, or marked so in the export',
    'items[].terms[]': 'attribute, value, points: the intercept and the six attributes',
    insufficientBasis: 'scored on age alone',
    tierRestsOnUnconvicted: 'whose tier would be lower with convictions only',
    withoutViolence: 'scored without a counted victimization, UUW or violent arrest',
    juveniles: 'juveniles among the scored',
    juvenilesNotListed: 'juveniles left out of items',
    'warnings[]': 'what a reader of the tiers has to know',
  },
  carries: [
    { rule: 'SAID-01', as: 'block' },
    { rule: 'SAID-05', as: 'block' },
    { rule: 'SAID-06', as: 'block' },
    { rule: 'SAID-08', as: 'report' },
    { rule: 'SAID-10', as: 'check' },
    { rule: 'SAID-11', as: 'block' },
    { rule: 'SAID-12', as: 'check' },
    { rule: 'SAID-13', as: 'check' },
    { rule: 'SAID-14', as: 'report' },
    { rule: 'SAID-18', as: 'report' },
    { rule: 'SAID-24', as: 'report' },
  ],
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const wanted = parseWanted(input);
  const policy = loadPolicy(context.env);
  const found = await read(context.storePath, async (reader) => {
    const viewer = await requireTierViewer(reader, context, policy);
    const loaded = loadModel(wanted.modelPath, context.cwd);
    const warnings = tierWarnings(loaded.model, viewer.actor, context, policy);
    return {
      viewer,
      loaded,
      warnings,
      population: await scoreAll(reader, context.now, loaded, wanted, viewer),
      newest: await newestImport(reader, 'said'),
      auditHead: viewer.deidentified ? null : await chainHead(reader, 'said'),
    };
  });
  const { viewer, loaded, warnings, population, newest, auditHead } = found;
  const subject = [wanted.district ?? 'all districts', wanted.tier ?? 'all tiers'].join(', ');
  await logAccess(context, {
    system: 'said',
    subject,
    command: saidScore.name,
    actorId: viewer.actor.memberId,
  });
  for (const warning of warnings) context.warn(warning);

  const summary = population.summary();
  const juvenilesNotListed = population.juvenilesNotListed(wanted);
  let made: ItemList<Item> | null = null;
  const items = () => {
    made ??= population.items(wanted);
    return made;
  };
  const notes = notesOn(summary.futureIncidents, viewer.deidentified);
  const { model, sha256 } = loaded;
  const document = scoreDocument({
    asOf: context.now,
    newestImport: newest,
    loaded,
    summary,
    items,
    juvenilesNotListed,
    scope: scopeText(wanted),
    banner: bannerOf(policy),
    notes: [...warnings.map((text) => `Warning: ${text}`), ...notes],
    footer: [
      { label: 'Ruleset', text: rulesetHash(context.env) },
      ...(auditHead === null ? [] : [{ label: 'Audit head', text: auditHead }]),
      { label: 'Command', text: commandLine(wanted, context, viewer.actor.memberId) },
    ],
  });
  return {
    document,
    newestImport: newest,
    data: {
      model: { id: model.id, version: model.version, sha256, validatedAt: model.validatedAt },
      scored: summary.scored,
      notScored: summary.notScored,
      tiers: summary.tiers,
      insufficientBasis: summary.insufficient,
      tierRestsOnUnconvicted: summary.restsOnUnconvicted,
      withoutViolence: summary.noViolence,
      juveniles: summary.juveniles,
      juvenilesNotListed,
      warnings,
      notes,
      banner: document.banner,
      get total() {
        return items().length;
      },
    },
    get items() {
      return items();
    },
  };
}

/** Scores the subjects of the store, or of a district; which district is asked apart from what the scorer reads. */
async function scoreAll(
  reader: Reader,
  now: Instant,
  { model }: LoadedModel,
  wanted: Wanted,
  viewer: Viewer,
): Promise<Population> {
  const { district } = wanted;
  const chosen = district === null ? null : await subjectsOfDistrict(reader, Number(district));
  if (chosen?.size === 0) {
    // A mistyped district is no district without subjects.
    const { requireKnownPlace } = await import('../../casework/known-place.ts');
    await requireKnownPlace(reader, { district, beat: null }, async () => []);
  }
  const key = viewer.deidentified ? await pseudonymKey(reader) : null;
  const nameOf = key === null ? undefined : (id: string) => pseudonym(key, id);
  const population = openPopulation(
    model,
    localDay(now),
    chosen?.size ?? (await countSubjects(reader)),
    nameOf,
  );
  await eachSubject(reader, (subjectKey, subjectId, birthDay, juvenile, history, length) => {
    if (chosen === null || chosen.has(subjectKey))
      population.add(subjectId, birthDay, juvenile, history, length);
  });
  return population;
}

function bannerOf(policy: ReturnType<typeof loadPolicy>): readonly string[] {
  return [
    ...policy.said().banner.map(({ rule, text }) => `${text} (${rule}, ${policy.cite(rule)}).`),
    `One piece of information among others, to help put outreach in order (SAID-09, ${policy.cite('SAID-09')}).`,
  ];
}

function notesOn(futureIncidents: number, deidentified: boolean): readonly string[] {
  const notes: string[] = [];
  if (futureIncidents > 0) notes.push(`Incidents after the as-of day, not counted: ${futureIncidents}.`);
  if (deidentified)
    notes.push('De-identified: pseudonyms are the same in every output of this store (SAID-31).');
  return notes;
}
