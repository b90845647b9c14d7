// Only after a name: there it can be nothing but the type of the street.
const STREET_TYPES: Readonly<Record<string, string>> = {
  AV: 'AVE',
  AVENUE: 'AVE',
  BOULEVARD: 'BLVD',
  CIRCLE: 'CIR',
  COURT: 'CT',
  DRIVE: 'DR',
  EXPRESSWAY: 'EXPY',
  HIGHWAY: 'HWY',
  LANE: 'LN',
  PARKWAY: 'PKWY',
  PLACE: 'PL',
  PLAZA: 'PLZ',
  ROAD: 'RD',
  SQUARE: 'SQ',
  STREET: 'ST',
  TERRACE: 'TER',
};
const SHORT_TYPES: ReadonlySet<string> = new Set(Object.values(STREET_TYPES));

const COMPASS: Readonly<Record<string, string>> = { NORTH: 'N', SOUTH: 'S', EAST: 'E', WEST: 'W' };

// A slash between digits is a fraction: 700 1/2.
const CROSSING = /\s*(?:&|(?<!\d)\/|\/(?!\d))\s*/;
const CITY = /,\s*CHICAGO(?:[\s,.]+IL(?:LINOIS)?)?(?:[\s,.]+\d{5}(?:-\d{4})?)?[\s,.]*$/;
const OUTER_MARKS = /^[-'#/&]+(?=\s|$)|^['-]+|['-]+$/g;

/**
 * An address for comparing, not for showing: upper case, single spaces, no punctuation at or between words (`&` and `/`
 * of a crossing go too, its streets in order), no city after it, the compass point before a street's name and the street's type after it in their usual short
 * forms. Empty when nothing is left. "North" stays where it is the street's name.
 */
export function normalAddress(text: string): string {
  const streets = withoutCity(text.toUpperCase())
    .split(CROSSING)
    .map(normalStreet)
    .filter((street) => street !== '');
  // A house number is of the street that it stands before.
  const isCorner = streets.length === 2 && !streets.some((street) => isNumber(street.split(' ')[0]));
  return (isCorner ? streets.toSorted() : streets).join(' ');
}

// `State, Chicago` may be a crossing: the city is one only after two streets, or a house number and its street.
function withoutCity(upper: string): string {
  const rest = upper.replace(CITY, '');
  if (rest === upper || CROSSING.test(rest)) return rest;
  const words = rest.trim().split(/\s+/);
  return words.length > 2 && isNumber(words[0]) ? rest : upper;
}

function normalStreet(upper: string): string {
  const words = upper
    .replace(/[.,;:"]+/g, ' ')
    .replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .split(' ')
    .map((word) => word.replace(OUTER_MARKS, ''))
    .filter((word) => word !== '');
  const numbered = isNumber(words[0]);
  const at = numbered ? 1 : 0;
  const point = COMPASS[words[at] ?? ''];
  const after = words.length - at - 1;
  if (point !== undefined && (after > 1 || (after === 1 && !isType(words[at + 1] ?? '')))) words[at] = point;
  const last = words.length - 1;
  const type = last > at ? STREET_TYPES[words[last] ?? ''] : undefined;
  if (type !== undefined) words[last] = type;
  return words.join(' ');
}

function isNumber(word: string | undefined): boolean {
  return word !== undefined && /^\d+[A-Z]?$|^\d+-\d+$/.test(word);
}

function isType(word: string): boolean {
  return SHORT_TYPES.has(word) || STREET_TYPES[word] !== undefined;
}
