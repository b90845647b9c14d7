/** Offenses of an incident; an incident holds one bit for each, in this order. The words are the contract's. */
export const OFFENSES = [
  'shooting',
  'homicide',
  'aggravated-battery',
  'aggravated-assault',
  'uuw',
  'violent',
  'narcotics',
  'domestic-violence',
  'other',
] as const;
type Offense = (typeof OFFENSES)[number];

/** What the subject was in an incident; stored as the place in this list. */
export const INVOLVEMENTS = ['victim', 'arrestee'] as const;

/** What became of an arrest; stored as the place in this list. */
export const DISPOSITIONS = ['convicted', 'not-convicted', 'pending', 'unknown'] as const;

export const CONVICTED = DISPOSITIONS.indexOf('convicted');
export const UNKNOWN_DISPOSITION = DISPOSITIONS.indexOf('unknown');
export const VICTIM = INVOLVEMENTS.indexOf('victim');
export const ARRESTEE = INVOLVEMENTS.indexOf('arrestee');

/** The bits of some offenses: `offenseBits('shooting', 'uuw')` is 17. */
export function offenseBits(...words: readonly Offense[]): number {
  return words.reduce((bits, word) => bits | (1 << OFFENSES.indexOf(word)), 0);
}

/** The words of a set of offense bits, in the order of OFFENSES. */
export function offenseWords(bits: number): readonly Offense[] {
  return OFFENSES.filter((_, place) => (bits & (1 << place)) !== 0);
}

/** One incident of one subject. `day` is days since 1970-01-01, `offenses` bits, the others places in their lists. */
export interface Incident {
  readonly day: number;
  readonly involvement: number;
  readonly offenses: number;
  readonly disposition: number;
}

// An incident in 29 bits: 17 of the day, 1 of the involvement, 9 of the offenses, 2 of the disposition. The day is
// moved up, so that incidents before 1970 (from 1900 on) stay positive.
export const DAY_UNIT = 4096;
export const INVOLVEMENT_UNIT = 2048;
export const OFFENSE_UNIT = 4;
export const DAY_SHIFT = 32_768;

/** An incident as one whole number, the shape in which histories reach the scorer. */
export function packIncident({ day, involvement, offenses, disposition }: Incident): number {
  return (
    (day + DAY_SHIFT) * DAY_UNIT + involvement * INVOLVEMENT_UNIT + offenses * OFFENSE_UNIT + disposition
  );
}

/** The incident that `packIncident` made a number of. */
export function unpackIncident(packed: number): Incident {
  return {
    day: (packed >> 12) - DAY_SHIFT,
    involvement: (packed >> 11) & 1,
    offenses: (packed >> 2) & 511,
    disposition: packed & 3,
  };
}
