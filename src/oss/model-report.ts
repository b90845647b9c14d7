import { cleanForScreen } from '../core/text.ts';
import type { Block, Table } from '../report/document.ts';
import { FEATURES } from './models/inputs.ts';
import type { Model } from './models/model.ts';

/** Inputs of a model with their weights, the heaviest first. */
export function weightsTable({ inputs }: Model): Table {
  const label = new Map<string, string>(FEATURES.map((feature) => [feature.id, feature.label]));
  return {
    kind: 'table',
    id: 'inputs',
    title: 'Inputs',
    columns: [
      { key: 'input', title: 'Input' },
      { key: 'weight', title: 'Weight', align: 'right', unit: 'log-odds a standard deviation' },
      { key: 'mean', title: 'Mean', align: 'right', priority: 1 },
      { key: 'sd', title: 'SD', align: 'right', priority: 2 },
    ],
    rows: inputs
      .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .map(({ id, weight, mean, sd }) => ({
        input: label.get(id) ?? id,
        weight: weight.toFixed(3),
        mean: mean.toFixed(3),
        sd: sd.toFixed(3),
      })),
    caption: 'Mean and SD are of the value as it enters: counts as the natural logarithm of one more.',
  };
}

/** A model card as sections. */
export function cardBlocks({ card }: Model): readonly Block[] {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Purpose', card.purpose],
    ['Origin', card.origin],
    ['Inputs', card.inputs],
    ['Outcome', card.outcome],
    ['Training', card.training],
    ['Validation', card.validation],
    ['Limits', card.limits],
  ];
  return sections.map(([heading, paragraphs]) => ({
    kind: 'prose',
    id: `card-${heading.toLowerCase()}`,
    heading,
    paragraphs: paragraphs.map(cleanForScreen),
  }));
}
