import { plural } from '../core/duration.ts';
import { type Instant, isoInstant } from '../core/instant.ts';
import type { Block, Document } from '../report/document.ts';
import { factorItem } from './generate-report.ts';
import { FEATURES } from './models/inputs.ts';
import { chanceOf, type Term } from './models/model.ts';
import { OSS_BANNER } from './triage.ts';

/** A flag as it was written when the Work Item was generated. */
export interface StoredFlag {
  readonly model: string;
  readonly version: string;
  readonly sha256: string;
  readonly scoredAt: Instant;
  readonly score: number;
  readonly place: number;
  readonly scored: number;
  readonly terms: readonly Term[];
}

/** A flag that came with an import: its model's name and nothing of how the model came to it. */
export interface ImportedFlag extends Pick<StoredFlag, 'model' | 'terms'> {
  readonly place: null;
}

/** A flag of a Work Item, by rollcall's own scoring or by an import. */
export type Flag = StoredFlag | ImportedFlag;

/** The flags of a Work Item: those on record, and one for each further model that the import names. */
export function flagsWith(models: readonly string[], stored: readonly StoredFlag[]): readonly Flag[] {
  const scored = new Set(stored.map(({ model }) => model));
  const imported = models
    .filter((model) => !scored.has(model))
    .map((model) => ({ model, terms: [], place: null }));
  return [...stored, ...imported];
}

function isStored(flag: Flag): flag is StoredFlag {
  return flag.place !== null;
}

/** A supervisor's answer to a flag (factor null) or to one of its factors. */
export interface StoredAnswer {
  readonly model: string;
  readonly factor: string | null;
  readonly answer: 'agree' | 'disagree';
  readonly note: string | null;
  readonly by: string | null;
  readonly at: Instant;
}

/** One answer as JSON. */
export function answerItem({ at, ...rest }: StoredAnswer): Readonly<Record<string, unknown>> {
  return { ...rest, at: isoInstant(at) };
}

/** An input in words. */
export function labelOf(input: string): string {
  if (input === 'average member') return 'the average member';
  return FEATURES.find((feature) => feature.id === input)?.label ?? input;
}

/** One flag as JSON: every term, and the score that they add up to; of an imported one all but the model is null. */
export function explanationItem(flag: Flag): Readonly<Record<string, unknown>> {
  if (!isStored(flag)) return { ...UNKNOWN, model: flag.model };
  return {
    model: flag.model,
    origin: 'generated',
    version: flag.version,
    sha256: flag.sha256,
    scoredAt: isoInstant(flag.scoredAt),
    score: flag.score,
    chance: Math.round(chanceOf(flag.score) * 1000) / 1000,
    place: flag.place,
    scored: flag.scored,
    factors: flag.terms.map(factorItem),
  };
}

const UNKNOWN = {
  model: null,
  origin: 'import',
  version: null,
  sha256: null,
  scoredAt: null,
  score: null,
  chance: null,
  place: null,
  scored: null,
  factors: [],
} as const;

/** What is explained of a Work Item; `known` are the names of rollcall's own models. */
export interface Explained {
  readonly id: string;
  readonly memberId: string;
  readonly flags: readonly Flag[];
  readonly answers: readonly StoredAnswer[];
  readonly known: readonly string[];
}

/** Why a Work Item was generated, for people. */
export function explanationDocument(
  { id, memberId, flags, answers, known }: Explained,
  asOf: Instant,
  newestImport: Instant | null,
): Document {
  const stored = flags.filter(isStored);
  const imported = flags.filter((flag) => !isStored(flag)).map(({ model }) => model);
  return {
    title: `Why ${id} was generated`,
    subtitle: `member ${memberId}, flagged by ${plural(flags.length, 'data model')}`,
    banner: OSS_BANNER,
    asOf,
    newestImport,
    blocks: [...stored.map(flagTable), ...importedTable(imported, known), ...answersTable(answers)],
    notes: [...(stored.length > 0 ? SUMS : []), ...(imported.length > 0 ? NO_SUMS : []), CAUTION],
    footer: stored.map((flag) => ({ label: `${flag.model} ${flag.version}`, text: flag.sha256 })),
  };
}

const SUMS = [
  'Points are thousandths of log-odds against the average member; they add up to the score. What lowers it is no reason for the flag.',
  'The assigned supervisor answers a factor by its name: rollcall oss answer <work item> --factor <name>=agree.',
];
const NO_SUMS = [
  'A flag that came with the import has no factors on record: ask for them where it was generated.',
  'The assigned supervisor answers such a flag as a whole: rollcall oss answer <work item> --flag agree.',
];
const CAUTION =
  'A flag says who is likelier than others, not why, and not what would help. Cards: rollcall oss models.';

function importedTable(models: readonly string[], known: readonly string[]): readonly Block[] {
  if (models.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'imported',
      title: 'Flags that came with the import',
      columns: [
        { key: 'model', title: 'Model' },
        { key: 'factors', title: 'Factors' },
        { key: 'ours', title: 'A model of that name here' },
      ],
      rows: models.map((model) => ({
        model,
        factors: 'none on record',
        ours: known.includes(model) ? 'yes; rollcall oss generate --dry-run scores by it' : 'none',
      })),
    },
  ];
}

// What raises the score first, then what lowers it, each with the largest part first; the average member last.
function flagTable(flag: StoredFlag): Block {
  const inputs = flag.terms.filter((term) => term.input !== 'average member');
  const raising = inputs.filter(({ points }) => points > 0);
  const lowering = inputs.filter(({ points }) => points < 0);
  const silent = inputs.length - raising.length - lowering.length;
  const shown = [...raising, ...lowering, ...flag.terms.filter((term) => term.input === 'average member')];
  return {
    kind: 'table',
    id: flag.model,
    title: `${flag.model}: place ${flag.place} of ${flag.scored}, a chance of ${(chanceOf(flag.score) * 100).toFixed(1)} %`,
    columns: [
      { key: 'factor', title: 'Factor' },
      { key: 'name', title: 'Name' },
      { key: 'value', title: 'Value', align: 'right' },
      { key: 'points', title: 'Points', align: 'right' },
    ],
    rows: shown.map(({ input, label, value, points }) => ({
      factor: label,
      name: input === 'average member' ? null : input,
      value,
      points,
    })),
    totals: { factor: 'Sum', name: null, value: null, points: flag.score },
    caption: [
      'Those with a minus lower the score.',
      ...(silent === 0 ? [] : [`${plural(silent, 'further input')} added nothing.`]),
    ].join(' '),
  };
}

function answersTable(answers: readonly StoredAnswer[]): readonly Block[] {
  if (answers.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'answers',
      title: 'What the supervisor says',
      columns: [
        { key: 'model', title: 'Model' },
        { key: 'factor', title: 'Factor' },
        { key: 'answer', title: 'Answer' },
        { key: 'note', title: 'Note' },
        { key: 'by', title: 'By' },
        { key: 'at', title: 'At' },
      ],
      rows: answers.map(({ model, factor, answer, note, by, at }) => ({
        model,
        factor: factor === null ? 'the flag' : labelOf(factor),
        answer,
        note,
        by,
        at: { kind: 'instant', at },
      })),
    },
  ];
}
