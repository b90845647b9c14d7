// Order of G01-02 III.A.1, lowest first; one line is one tier, and within a tier no one outranks another.
const TIERS = [
  ['civilian'],
  ['police-officer'],
  ['sergeant'],
  ['lieutenant'],
  ['captain'],
  ['commander', 'director', 'coordinator'],
  ['deputy-chief'],
  ['chief'],
  ['first-deputy-superintendent'],
  ['superintendent'],
] as const;

export type Rank = (typeof TIERS)[number][number];

/** Every rank, lowest first. */
export const RANKS: readonly Rank[] = TIERS.flat();

export interface ParsedRank {
  readonly rank: Rank;
  /** 0 civilian, 1 police officer … 9 superintendent. */
  readonly level: number;
  /** As written on reports: `Detective` for a detective, whose rank is police officer. */
  readonly title: string;
}

const TITLES: Readonly<Record<Rank, string>> = {
  civilian: 'Civilian',
  'police-officer': 'Police Officer',
  sergeant: 'Sergeant',
  lieutenant: 'Lieutenant',
  captain: 'Captain',
  commander: 'Commander',
  director: 'Director',
  coordinator: 'Coordinator',
  'deputy-chief': 'Deputy Chief',
  chief: 'Chief',
  'first-deputy-superintendent': 'First Deputy Superintendent',
  superintendent: 'Superintendent',
};

// The titles under which each rank is met, in capitals, without full stops.
const SPELLINGS: Readonly<Record<Rank, readonly string[]>> = {
  civilian: ['CIVILIAN', 'CIV', 'CIVILIAN MEMBER', 'CIVILIAN EMPLOYEE'],
  'police-officer': [
    'POLICE OFFICER',
    'PO',
    'P O',
    'OFFICER',
    'PATROL OFFICER',
    'PROBATIONARY POLICE OFFICER',
  ],
  sergeant: ['SERGEANT', 'SGT', 'SERGEANT OF POLICE', 'SGT OF POLICE', 'POLICE SERGEANT'],
  lieutenant: [
    ...['LIEUTENANT', 'LT', 'LIEUT', 'LIEUTENANT OF POLICE', 'LT OF POLICE', 'POLICE LIEUTENANT'],
    ...['WATCH OPERATIONS LIEUTENANT', 'TACTICAL LIEUTENANT'],
  ],
  captain: ['CAPTAIN', 'CAPT', 'CAPTAIN OF POLICE', 'CAPT OF POLICE', 'POLICE CAPTAIN'],
  commander: ['COMMANDER', 'CMDR', 'DISTRICT COMMANDER'],
  director: ['DIRECTOR'],
  coordinator: ['COORDINATOR'],
  'deputy-chief': ['DEPUTY CHIEF', 'DEP CHIEF', 'AREA DEPUTY CHIEF'],
  chief: ['CHIEF'],
  'first-deputy-superintendent': [
    ...['FIRST DEPUTY SUPERINTENDENT', '1ST DEPUTY SUPERINTENDENT', 'FIRST DEPUTY', '1ST DEPUTY'],
    ...['FIRST DEPUTY SUPT', '1ST DEPUTY SUPT', 'FIRST DEP SUPT', '1ST DEP SUPT'],
  ],
  superintendent: ['SUPERINTENDENT', 'SUPT', 'SUPERINTENDENT OF POLICE', 'SUPT OF POLICE'],
};

const LEVELS: ReadonlyMap<Rank, number> = new Map(
  TIERS.flatMap((tier, level) => tier.map((rank): [Rank, number] => [rank, level])),
);

const KNOWN: ReadonlyMap<string, ParsedRank> = new Map([
  ...RANKS.flatMap((rank) => SPELLINGS[rank].map((text): [string, ParsedRank] => [text, parsed(rank)])),
  // Paygrades D2 and D2A carry the rank of police officer (G01-02 III.A.1, note).
  ...['DETECTIVE', 'DET'].map((text): [string, ParsedRank] => [text, parsed('police-officer', 'Detective')]),
  ...['FIELD TRAINING OFFICER', 'FTO'].map((text): [string, ParsedRank] => [
    text,
    parsed('police-officer', 'Field Training Officer'),
  ]),
]);

function parsed(rank: Rank, title = TITLES[rank]): ParsedRank {
  return { rank, level: rankLevel(rank), title };
}

/**
 * The rank behind a title as exports write it: any letter case, full stops, hyphens and slashes ignored. An officer
 * assigned as something keeps the rank of police officer. Null for a blank, and for titles that the order of
 * G01-02 III.A.1 does not place, such as the deputy superintendents of earlier years.
 */
export function parseRank(text: string): ParsedRank | null {
  const title = text
    .toUpperCase()
    .replace(/\./g, ' ')
    .replace(/[^A-Z0-9']+/g, ' ')
    .trim();
  return KNOWN.get(title) ?? assigned(title) ?? headed(title);
}

// "PO AS DETECTIVE", "P.O. ASSIGNED AS EVIDENCE TECHNICIAN", "PO/FIELD TRNING OFF", "SGT ASSGN SEC SPEC".
function assigned(title: string): ParsedRank | null {
  // Another rank among the words leaves it open which one holds.
  const parts = /^(POLICE OFFICER|P ?O|SERGEANT|SGT|LIEUTENANT|LT|CAPTAIN|CAPT) (.+)$/.exec(title);
  const rest = parts?.[2] ?? '';
  if (
    parts === null ||
    /\b(SERGEANT|SGT|LIEUTENANT|LT|CAPT\w*|COMMANDER|CHIEF|SUP\w*|CIV\w*|CAND\w*)\b/.test(rest)
  ) {
    return null;
  }
  const base = KNOWN.get(parts[1] ?? '') ?? null;
  if (base?.rank !== 'police-officer')
    return /^(AS|ASG|ASGN|ASSG|ASSGN|ASSIGN|ASSIGNED)\b/.test(rest) ? base : null;
  if (/\b(DETECTIVE|DET)$/.test(rest)) return parsed('police-officer', 'Detective');
  if (/\b(FIELD|FLD) TR\w*NG OFF/.test(rest)) return parsed('police-officer', 'Field Training Officer');
  return base;
}

// "Director of …", "Deputy Chief of …"; a chief of staff is a post, and a chief of police is of another department.
function headed(title: string): ParsedRank | null {
  const parts = /^(COMMANDER|DIRECTOR|COORDINATOR|DEPUTY CHIEF|CHIEF) OF (?!STAFF\b|POLICE\b)./.exec(title);
  return KNOWN.get(parts?.[1] ?? '') ?? null;
}

/** Tier of a rank: 0 civilian, 1 police officer … 9 superintendent. */
export function rankLevel(rank: Rank): number {
  return LEVELS.get(rank) ?? 0;
}

/** The rank as written on reports: `First Deputy Superintendent`. */
export function rankTitle(rank: Rank): string {
  return TITLES[rank];
}

/** True when `a` is of a strictly higher rank than `b` (OSS-28): not within a tier. */
export function outranks(a: Rank, b: Rank): boolean {
  return rankLevel(a) > rankLevel(b);
}
