import type { CsrPolicy } from '../core/policy-topics.ts';
import { sectorKey } from '../report/keys.ts';
import type { RequestRow } from './records.ts';
import { type Group, grouping, groupReads, groupsOf } from './report-groups.ts';
import { POLICE_TYPE_ID } from './report-police.ts';

/** What requests are broken down by, in the order of a report. */
export const BREAKDOWNS = [
  'byType',
  'byDistrict',
  'bySector',
  'byBeat',
  'byUnit',
  'byInitiator',
  'byOrigin',
] as const;
export type BreakdownName = (typeof BREAKDOWNS)[number];

/** Words by id, and what tells who asked and who does the work. */
export interface BreakdownWords {
  readonly words: ReadonlyMap<number, string>;
  /** Ids of requests that a member of the Department asked for on a form CPD-21.208. */
  readonly onForms: ReadonlySet<number>;
  /** The unit that works on a police request, by the request's id: a place in `units`. */
  readonly unitOf: ReadonlyMap<number, number>;
  readonly units: readonly string[];
}

const INITIATORS = ['Community', 'Police', 'City'] as const;

/** Breakdowns of requests, counted as rows come; a slot a breakdown stands for a key. */
export function openBreakdowns(
  { words, onForms, unitOf, units }: BreakdownWords,
  { police, origins: { police: policeWords, city: cityWords } }: Pick<CsrPolicy, 'police' | 'origins'>,
) {
  const word = (id: number): string => words.get(id) ?? '';
  const originWord = (id: number): string => (id === POLICE_TYPE_ID ? police.creator : word(id));
  const beatText = (beat: number): string => String(beat).padStart(4, '0');
  const of = {
    byType: grouping(word),
    byDistrict: grouping((district) => String(district).padStart(3, '0')),
    bySector: grouping((beat) => sectorKey(beatText(beat))),
    byBeat: grouping(beatText),
    // Places in `units` are told apart from ids of words by being negative.
    byUnit: grouping((value) => (value < 0 ? (units[-value - 1] ?? '') : word(value))),
    byInitiator: grouping((value) => INITIATORS[value] ?? ''),
    byOrigin: grouping(originWord),
  };
  const groupings = BREAKDOWNS.map((name) => of[name]);
  const seconds: number[] = [];
  const slotsOfClosings = groupings.map((): number[] => []);
  const initiators = new Map<number, number>();

  // CSR-05: who asked is told by the form, else by the words of 311 for how a request came in.
  function initiatorOf(id: number, originId: number | null): number | null {
    if (onForms.size > 0 && onForms.has(id)) return 1;
    if (originId === null) return null;
    let known = initiators.get(originId);
    if (known === undefined) {
      const origin = originWord(originId);
      known = policeWords.includes(origin) ? 1 : cityWords.includes(origin) ? 2 : 0;
      initiators.set(originId, known);
    }
    return known;
  }

  function count(of: 'opened' | 'closed' | 'openAtEnd', slots: readonly number[]): void {
    for (let i = 0; i < groupings.length; i++) {
      const counts = groupings[i]?.[of];
      const slot = slots[i] ?? 0;
      if (counts !== undefined) counts[slot] = (counts[slot] ?? 0) + 1;
    }
  }

  const closingsIn = (name: BreakdownName): readonly number[] =>
    slotsOfClosings[BREAKDOWNS.indexOf(name)] ?? [];

  return {
    types: of.byType,
    /** A request's slot in each breakdown; the first is its type's. */
    slotsOf([id, typeId, originId, district, beat, , , , , , , departmentId]: RequestRow): readonly number[] {
      const unit = unitOf.size === 0 ? undefined : unitOf.get(id);
      return [
        of.byType.slot(typeId),
        of.byDistrict.slot(district),
        of.bySector.slot(beat),
        of.byBeat.slot(beat),
        of.byUnit.slot(unit === undefined ? departmentId : -unit - 1),
        of.byInitiator.slot(initiatorOf(id, originId)),
        of.byOrigin.slot(originId),
      ];
    },
    count,
    /** A closing; `took` is its seconds from creation, null where they cannot be told. */
    close(slots: readonly number[], took: number | null): void {
      count('closed', slots);
      if (took === null) return;
      seconds.push(took);
      for (let i = 0; i < groupings.length; i++) slotsOfClosings[i]?.push(slots[i] ?? 0);
    },
    /** Seconds of the closings that can be measured, in no order. */
    seconds,
    groups: (name: BreakdownName, order: 'opened' | 'key'): readonly Group[] =>
      groupsOf(of[name], { seconds, slots: closingsIn(name) }, order),
    reads: (name: BreakdownName, key: string) => groupReads(of[name], closingsIn(name), key),
  };
}
