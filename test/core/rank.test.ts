import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outranks, parseRank, RANKS, rankLevel, rankTitle } from '../../src/core/rank.ts';

describe('a rank as exports write it', () => {
  test.each([
    ['POLICE OFFICER', 'police-officer', 'Police Officer'],
    ['P.O.', 'police-officer', 'Police Officer'],
    ['po', 'police-officer', 'Police Officer'],
    ['Detective', 'police-officer', 'Detective'],
    ['FTO', 'police-officer', 'Field Training Officer'],
    ['Field Training Officer', 'police-officer', 'Field Training Officer'],
    ['PO/FIELD TRNING OFF', 'police-officer', 'Field Training Officer'],
    ['P.O. ASSIGNED AS DETECTIVE', 'police-officer', 'Detective'],
    ['P O ASSGN SEC SPEC', 'police-officer', 'Police Officer'],
    ['Police Officer (Assigned as Evidence Technician)', 'police-officer', 'Police Officer'],
    ['SERGEANT OF POLICE', 'sergeant', 'Sergeant'],
    ['Sgt.', 'sergeant', 'Sergeant'],
    ['SGT ASSGN SEC SPEC', 'sergeant', 'Sergeant'],
    ['Lieutenant of Police', 'lieutenant', 'Lieutenant'],
    ['Capt', 'captain', 'Captain'],
    ['Commander', 'commander', 'Commander'],
    ['DIRECTOR OF CAPS', 'director', 'Director'],
    ['Coordinator', 'coordinator', 'Coordinator'],
    ['DEP CHIEF', 'deputy-chief', 'Deputy Chief'],
    ['Chief of Patrol', 'chief', 'Chief'],
    ['1st Dep. Supt.', 'first-deputy-superintendent', 'First Deputy Superintendent'],
    ['SUPT OF POLICE', 'superintendent', 'Superintendent'],
    ['civilian', 'civilian', 'Civilian'],
  ])('%s is %s', (text, rank, title) => {
    expect(parseRank(text)).toMatchObject({ rank, title });
  });

  test.each([
    ...[
      '',
      ' ',
      'OTHER',
      'DEPUTY SUPERINTENDENT',
      'ASSISTANT SUPERINTENDENT',
      'Chief of Staff',
      'Chief of Police',
    ],
    ...[
      'Police',
      'PO SERGEANT',
      'P.O. acting Sgt',
      'POLICE OFFICER CANDIDATE',
      'Sergeant Smith',
      'constructor',
      'Aide',
    ],
  ])('"%s" has no place in the order', (text) => {
    expect(parseRank(text)).toBeNull();
  });

  test('is read back from its own name and title', () => {
    for (const rank of RANKS) {
      expect(parseRank(rank)).toEqual({ rank, level: rankLevel(rank), title: rankTitle(rank) });
      expect(parseRank(rankTitle(rank))?.rank).toBe(rank);
    }
  });
});

describe('higher rank', () => {
  test('follows the order from civilian to superintendent', () => {
    expect(outranks('sergeant', 'police-officer')).toBe(true);
    expect(outranks('police-officer', 'sergeant')).toBe(false);
    expect(outranks('police-officer', 'civilian')).toBe(true);
    expect(outranks('superintendent', 'first-deputy-superintendent')).toBe(true);
    expect(outranks('chief', 'deputy-chief')).toBe(true);
    expect(outranks('commander', 'captain')).toBe(true);
  });

  test('is not found within a tier: commander, director, coordinator; detective, officer', () => {
    expect(outranks('commander', 'director')).toBe(false);
    expect(outranks('coordinator', 'commander')).toBe(false);
    const detective = parseRank('Detective');
    expect(detective !== null && outranks(detective.rank, 'police-officer')).toBe(false);
  });

  test('is a strict order', () => {
    const rank = fc.constantFrom(...RANKS);
    fc.assert(
      fc.property(rank, rank, rank, (a, b, c) => {
        expect(outranks(a, a)).toBe(false);
        expect(outranks(a, b) && outranks(b, a)).toBe(false);
        if (outranks(a, b) && outranks(b, c)) expect(outranks(a, c)).toBe(true);
      }),
    );
  });
});

const officers = fileURLToPath(new URL('../../../shared/realdata/officers/', import.meta.url));

describe.skipIf(!existsSync(officers))(
  'public records (../shared/realdata; skipped where it is absent)',
  () => {
    test.each(['members.csv.gz', 'trr.csv.gz'])(
      '%s has no more than 1 in 100 ranks without a place',
      (file) => {
        const lines = gunzipSync(readFileSync(officers + file))
          .toString('utf8')
          .split(/\r?\n/);
        const column = lines[0]?.split(',').indexOf('rank') ?? -1;
        const ranks = lines
          .slice(1)
          .map((line) => line.split(',')[column] ?? '')
          .filter((text) => text !== '');
        expect(ranks.length).toBeGreaterThan(30_000);
        const unplaced = ranks.filter((text) => parseRank(text) === null);
        expect(unplaced.length / ranks.length).toBeLessThan(0.01);
      },
    );
  },
);
