import type { Civil } from './civil.ts';
import type { Row } from './columns.ts';
import type { Place } from './places.ts';
import { type Weighted, weighted } from './random.ts';

/** What happens to a concern, as told by its row and its later events. */
export type ConcernKind =
  | 'on-time'
  | 'late'
  | 'extended'
  | 'extended-twice'
  | 'late-extension'
  | 'refused-extension'
  | 'reassigned'
  | 'shuffled'
  | 'disapproved'
  | 'returned-open'
  | 'two-units'
  | 'disputed'
  | 'criminal'
  | 'separated'
  | 'associated'
  | 'late-accept'
  | 'open'
  | 'open-extended'
  | 'awaiting-approval'
  | 'awaiting-assignment'
  | 'accessed'
  | 'unopened'
  | 'not-accepted-content'
  | 'not-accepted-criminal'
  | 'not-accepted-other';

export interface ConcernStory {
  readonly row: Row;
  readonly events: readonly Row[];
}

export interface ConcernPlan {
  readonly control: string;
  readonly kind: ConcernKind;
  /** The day whose working hours hold the assignment, or the last step of an unassigned one. */
  readonly day: Civil;
  readonly place: Place;
  readonly origin?: string;
  /** An associated concern has the category of its primary. */
  readonly category?: string;
  /** The primary of an associated concern. */
  readonly primary?: string;
  /** Closing steps stand in the row's own columns; without it they are events. */
  readonly inColumns?: boolean;
}

export const ORIGINS = weighted([
  ['webportal', 45],
  ['beat-meeting', 20],
  ['phone', 15],
  ['email', 8],
  ['in-person', 8],
  ['other', 4],
]);

export type Category = readonly [name: string, texts: readonly string[]];

export const BUILDING: Category = [
  'building',
  ['Vacant two-flat with the rear door open.', 'Tenants report no heat and a broken porch stair.'],
];
const WEIGHTS: readonly (readonly [Category, number])[] = [
  [
    [
      'loitering',
      ['Group gathers at the corner store after 11 pm.', 'People wait on the stairs of the shut laundry.'],
    ],
    22,
  ],
  [
    ['noise', ['Loud music from parked cars on weekends.', 'Engine noise every night from the back lot.']],
    18,
  ],
  [
    [
      'traffic',
      ['Drivers do not stop at the school crossing.', 'Cars race along the block on Sunday evenings.'],
    ],
    16,
  ],
  [
    [
      'narcotics',
      ['Short visits to one porch all day long.', 'Hand to hand sales suspected near the bus stop.'],
    ],
    12,
  ],
  [
    [
      'drinking',
      ['Drinking in the playlot in the afternoon.', 'Bottles left beside the church gate each morning.'],
    ],
    8,
  ],
  [
    [
      'abandoned-vehicle',
      ['A car without plates has stood since last month.', 'Truck on blocks takes two spaces.'],
    ],
    8,
  ],
  [['parks', ['Field lights are broken; people meet there late.']], 4],
];
export const DISTRICT_CATEGORIES: Weighted<Category> = weighted(WEIGHTS);
const CATEGORY_LIST: readonly Category[] = [BUILDING, ...WEIGHTS.map(([category]) => category)];

/** The category of a name; throws where there is none. */
export function categoryOf(name: string): Category {
  const found = CATEGORY_LIST.find((category) => category[0] === name);
  if (found === undefined) throw new RangeError(`no category ${name}`);
  return found;
}

/** Kinds whose story needs a district unit. */
export const OURS: ReadonlySet<ConcernKind> = new Set([
  'disapproved',
  'returned-open',
  'disputed',
  'criminal',
  'shuffled',
  'reassigned',
  'two-units',
]);

/** Reason codes of concerns that are not accepted. */
export const NOT_ACCEPTED: Readonly<Partial<Record<ConcernKind, string>>> = {
  'not-accepted-content': 'CONTENT',
  'not-accepted-criminal': 'CRIMINAL_IMMEDIATE',
  'not-accepted-other': 'OTHER',
};
