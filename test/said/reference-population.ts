import { dayNumber, localDateOf } from '../../src/core/calendar.ts';
import type { Incident } from '../../src/said/incident.ts';
import { offenseBits } from '../../src/said/incident.ts';

export const REFERENCE_AS_OF = dayNumber(localDateOf(2020, 12, 31));

/** A small generator of numbers from 0 to 1, the same on every machine. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface ReferenceSubject {
  readonly birthDay: number;
  readonly incidents: readonly Incident[];
}

/**
 * The synthetic population for which the shipped cut-points were set. Everyone was arrested at least once in six years;
 * ages fall off from 20 on; most have one or two arrests, few for violence, fewer were shot.
 */
export function referencePopulation(size: number, seed = 2019): readonly ReferenceSubject[] {
  const random = seeded(seed);
  return Array.from({ length: size }, () => referenceSubject(random));
}

function referenceSubject(random: () => number): ReferenceSubject {
  const years = 16 + Math.min(60, -Math.log(1 - random()) * 15);
  const birthDay = REFERENCE_AS_OF - Math.floor((years + random() * 2) * 365.2425);
  const active = -Math.log(1 - random());
  const incidents: Incident[] = [];
  const day = () => REFERENCE_AS_OF - Math.floor(random() * Math.min(6, years - 12) * 365);
  const arrests = 1 + Math.floor(active * 1.6 * random());
  for (let n = 0; n < arrests; n++) {
    const kind = random();
    const offenses =
      kind < 0.05
        ? offenseBits('uuw')
        : kind < 0.14
          ? offenseBits('violent')
          : kind < 0.16
            ? offenseBits('aggravated-battery')
            : kind < 0.4
              ? offenseBits('narcotics')
              : offenseBits('other');
    incidents.push({ day: day(), involvement: 1, offenses, disposition: Math.floor(random() * 4) });
  }
  if (random() < 0.02 + 0.02 * active) {
    incidents.push({ day: day(), involvement: 0, offenses: offenseBits('shooting'), disposition: 3 });
  }
  if (random() < 0.06 + 0.03 * active) {
    incidents.push({
      day: day(),
      involvement: 0,
      offenses: offenseBits('aggravated-battery'),
      disposition: 3,
    });
  }
  return { birthDay, incidents };
}
