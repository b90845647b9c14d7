import { normalAddress } from '../core/address.ts';
import { dateOfDay } from '../core/calendar.ts';
import type { LocalDate } from '../core/instant.ts';
import { byKey } from './keys.ts';

/** An address with so many requests that it wants a look of its own (CSR-23). */
export interface ChronicPlace {
  readonly location: string;
  readonly requests: number;
  /** Types of request there, the most frequent first. */
  readonly types: readonly string[];
  readonly first: LocalDate;
  readonly last: LocalDate;
}

/** Collects requests by address as they were written; the written forms of one address are joined at the end. */
export interface PlaceBook {
  add(address: string, typeSlot: number, createdDay: number): void;
  /** Places over the policy's limits, most requests first. `quarterOfDay` numbers the quarter of a day. */
  chronic(
    limits: { readonly minimumRequests: number; readonly minimumQuarters: number },
    types: readonly string[],
    quarterOfDay: (day: number) => number,
  ): readonly ChronicPlace[];
}

/** An empty book. */
export function placeBook(): PlaceBook {
  const written = new Map<string, number>();
  const counts: number[] = [];
  const places: number[] = [];
  const types: number[] = [];
  const days: number[] = [];

  return {
    add(address, typeSlot, createdDay) {
      let place = written.get(address);
      if (place === undefined) {
        place = counts.push(0) - 1;
        written.set(address, place);
      }
      counts[place] = (counts[place] ?? 0) + 1;
      places.push(place);
      types.push(typeSlot);
      days.push(createdDay);
    },
    chronic({ minimumRequests, minimumQuarters }, typeNames, quarterOfDay) {
      const joined = joinedPlaces(written, counts);
      const rowsOf = new Map<number, number[]>();
      for (let row = 0; row < places.length; row++) {
        const home = joined.homes[places[row] ?? 0] ?? 0;
        if ((joined.totals[home] ?? 0) < minimumRequests || joined.names[home] === '') continue;
        const rows = rowsOf.get(home);
        if (rows) rows.push(row);
        else rowsOf.set(home, [row]);
      }
      const found: ChronicPlace[] = [];
      for (const [home, rows] of rowsOf) {
        const when = rows.map((row) => days[row] ?? 0);
        if (new Set(when.map(quarterOfDay)).size < minimumQuarters) continue;
        const byType = new Map<number, number>();
        for (const row of rows) byType.set(types[row] ?? 0, (byType.get(types[row] ?? 0) ?? 0) + 1);
        const named = [...byType].map(([slot, count]) => ({ name: typeNames[slot] ?? '', count }));
        named.sort((a, b) => b.count - a.count || byKey(a.name, b.name));
        found.push({
          location: joined.names[home] ?? '',
          requests: rows.length,
          types: named.map(({ name }) => name),
          first: dateOfDay(when.reduce((a, b) => Math.min(a, b))),
          last: dateOfDay(when.reduce((a, b) => Math.max(a, b))),
        });
      }
      return found.sort((a, b) => b.requests - a.requests || byKey(a.location, b.location));
    },
  };
}

/** For each written form the number of its normal form, and the normal forms with their totals. */
function joinedPlaces(written: ReadonlyMap<string, number>, counts: readonly number[]) {
  const byName = new Map<string, number>();
  const names: string[] = [];
  const totals: number[] = [];
  const homes = new Uint32Array(counts.length);
  for (const [text, place] of written) {
    const name = normalAddress(text);
    let home = byName.get(name);
    if (home === undefined) {
      home = names.push(name) - 1;
      totals.push(0);
      byName.set(name, home);
    }
    homes[place] = home;
    totals[home] = (totals[home] ?? 0) + (counts[place] ?? 0);
  }
  return { names, totals, homes };
}
