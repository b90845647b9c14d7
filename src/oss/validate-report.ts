import { peopleCount, plural } from '../core/duration.ts';
import { shareCell } from '../report/cell.ts';
import type { Block, Cell, Document, Table } from '../report/document.ts';
import { categoriesTable, type DutyCategories } from './model-categories.ts';
import { OUTCOME_WORDS } from './models/outcomes.ts';
import type { Method, MethodId, Validation } from './validate.ts';
import type { Interval, Tied, Top } from './validate-metrics.ts';
import { SMALL, type UnitRow, type UnitTable } from './validate-units.ts';

/** The tables of a validation: how well each order did, what chance alone concentrates, and the figures by unit. */
function validationBlocks(found: Validation, categories: DutyCategories | null): readonly Block[] {
  return [
    figures(found),
    ...(found.methods[0]?.tops.map((_, at) => topTable(found, at)) ?? []),
    concentrationTable(found),
    ...found.units.map((table) => unitTable(found, table)),
    { kind: 'prose', id: 'reading', heading: 'How to read it', paragraphs: reading(found) },
    ...(categories === null ? [] : [categoriesTable(categories)]),
  ];
}

function figures(found: Validation): Block {
  const n = found.population;
  return {
    kind: 'figures',
    id: 'population',
    figures: [
      {
        label: 'Members',
        value: n,
        note: `sworn, appointed on or before ${found.split} and not resigned by it`,
      },
      {
        label: 'With the outcome',
        value: shareCell(found.withOutcome, n),
        note: `${peopleCount(found.withOutcome)} with at least one; the base rate`,
      },
      { label: 'Events', value: found.events, note: `${(found.events / (n || 1)).toFixed(3)} a member` },
      { label: 'Left out', value: found.notSworn, note: 'in service, rank unknown or not sworn' },
      { label: 'Left out', value: found.noAppointment, note: 'without a day of appointment' },
    ],
  };
}

function topTable({ methods }: Validation, at: number): Table {
  const first = methods[0]?.tops[at];
  const share = percent(first?.share ?? 0);
  return {
    kind: 'table',
    id: `top-${share.replace(' %', '')}`,
    title: `The top ${share}: ${peopleCount(first?.size ?? 0)} members`,
    columns: [
      { key: 'order', title: 'In order of' },
      { key: 'precision', title: 'Precision', align: 'right' },
      { key: 'interval', title: '95 %', align: 'right', priority: 1 },
      { key: 'recall', title: 'Recall', align: 'right' },
      { key: 'lift', title: 'Lift', align: 'right' },
      { key: 'liftInterval', title: '95 %', align: 'right', priority: 1 },
      { key: 'head', title: 'Events a head', align: 'right' },
      { key: 'headInterval', title: '95 %', align: 'right', priority: 2 },
      { key: 'ties', title: 'Precision, ties worst to best', align: 'right', priority: 3 },
    ],
    rows: methods.map((method) => topRow(method, method.tops[at])),
    caption: 'Lift and events a head: times the base rate, and times the mean of all members.',
  };
}

function topRow({ label }: Method, top: Top | undefined): Readonly<Record<string, Cell>> {
  if (top === undefined) return { order: label };
  return {
    order: label,
    precision: percent(top.precision.expected),
    interval: interval(top.precisionInterval, 100, 0),
    recall: percent(top.recall.expected),
    lift: times(top.lift),
    liftInterval: interval(top.liftInterval, 1, 2),
    head: times(top.perHead),
    headInterval: interval(top.perHeadInterval, 1, 2),
    ties:
      top.tied === 0
        ? 'none'
        : `${percent(top.precision.worst)} to ${percent(top.precision.best)}, ${top.tied} tied`,
  };
}

function concentrationTable({ concentration }: Validation): Table {
  return {
    kind: 'table',
    id: 'concentration',
    title: 'Share of all events held by the top members',
    columns: [
      { key: 'share', title: 'Members' },
      { key: 'foretold', title: 'Placed highest by the model', align: 'right' },
      { key: 'hindsight', title: 'Those who had most, in hindsight', align: 'right' },
      { key: 'chance', title: 'The same by chance alone (Poisson)', align: 'right' },
    ],
    rows: concentration.map((row) => ({
      share: `top ${percent(row.share)}`,
      foretold: percent(row.foretold),
      hindsight: percent(row.hindsight),
      chance: percent(row.chance),
    })),
    caption: 'With few events a few members always hold many of them, even where all have the same rate.',
    empty: 'There were no events.',
  };
}

