import { castMember, holders, WHO } from './cast.ts';
import { type Civil, civil, DAY, HOUR, isoDate, isoDateTime, MINUTE, settled } from './civil.ts';
import { type Row, rowOf } from './columns.ts';
import { XO_ABSENCE } from './concern-steps.ts';
import { at, type Rng, seeded, weighted } from './random.ts';

interface Tour {
  readonly member: string;
  readonly role: string;
  readonly start: Civil;
  readonly end: Civil;
}

// First hour of the three watches; every tour lasts nine hours.
const WATCH_STARTS: Readonly<Record<string, number>> = { '1': 22, '2': 6, '3': 14, '': 9 };

/** Those with a duty at each tour (table 0.1), with the role in which they have it. */
const ON_TOUR: readonly (readonly [string, string])[] = [
  ...WHO.watchLieutenants.map((id) => [id, 'watch-operations-lieutenant'] as const),
  [WHO.tacticalLieutenant, 'tactical-lieutenant'],
  [WHO.cpSergeant, 'cp-sergeant'],
  ...WHO.cpOfficers.map((id) => [id, 'cp-officer'] as const),
  [WHO.executiveOfficer, 'executive-officer'],
  [WHO.buildingsCommander, 'commanding-officer'],
  ...WHO.sergeants.map((id) => [id, 'supervisor'] as const),
];

/** Tours of everyone with a tour duty, five days on and two off, day by day from `first`. */
function* tours(first: Civil, days: number): Generator<Tour> {
  for (let day = 0; day < days; day++) {
    for (const [i, [member, role]] of ON_TOUR.entries()) {
      if ((day + i) % 7 >= 5) continue;
      const start = first + day * DAY + (WATCH_STARTS[castMember(member).watch] ?? 9) * HOUR;
      yield { member, role, start, end: start + 9 * HOUR };
    }
  }
}

/** Rows of the duty roster for so many days. */
export function* rosterRows(first: Civil, days: number): Generator<Row> {
  for (const tour of tours(first, days)) {
    const { member, role, start, end } = tour;
    yield rowOf('duty-roster', {
      member_id: member,
      tour_start: isoDateTime(settled(start)),
      tour_end: isoDateTime(settled(end)),
      role,
    });
  }
}

/** Looks into the systems, one a tour for most; about one tour in twelve has none. Nothing after `asOf`. */
export function* accessRows(seed: number, first: Civil, days: number, asOf: Civil): Generator<Row> {
  const rng = seeded(seed, 'accesses');
  for (const tour of tours(first, days)) {
    const community = tour.role === 'cp-sergeant' || tour.role === 'cp-officer';
    for (const system of community ? ['concerns', 'csr'] : ['concerns']) {
      if (rng.chance(0.08)) continue;
      const when = settled(tour.start + rng.int(10, 500) * MINUTE);
      if (when > asOf) continue;
      yield rowOf('accesses', { member_id: tour.member, role: tour.role, at: isoDateTime(when), system });
    }
  }
}

/** Who lent which role to whom: absences of the cast. */
export function* delegationRows(rows: number): Generator<Row> {
  const [first = '', second = '', third = ''] = WHO.watchLieutenants;
  const absences: readonly (readonly [string, string, string, string, string])[] = [
    ['executive-officer', WHO.executiveOfficer, WHO.commander, XO_ABSENCE.from, XO_ABSENCE.to],
    ['watch-operations-lieutenant', third, second, '2020-07-13T00:00:00', '2020-07-26T23:59:59'],
    ['watch-operations-lieutenant', first, second, '2020-11-23T00:00:00', '2020-11-29T23:59:59'],
    ['tactical-lieutenant', WHO.tacticalLieutenant, third, '2020-09-14T00:00:00', '2020-09-20T23:59:59'],
    ['cp-sergeant', WHO.cpSergeant, at(WHO.sergeants, 3), '2020-08-03T00:00:00', '2020-08-09T23:59:59'],
    ['executive-officer', WHO.executiveOfficer, WHO.commander, '2019-12-23T00:00:00', '2019-12-29T23:59:59'],
  ];
  for (let i = 0; i < rows; i++) {
    const absence = at(absences, i % absences.length);
    const [role, from, to, starts, ends] = absence;
    // Beyond the six, the same absences again, a year earlier each round.
    const back = Math.floor(i / absences.length) * 364 * DAY;
    yield rowOf('delegations', {
      role,
      from_member: from,
      to_member: to,
      starts: isoDateTime(civil(starts) - back),
      ends: isoDateTime(civil(ends) - back),
    });
  }
}

