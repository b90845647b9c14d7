import { endOfDay, parseLocalDate } from '../../src/core/calendar.ts';
import type { LocalDate } from '../../src/core/instant.ts';
import { type History, KINDS, openHistory } from '../../src/oss/models/history.ts';

/** A day of a test. */
export function day(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (parsed === null) throw new Error(`no day: ${text}`);
  return parsed;
}

export interface Told {
  readonly member: string;
  readonly on: string;
  readonly filed?: string;
  readonly closed?: string;
  readonly kind?: (typeof KINDS)[number];
  readonly category?: string;
  readonly sustained?: boolean;
  readonly onDuty?: boolean;
  readonly caseId?: string;
}

export interface Officer {
  readonly id: string;
  readonly appointed?: string | null;
  readonly resigned?: string;
  readonly sworn?: boolean;
  readonly unit?: string;
}

/** A history of invented officers. */
export function historyOf(officers: readonly Officer[], events: readonly Told[]): History {
  const builder = openHistory(
    officers.map(({ id, appointed = '2000-01-01', resigned = null, sworn = true }) => ({
      id,
      appointed,
      resigned,
      sworn,
      events: events.filter(({ member }) => member === id).length,
    })),
  );
  for (const { id, unit } of officers) if (unit !== undefined) builder.spell(id, unit, '2000-01-01', null);
  for (const told of events) {
    builder.activity(
      told.member,
      endOfDay(day(told.on)),
      told.filed === undefined ? null : endOfDay(day(told.filed)),
      told.closed === undefined ? null : endOfDay(day(told.closed)),
      KINDS.indexOf(told.kind ?? 'complaint'),
      told.category ?? null,
      Number(told.sustained ?? false),
      told.onDuty === undefined ? null : Number(told.onDuty),
      told.caseId ?? null,
    );
  }
  return builder.done();
}

/** Invented officers of whom some are complained of again and again: the same for the same seed. */
export function population(
  size: number,
  from: number,
  to: number,
  seed: number,
): { readonly officers: readonly Officer[]; readonly events: readonly Told[] } {
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  const categories = ['05A ARREST', '03C SEARCH', '10U SERVICE', '09J OFF DUTY CONDUCT', '01A VERBAL'];
  const officers = Array.from({ length: size }, (_, i) => ({
    id: `M${String(i).padStart(4, '0')}`,
    unit: String((i % 4) + 1),
  }));
  const events = officers.flatMap(({ id }, i) => {
    const rate = i % 10 === 0 ? 1.2 : 0.15;
    const told: Told[] = [];
    for (let year = from; year <= to; year++) {
      for (let n = 0; n < 3; n++) {
        if (chance() > rate / 3) continue;
        const month = String(1 + Math.floor(chance() * 12)).padStart(2, '0');
        const category = categories[Math.floor(chance() * categories.length)];
        told.push({ member: id, on: `${year}-${month}-15`, ...(category === undefined ? {} : { category }) });
      }
      if (chance() < rate / 2)
        told.push({ member: id, on: `${year}-06-01`, kind: 'use-of-force', onDuty: true });
    }
    return told;
  });
  return { officers, events };
}
