import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RollcallError } from '../../src/core/errors.ts';
import { packIncident } from '../../src/said/incident.ts';
import { ATTRIBUTES, maxima, parseModel } from '../../src/said/model.ts';
import { loadModel } from '../../src/said/model-file.ts';
import { openPopulation } from '../../src/said/population.ts';
import { dataFile } from '../../src/store/data-files.ts';
import { REFERENCE_AS_OF, referencePopulation } from './reference-population.ts';

const TEXT = readFileSync(dataFile('models/cvrm.json'), 'utf8');
const { model } = loadModel(null, '/');

// A file as a person may have spoiled it.
// biome-ignore lint/suspicious/noExplicitAny: the shape is what is being broken
function spoil(change: (file: any) => void): () => void {
  const file = JSON.parse(TEXT);
  change(file);
  return () => parseModel(JSON.stringify(file), 'mine.json');
}

describe('the shipped scorecard', () => {
  test('has the six attributes of the directive and the greatest contributions fall in its order (SAID-10)', () => {
    expect(ATTRIBUTES).toHaveLength(6);
    const most = maxima(model);
    expect(most).toEqual([60, 40, 30, 24, 18, 12]);
    expect(most.toSorted((a, b) => b - a)).toEqual(most);
    expect(new Set(most).size).toBe(6);
  });

  test('says that it is not validated, whose it is, until when it holds and what it does not know', () => {
    expect(model.validatedAt).toBeNull();
    expect(model.owner).not.toBe('');
    expect(model.expiresOn > model.issuedOn).toBe(true);
    for (const part of [
      'origin',
      'notUse',
      'realisedImportance',
      'unknown',
      'limits',
      'sources',
      'sustainability',
    ]) {
      expect(model.card[part]?.length, part).toBeGreaterThan(0);
    }
  });

  test('splits its reference population as its card says', () => {
    const people = referencePopulation(100_000);
    const population = openPopulation(model, REFERENCE_AS_OF, people.length);
    people.forEach(({ birthDay, incidents }, at) => {
      population.add(String(at), birthDay, false, incidents.map(packIncident), incidents.length);
    });
    const { scored, tiers } = population.summary();
    const shares = Object.values(tiers).map((count) => Math.round((1000 * count) / scored) / 10);
    expect(scored).toBe(100_000);
    expect(shares).toEqual([38.4, 32.5, 14.9, 12.3, 1.9]);
    expect(model.card.referencePopulation?.join(' ')).toContain('38.4, 32.5, 14.9, 12.3 and 1.9 percent');
    shares.forEach((share, place) => {
      expect(Math.abs(share - 100 * (model.tierShares[place] ?? 0))).toBeLessThan(3);
    });
  });
});

describe('a scorecard is refused', () => {
  test.each<[string, () => void, RegExp]>([
    ['when it is no JSON', () => parseModel('{', 'mine.json'), /mine\.json: it is no JSON/],
    [
      'when an attribute is missing',
      spoil((file) => file.attributes.pop()),
      /must be exactly shootingVictim.*SAID-10/,
    ],
    [
      'when a seventh attribute is there',
      spoil((file) => file.attributes.push({ attribute: 'district', pointsEach: 1, maximum: 1 })),
      /SAID-10.*district/,
    ],
    [
      'when an attribute reads something else besides',
      spoil((file) => {
        file.attributes[4].race = 3;
      }),
      /uuwArrests has an unknown field "race"/,
    ],
    [
      'when the order of importance is not the directive’s',
      spoil((file) => {
        file.attributes[2].maximum = 40;
      }),
      /ageAtLatestArrest \(at most 40\) must outweigh aggravatedVictim/,
    ],
    [
      'when cut-points do not rise',
      spoil((file) => {
        file.tiers[3].from = 26;
      }),
      /do not rise: 26, then 26/,
    ],
    [
      'when points are no whole numbers',
      spoil((file) => {
        file.attributes[0].pointsEach = 36.5;
      }),
      /"pointsEach" is no whole number/,
    ],
    ['when a tier is missing', spoil((file) => file.tiers.pop()), /SAID-13/],
    [
      'when age points fall so fast that a newer arrest scores less',
      spoil((file) => {
        file.attributes[1].knots[1] = [18, 20];
      }),
      /SAID-12/,
    ],
    [
      'when the shares of the tiers do not add up',
      spoil((file) => {
        file.tiers[0].populationShare = 0.5;
      }),
      /add up to 1/,
    ],
  ])('%s', (_, load, message) => {
    expect(load).toThrow(message);
    try {
      load();
    } catch (error) {
      expect(error).toBeInstanceOf(RollcallError);
      expect((error as RollcallError).kind).toBe('data');
    }
  });

  test('when there is no such file, by name', () => {
    expect(() => loadModel('none.json', '/')).toThrow(/The model file none\.json cannot be read/);
  });
});