// Of the simple counts precision alone, to keep to one line a unit; JSON has every figure of each.
function unitTable({ methods }: Validation, { share, rows, pooled }: UnitTable<MethodId>): Table {
  const counts = methods.slice(1);
  const some = rows.filter((row) => row.methods.some(({ flagged }) => flagged > 0));
  const none = rows.length - some.length;
  const caption = [
    ...(none === 0 ? [] : [`${plural(none, 'unit')} with nobody in the top by any order are left out.`]),
    ...(pooled === 0
      ? []
      : [
          `${plural(pooled, 'unit')} in which a figure would stand for fewer than ${SMALL} members are pooled.`,
        ]),
  ].join(' ');
  return {
    kind: 'table',
    id: `units-${percent(share).replace(' %', '')}`,
    title: `By unit: members in the top ${percent(share)} of all`,
    columns: [
      { key: 'unit', title: 'Unit' },
      { key: 'members', title: 'Members', align: 'right' },
      { key: 'base', title: 'Base rate', align: 'right' },
      { key: 'flagged', title: 'In the top', align: 'right' },
      { key: 'precision', title: 'Precision', align: 'right' },
      { key: 'interval', title: '95 %', align: 'right', priority: 3 },
      { key: 'recall', title: 'Recall', align: 'right', priority: 1 },
      { key: 'lift', title: 'Lift', align: 'right', priority: 1 },
      { key: 'head', title: 'Events a head', align: 'right', priority: 2 },
      { key: 'ties', title: 'Precision, ties worst to best', align: 'right', priority: 5 },
      ...counts.map(({ id, label }) => ({
        key: id,
        title: `Precision by ${label}`,
        align: 'right' as const,
        priority: 4,
      })),
    ],
    rows: some.map(unitRow),
    ...(caption === '' ? {} : { caption }),
    empty: 'No unit is large enough to be shown.',
  };
}

function unitRow({ unit, members, withOutcome, methods }: UnitRow<MethodId>): Readonly<Record<string, Cell>> {
  const [model, ...counts] = methods;
  const { precision, recall, lift, perHead } = model ?? {};
  return {
    unit,
    members,
    base: percent(withOutcome / members),
    flagged: Math.round((model?.flagged ?? 0) * 10) / 10,
    precision: precision ? percent(precision.expected) : null,
    interval: interval(model?.precisionInterval ?? null, 100, 0),
    recall: recall ? percent(recall.expected) : null,
    lift: times(lift ?? null),
    head: perHead ? `${perHead.toFixed(2)} x` : null,
    ties:
      !precision || precision.worst === precision.best
        ? null
        : `${percent(precision.worst)} to ${percent(precision.best)}`,
    ...Object.fromEntries(
      counts.map(({ id, precision: of }) => [id, of === null ? null : percent(of.expected)]),
    ),
  };
}

function reading(found: Validation): readonly string[] {
  const { outcome, split, to, horizonMonths } = found;
  const text = [
    `The outcome is ${OUTCOME_WORDS[outcome]}, happened after ${split} and filed by ${to} (${horizonMonths} months). The order was made from what was known by the end of ${split}.`,
    'Precision: of the members placed highest, how many had the outcome. Recall: of those who had it, how many were placed highest. Where members are tied at the edge of a group, figures are the mean over every order of the tied.',
    'Intervals are of 95 per cent: Wilson for precision; for the two ratios by the delta method on their logarithm.',
    ...(outcome === 'on-duty' || outcome === 'off-duty'
      ? [
          'Which categories are taken as on or off duty where no on_duty column says it is listed below; a category on neither list counts for neither outcome.',
        ]
      : []),
  ];
  return [...text, verdict(found)];
}

/** What the comparison at the top 1 per cent says, in plain words. */
function verdict({ methods }: Validation): string {
  const [model, ...simple] = methods.map((method) => ({ label: method.label, top: method.tops[0] }));
  const own = model?.top;
  if (own === undefined) return '';
  const judged = simple.map(({ label, top }) => {
    const theirs = top?.precision.expected ?? 0;
    const word =
      own.precision.expected > theirs ? 'above' : own.precision.expected < theirs ? 'below' : 'level with';
    const apart = (top?.precisionInterval[1] ?? 0) < own.precisionInterval[0];
    const sure = word === 'above' && !apart ? ' (the intervals overlap)' : '';
    return `${word} the ${label}, ${percent(theirs)}${sure}`;
  });
  return `At the top ${percent(own.share)} the model's precision of ${percent(own.precision.expected)} is ${judged.join('; ')}.`;
}

/** The document of a validation. */
export function validationDocument(
  found: Validation,
  head: Pick<Document, 'banner' | 'asOf' | 'newestImport' | 'footer'> & {
    readonly name: string;
    readonly categories: DutyCategories | null;
  },
  warnings: readonly string[],
): Document {
  const { name, categories, ...rest } = head;
  return {
    ...rest,
    title: `Validation of ${name}`,
    subtitle: `${found.outcome}: known by ${found.split}, followed to ${found.to}`,
    blocks: validationBlocks(found, categories),
    notes: warnings.map((text) => `Warning: ${text}`),
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}

function times(tied: Tied | null): string | null {
  return tied === null ? null : `${tied.expected.toFixed(2)} x`;
}

function interval(of: Interval | null, by: number, digits: number): string | null {
  return of === null ? null : `${(of[0] * by).toFixed(digits)} to ${(of[1] * by).toFixed(digits)}`;
}
