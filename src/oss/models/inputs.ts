/** One input of the models: what it counts, in words, and how it enters the sum (log: natural log of 1 + value). */
export interface Feature {
  readonly id: string;
  readonly label: string;
  readonly scale: 'log' | 'plain';
  /** Which way it may work: 1 raises a score, -1 lowers it, 0 either. What was recorded never counts in favour. */
  readonly sign: 1 | -1 | 0;
}

/**
 * Every input, in the order of a row of features. None is about who the officer is: no sex, race or age, and no
 * length of service, which stands in for age. Complaints older than five years enter only where they were of off-duty
 * conduct or found sustained: their bare number mostly tells how long someone has served.
 */
export const FEATURES = [
  { id: 'complaints-1y', label: 'complaints filed in the last year', scale: 'log', sign: 1 },
  { id: 'complaints-2y', label: 'complaints filed one to two years ago', scale: 'log', sign: 1 },
  { id: 'complaints-5y', label: 'complaints filed two to five years ago', scale: 'log', sign: 1 },
  {
    id: 'complaints-recent',
    label: 'complaints, each worth half as much every 18 months',
    scale: 'log',
    sign: 1,
  },
  { id: 'force-complaints', label: 'complaints of force in five years', scale: 'log', sign: 1 },
  {
    id: 'search-complaints',
    label: 'complaints of searches and arrests in five years',
    scale: 'log',
    sign: 1,
  },
  { id: 'verbal-complaints', label: 'complaints of verbal abuse in five years', scale: 'log', sign: 1 },
  {
    id: 'operations-complaints',
    label: 'complaints of operations and service in five years',
    scale: 'log',
    sign: 1,
  },
  { id: 'integrity-complaints', label: 'complaints of integrity in five years', scale: 'log', sign: 1 },
  { id: 'conduct-complaints', label: 'complaints of off-duty conduct in five years', scale: 'log', sign: 1 },
  {
    id: 'conduct-before',
    label: 'complaints of off-duty conduct more than five years ago',
    scale: 'log',
    sign: 1,
  },
  { id: 'kinds', label: 'different kinds of complaint in five years', scale: 'plain', sign: 1 },
  { id: 'sustained', label: 'complaints found sustained', scale: 'log', sign: 1 },
  { id: 'sustained-5y', label: 'complaints of five years found sustained', scale: 'log', sign: 1 },
  { id: 'open', label: 'complaints open on the day', scale: 'log', sign: 1 },
  { id: 'since-complaint', label: 'years since the last complaint (ten where none)', scale: 'log', sign: -1 },
  { id: 'shared', label: 'complaints in five years that name other members too', scale: 'log', sign: 1 },
  {
    id: 'company',
    label: 'complaints in five years against members named with them, on average',
    scale: 'log',
    sign: 1,
  },
  { id: 'force-1y', label: 'use-of-force reports in the last year', scale: 'log', sign: 1 },
  { id: 'force-2y', label: 'use-of-force reports one to two years ago', scale: 'log', sign: 1 },
  { id: 'force-5y', label: 'use-of-force reports two to five years ago', scale: 'log', sign: 1 },
  { id: 'firearm', label: 'use-of-force reports with a firearm', scale: 'log', sign: 1 },
  { id: 'force-off-duty', label: 'use-of-force reports off duty', scale: 'log', sign: 1 },
  {
    id: 'since-force',
    label: 'years since the last use-of-force report (ten where none)',
    scale: 'log',
    sign: -1,
  },
  {
    id: 'unit-complaints',
    label: 'complaints per member of the unit in the last year',
    scale: 'log',
    sign: 1,
  },
  {
    id: 'unit-force',
    label: 'use-of-force reports per member of the unit in the last year',
    scale: 'log',
    sign: 1,
  },
  { id: 'training', label: 'trainings in two years', scale: 'log', sign: 0 },
  { id: 'commendations', label: 'commendations in two years', scale: 'log', sign: 0 },
  { id: 'absences', label: 'absences in two years', scale: 'log', sign: 0 },
  { id: 'exposures', label: 'exposures to hard events in two years', scale: 'log', sign: 0 },
] as const satisfies readonly Feature[];

export type FeatureId = (typeof FEATURES)[number]['id'];

/** The number of inputs: the width of a row of features. */
export const WIDTH = FEATURES.length;

const AT = new Map<string, number>(FEATURES.map((feature, i) => [feature.id, i]));

/** Place of an input in a row. */
export function featureAt(id: FeatureId): number {
  return AT.get(id) ?? -1;
}
