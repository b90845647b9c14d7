import { type Weighted, weighted } from './random.ts';

/** One kind of City request: how common it is in each month, and how long it takes. */
export interface RequestType {
  readonly name: string;
  readonly code: string;
  readonly department: string;
  /** Relative weight for January to December. */
  readonly months: readonly number[];
  /** Median days to close, and the spread of the logarithm. */
  readonly median: number;
  readonly spread: number;
  /** Closed at once by the operator. */
  readonly informationOnly?: boolean;
}

const CDOT = 'CDOT - Department of Transportation';
const WATER = 'DWM - Department of Water Management';
const STREETS = 'Streets and Sanitation';

/** `level` is the height of an even year; a shape of twelve digits multiplies each month by digit / 5. */
function type(
  name: string,
  code: string,
  department: string,
  level: number,
  shape: string,
  median: number,
  spread: number,
): RequestType {
  const months = [...shape].map((digit) => (level * Number(digit)) / 5);
  return { name, code, department, months, median, spread };
}

const EVEN = '555555555555';

/** The types of the generated files: names from the City's vocabulary; codes, weights and durations invented. */
export const REQUEST_TYPES: readonly RequestType[] = [
  {
    ...type('311 INFORMATION ONLY CALL', '311IOC', '311 City Services', 16, EVEN, 0, 0),
    informationOnly: true,
  },
  { ...type('Aircraft Noise Complaint', 'AVN', 'Aviation', 5, '234567776543', 0, 0), informationOnly: true },
  type('Pothole in Street Complaint', 'PHF', CDOT, 9, '469985332222', 9, 0.9),
  type('Alley Pothole Complaint', 'PHB', CDOT, 3, '347875332222', 40, 0.9),
  type('Street Light Out Complaint', 'SFD', CDOT, 10, '665444456777', 6, 1.1),
  type('Alley Light Out Complaint', 'SFA', CDOT, 6, '655444456777', 12, 1.1),
  type('Traffic Signal Out Complaint', 'SFC', CDOT, 2, '555556665555', 0.4, 0.8),
  type('Sign Repair Request - Stop Sign', 'SDR', CDOT, 1.5, EVEN, 5, 0.9),
  type('Sidewalk Inspection Request', 'PBS', CDOT, 2, '124778876421', 120, 0.8),
  type('Graffiti Removal Request', 'GRAF', STREETS, 6, '223567776543', 3, 0.7),
  type('Garbage Cart Maintenance', 'SIE', STREETS, 7, '445556666544', 14, 0.8),
  type('Missed Garbage Pick-Up Complaint', 'SCB', STREETS, 4, '664444455555', 5, 0.8),
  type('Fly Dumping Complaint', 'SCC', STREETS, 6, '334667777543', 8, 1),
  type('Sanitation Code Violation', 'SCP', STREETS, 4, '334566666543', 12, 0.9),
  type('Rodent Baiting/Rat Complaint', 'SGA', STREETS, 8, '223456899853', 10, 0.8),
  type('Weed Removal Request', 'SGG', STREETS, 6, '000259998400', 45, 0.8),
  type('Clean Vacant Lot Request', 'SCQ', STREETS, 2, '112466775421', 50, 0.9),
  type('Tree Trim Request', 'SEF', STREETS, 6, '223577776543', 210, 0.9),
  type('Tree Removal Request', 'SEE', STREETS, 2.5, '223566776543', 150, 0.9),
  type('Tree Debris Clean-Up Request', 'SEL', STREETS, 3, '113569987532', 7, 0.9),
  type('Dead Animal Pick-Up Request', 'SGQ', STREETS, 3, '344566666544', 1, 0.7),
  type('Ice and Snow Removal Request', 'SDO', STREETS, 5, '997200000025', 2, 0.8),
  type('Snow – Uncleared Sidewalk Complaint', 'SWSNOREM', CDOT, 4, '997200000015', 4, 0.8),
  type('Abandoned Vehicle Complaint', 'SKA', STREETS, 9, '455555566655', 21, 0.9),
  type('Street Cleaning Request', 'SDW', STREETS, 2, '012678887520', 10, 0.9),
  type('Building Violation', 'BBA', 'DOB - Buildings', 6, '665555555556', 30, 1.1),
  type('Vacant/Abandoned Building Complaint', 'BBK', 'DOB - Buildings', 3, EVEN, 25, 1.1),
  type('Water in Basement Complaint', 'AAF', WATER, 3, '223489865322', 3, 0.9),
  type('Water On Street Complaint', 'AAE', WATER, 3, '334566665443', 4, 0.9),
  type('Sewer Cleaning Inspection Request', 'AAI', WATER, 4, '334577765433', 8, 1),
  type('Open Fire Hydrant Complaint', 'WBJ', WATER, 3, '111249995311', 0.3, 0.7),
  type('No Water Complaint', 'WCA3', WATER, 1, '765555555556', 0.8, 0.7),
  type('Stray Animal Complaint', 'EAF', 'Animal Care and Control', 3, '344566666544', 2, 0.9),
  type(
    'Consumer Fraud Complaint',
    'CAF',
    'BACP - Business Affairs and Consumer Protection',
    1,
    EVEN,
    20,
    0.9,
  ),
];

/** Draws a type by its weight in the month (1 to 12). */
export const TYPE_IN_MONTH: readonly Weighted<RequestType>[] = Array.from({ length: 12 }, (_, month) =>
  weighted(REQUEST_TYPES.map((each) => [each, each.months[month] ?? 0] as const)),
);

export const ORIGINS: Weighted<string> = weighted([
  ['Phone Call', 48],
  ['Mobile Device', 18],
  ['Internet', 16],
  ['spot-open311-Web', 6],
  ["Alderman's Office", 9],
  ['E-Mail', 2],
  ['Generated In House', 1],
]);
