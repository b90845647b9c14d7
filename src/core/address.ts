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

const CROSSING = /[&/]/;
const OUTER_MARKS = /^[-'#/&]+(?=\s|$)|^['-]+|['-]+$/g;

/**
 * An address for comparing, not for showing: upper case, single spaces, no punctuation at or between words (`&` and `/`
 * of a crossing go too), the compass point before a street's name and the street's type after it in their usual short
 * forms. Empty when nothing is left. "North" stays where it is the street's name.
 */
export function normalAddress(text: string): string {
  const upper = text.toUpperCase();
  if (!CROSSING.test(upper)) return normalStreet(upper);
  return upper
    .split(/ [&/] /)
    .map(normalStreet)
    .filter((street) => street !== '')
    .join(' ');
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
