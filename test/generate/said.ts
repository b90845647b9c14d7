import { type Civil, civil, DAY, dayOf, isoDate } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { at, type Rng, seeded, weighted } from './random.ts';

/** The day that ages and recency are told against. */
const AS_OF = civil('2021-01-04');
const YEAR = 365.25 * DAY;

interface Life {
  readonly incidents: number;
  /** Youngest and oldest age on the as-of day. */
  readonly age: readonly [number, number];
  /** Years before the as-of day within which incidents lie; the share pulls them towards now. */
  readonly years: number;
  readonly pull: number;
  readonly victim: number;
  readonly offenses: readonly (readonly [string, number])[];
}

const MINOR = [
  ['other', 60],
  ['narcotics', 25],
  ['domestic-violence', 15],
] as const;
const VIOLENT = [
  ['violent', 25],
  ['uuw', 20],
  ['narcotics', 20],
  ['aggravated-battery;violent', 10],
  ['aggravated-assault', 10],
  ['other', 15],
] as const;

const HURT = [
  ['aggravated-battery', 3],
  ['shooting', 1],
] as const;

// Ten lives a block, sixty incidents: any number of subjects has six incidents each on average, exactly.
const LIVES: readonly Life[] = [
  { incidents: 1, age: [15, 50], years: 4, pull: 1, victim: 1, offenses: HURT },
  { incidents: 1, age: [35, 68], years: 12, pull: 0.7, victim: 0, offenses: MINOR },
  { incidents: 3, age: [32, 62], years: 10, pull: 0.9, victim: 0.05, offenses: MINOR },
  { incidents: 4, age: [28, 50], years: 9, pull: 1, victim: 0.05, offenses: MINOR },
  { incidents: 4, age: [16, 27], years: 4, pull: 0.8, victim: 0.05, offenses: MINOR },
  { incidents: 14, age: [32, 62], years: 14, pull: 1, victim: 0.03, offenses: MINOR },
  {
    incidents: 5,
    age: [30, 58],
    years: 9,
    pull: 1,
    victim: 0.15,
    offenses: [...MINOR, ['aggravated-battery', 15]],
  },
  { incidents: 12, age: [34, 60], years: 13, pull: 0.9, victim: 0.04, offenses: MINOR },
  { incidents: 8, age: [24, 45], years: 9, pull: 1, victim: 0.08, offenses: [...MINOR, ...VIOLENT] },
  { incidents: 8, age: [18, 32], years: 6, pull: 1.2, victim: 0.12, offenses: [...VIOLENT, ['shooting', 6]] },
];
export const INCIDENTS_PER_SUBJECT = 6;

const DISPOSITIONS = weighted([
  ['convicted', 38],
  ['not-convicted', 36],
  ['pending', 14],
  ['unknown', 12],
]);
const DISTRICTS = weighted([
  ['005', 86],
  ['022', 5],
  ['006', 5],
  ['004', 4],
]);
const VICTIM_OFFENSES = weighted([
  ['aggravated-battery', 45],
  ['shooting', 22],
  ['aggravated-assault', 15],
  ['domestic-violence', 10],
  ['other', 8],
]);
const OFFENSES = LIVES.map((life) => weighted(life.offenses));

/** `S000001` for the first subject. */
function subjectId(index: number): string {
  return `S${String(index + 1).padStart(6, '0')}`;
}

function lifeOf(seed: number, index: number): number {
  const block = seeded(seed, 'said-block', Math.floor(index / 10));
  return at(block.shuffled(LIVES.map((_, i) => i)), index % 10);
}

function birth(rng: Rng, life: Life): Civil {
  const [young, old] = life.age;
  return dayOf(AS_OF - (young + rng.next() * (old - young)) * YEAR);
}

/** Subjects in order; the audit codes are drawn apart from everything that a score may see. */
export function* subjectRows(seed: number, subjects: number): Generator<Row> {
  const audit = seeded(seed, 'said-audit');
  for (let i = 0; i < subjects; i++) {
    const rng = seeded(seed, 'said', i);
    const born = birth(rng, at(LIVES, lifeOf(seed, i)));
    yield rowOf('said-subjects', {
      subject_id: subjectId(i),
      birth_date: isoDate(born),
      district: DISTRICTS(audit),
      juvenile: isoDate(born) > '2003-01-04' ? 'true' : 'false',
      sex: audit.chance(0.8) ? 'M' : 'F',
      race: audit.pick(['R1', 'R2', 'R3', 'R4']),
    });
  }
}

/** Incidents of the first `subjects` subjects, subject by subject: six each on average, whole blocks of ten exactly so. */
export function* incidentRows(seed: number, subjects: number): Generator<Row> {
  let number = 0;
  for (let i = 0; i < subjects; i++) {
    const kind = lifeOf(seed, i);
    const life = at(LIVES, kind);
    const rng = seeded(seed, 'said', i);
    const born = birth(rng, life);
    // Nobody is arrested before the age of twelve.
    const years = Math.min(life.years * YEAR, AS_OF - born - 12 * YEAR);
    const days = Array.from({ length: life.incidents }, () =>
      dayOf(AS_OF - DAY - rng.next() ** life.pull * years),
    );
    for (const day of days.toSorted((a, b) => a - b)) {
      number++;
      const victim = rng.next() < life.victim;
      yield rowOf('said-incidents', {
        incident_id: `I${String(number).padStart(7, '0')}`,
        subject_id: subjectId(i),
        occurred_on: isoDate(day),
        involvement: victim ? 'victim' : 'arrestee',
        offense: victim ? VICTIM_OFFENSES(rng) : at(OFFENSES, kind)(rng),
        disposition: victim ? '' : DISPOSITIONS(rng),
      });
    }
  }
}
