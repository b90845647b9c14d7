import { memberRows } from './cast.ts';
import { chicago311Row, csrRow, drawnRequests, legacyRow } from './city-requests.ts';
import { type Civil, civil, DAY, dayOf, HOUR } from './civil.ts';
import type { ProfileName, Row } from './columns.ts';
import type { ConcernKind, ConcernPlan } from './concern-kinds.ts';
import { concernStory } from './concerns.ts';
import { anyPlace } from './places.ts';
import { type PoliceKind, policeStory } from './police-requests.ts';
import { type Rng, seeded, weighted } from './random.ts';
import { accessRows, activityRows, delegationRows, evidenceRows, rosterRows } from './routines.ts';
import { INCIDENTS_PER_SUBJECT, incidentRows, subjectRows } from './said.ts';
import { drawnWorkItem, workItemStory } from './work-items.ts';

/** How much of a profile to write. */
export interface Size {
  readonly seed: number;
  /** Data rows; absent means all rows of the `of` parent records. */
  readonly rows?: number;
  /** Parent records (concerns, subjects, …) whose rows these are; absent means as many as the rows need. */
  readonly of?: number;
}

const AS_OF = civil('2021-01-04');
const FIRST = civil('2017-01-02');

const CONCERN_KINDS = weighted<ConcernKind>([
  ['on-time', 52],
  ['late', 10],
  ['extended', 14],
  ['extended-twice', 4],
  ['late-extension', 3],
  ['refused-extension', 2],
  ['reassigned', 5],
  ['disapproved', 4],
  ['late-accept', 2],
  ['open', 2],
  ['open-extended', 1],
  ['not-accepted-other', 1],
]);
const POLICE_KINDS = weighted<PoliceKind>([
  ['on-time', 64],
  ['late', 10],
  ['extended', 10],
  ['late-extension', 3],
  ['second-extension', 2],
  ['returned', 8],
  ['open', 3],
]);

function controlNumber(index: number): string {
  return `CC${String(index + 1).padStart(8, '0')}`;
}

/** A day for a record: open ones lie in the last weeks, the others in the four years before. */
function dayFor(rng: Rng, open: boolean): Civil {
  return open ? AS_OF - rng.int(1, 25) * DAY : dayOf(FIRST + rng.next() * (AS_OF - FIRST - 60 * DAY));
}

function concernPlan(seed: number, index: number, rng: Rng): ConcernPlan {
  // One in forty is associated with another of its forty, which never is so itself.
  const associated = index % 40 === 39;
  const kind: ConcernKind = associated ? 'associated' : CONCERN_KINDS(seeded(seed, 'concern-kind', index));
  const day = dayFor(rng, kind === 'open' || kind === 'open-extended');
  return {
    control: controlNumber(index),
    kind,
    // An extension comes up to six days after the assignment.
    day: kind === 'open-extended' ? day - 7 * DAY : day,
    place: anyPlace(rng),
    primary: associated ? controlNumber(index - rng.int(1, 39)) : undefined,
  };
}

/** Concern number `index` with its events: the same from either of the two files. */
function concern(seed: number, index: number): { row: Row; events: readonly Row[] } {
  const rng = seeded(seed, 'concern', index);
  return concernStory(rng, concernPlan(seed, index, rng));
}

function policeRequest(seed: number, index: number): { row: Row; events: readonly Row[] } {
  const rng = seeded(seed, 'police', index);
  const kind = POLICE_KINDS(rng);
  const sr = `SR20-${String(index + 1).padStart(8, '0')}`;
  return policeStory(rng, { sr, kind, day: dayFor(rng, kind === 'open'), place: anyPlace(rng) });
}

function workItem(seed: number, index: number): { row: Row; events: readonly Row[] } {
  const rng = seeded(seed, 'work-item', index);
  const generated = civil('2020-09-02') + rng.int(0, 40 * 24) * HOUR;
  return workItemStory(rng, drawnWorkItem(rng, index, generated));
}

function* parents(count: number, rowAt: (index: number) => Row): Generator<Row> {
  for (let i = 0; i < count; i++) yield rowAt(i);
}

function* children(count: number, rowsAt: (index: number) => readonly Row[]): Generator<Row> {
  for (let i = 0; i < count; i++) yield* rowsAt(i);
}

function* take(rows: number, from: Iterable<Row>): Generator<Row> {
  if (rows <= 0) return;
  let taken = 0;
  for (const row of from) {
    yield row;
    taken++;
    if (taken >= rows) return;
  }
}

function* mapped<T>(from: Iterable<T>, change: (value: T) => Row): Generator<Row> {
  for (const value of from) yield change(value);
}

/** Data rows of any profile in any number, in constant memory; files of one seed fit together. */
export function bulkRows(name: ProfileName, size: Size): Generator<Row> {
  const { seed } = size;
  const rows = size.rows ?? Number.POSITIVE_INFINITY;
  const of = size.of ?? Number.POSITIVE_INFINITY;
  const own = Math.min(rows, of);
  return take(rows, source());

  function source(): Iterable<Row> {
    switch (name) {
      case 'members':
        return memberRows(seed, own);
      case 'delegations':
        return delegationRows(own);
      case 'duty-roster':
        return rosterRows(FIRST, own);
      case 'accesses':
        return accessRows(seed, FIRST, own, Number.POSITIVE_INFINITY);
      case 'member-activity':
        return activityRows(seed, own, AS_OF);
      case 'evidence':
        return evidenceRows(seed, own, AS_OF);
      case 'oss-work-items':
        return parents(own, (i) => workItem(seed, i).row);
      case 'oss-events':
        return children(of, (i) => workItem(seed, i).events);
      case 'concerns':
        return parents(own, (i) => concern(seed, i).row);
      case 'concern-events':
        return children(of, (i) => concern(seed, i).events);
      case 'csr-police':
        return parents(own, (i) => policeRequest(seed, i).row);
      case 'csr-police-events':
        return children(of, (i) => policeRequest(seed, i).events);
      case 'csr':
        return mapped(drawnRequests(seed, own), csrRow);
      case 'chicago-311':
        return mapped(drawnRequests(seed, own), chicago311Row);
      case 'chicago-311-legacy': {
        const rng = seeded(seed, 'legacy');
        return mapped(drawnRequests(seed, own), (request) => legacyRow(request, rng));
      }
      case 'said-subjects':
        return subjectRows(seed, own);
      case 'said-incidents':
        // Only whole tens of subjects have the average exactly.
        return incidentRows(seed, Math.min(of, Math.ceil(rows / INCIDENTS_PER_SUBJECT / 10) * 10));
    }
  }
}