const KINDS = weighted([
  ['complaint', 18],
  ['use-of-force', 18],
  ['training', 26],
  ['commendation', 18],
  ['absence', 10],
  ['exposure', 7],
  ['other', 3],
]);
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  complaint: ['discourtesy', 'neglect of duty', 'search', 'report writing'],
  'use-of-force': ['takedown', 'emergency handcuffing', 'control tactics'],
  training: ['de-escalation', 'procedural justice', 'crisis intervention', 'range qualification'],
  commendation: ['department commendation', 'honorable mention', 'community letter'],
  absence: ['medical', 'personal', 'late report'],
  exposure: ['critical incident', 'child victim', 'traffic fatality'],
  other: ['secondary employment', 'transfer'],
};

/** Activity of the officers of the 005th District before `asOf`, over five years; a fifth of them hold half of it. */
export function* activityRows(seed: number, rows: number, asOf: Civil): Generator<Row> {
  const rng = seeded(seed, 'activity');
  const members = [...WHO.officers, ...WHO.sergeants];
  for (let i = 0; i < rows; i++) {
    const kind = KINDS(rng);
    const member = at(members, rng.chance(0.5) ? rng.int(0, 5) : rng.int(0, members.length - 1));
    const when = settled(asOf - Math.floor(rng.next() ** 1.6 * 5 * 365 * DAY) - rng.int(1, 86_399));
    yield rowOf('member-activity', {
      activity_id: `A${String(i + 1).padStart(6, '0')}`,
      member_id: member,
      occurred_at: isoDateTime(when),
      kind,
      category: rng.pick(CATEGORIES[kind] ?? ['']),
      ...judgement(kind, rng),
      on_duty: kind === 'exposure' || rng.chance(0.85) ? 'true' : 'false',
    });
  }
}

function judgement(kind: string, rng: Rng): { finding?: string; outcome?: string } {
  if (kind === 'complaint') {
    const finding = rng.pick([
      'not sustained',
      'not sustained',
      'unfounded',
      'exonerated',
      'sustained',
      'pending',
    ]);
    return { finding, outcome: finding === 'sustained' ? rng.pick(['reprimand', 'retraining']) : '' };
  }
  if (kind === 'training') return { outcome: rng.chance(0.9) ? 'completed' : 'not completed' };
  return {};
}

/** What someone recorded for the rules whose proof is a record. */
export function* evidenceRows(seed: number, rows: number, asOf: Civil): Generator<Row> {
  const rng = seeded(seed, 'evidence');
  const ocp = WHO.ocpDeputyChief;
  const kinds: readonly (readonly [string, string, string])[] = [
    ['CSR-19', WHO.cpSergeant, 'Forms of the day reviewed'],
    ['CSR-23', WHO.cpSergeant, 'Quarterly figures read for chronic places'],
    ['CSR-28', WHO.commander, 'Met with Streets and Sanitation'],
    ['CP-34', WHO.commander, 'Resource and business files audited'],
    ['CP-14', WHO.commander, 'Youth council met'],
    ['CP-28', ocp, 'Commander told in writing of the funds'],
    ['CC-39', ocp, 'Training on the concern database given'],
    ['SAID-21', WHO.commander, 'Quarterly review with the analyst'],
    ['CC-35', WHO.executiveOfficer, 'Late concerns gone through with the watches'],
    ['CP-46', at(holders('cp-sergeant'), 0).id, 'Answered a school principal'],
  ];
  for (let i = 0; i < rows; i++) {
    const [rule, by, note] = at(kinds, i % 3 === 0 ? 0 : i % kinds.length);
    const day = asOf - Math.floor((i * 540 * DAY) / rows) - rng.int(1, 3) * DAY;
    yield rowOf('evidence', {
      rule,
      on: isoDate(day),
      by,
      district: '005',
      note,
      document: `log-${String(i + 1).padStart(4, '0')}`,
    });
  }
}
