import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { looksLikeHazard } from '../../src/core/hazard.ts';
import { loadPolicy } from '../../src/store/data-files.ts';

const { emergency } = loadPolicy({}).csr();
const looks = (text: string) => [text, looksLikeHazard([], [text], emergency)];

test('a hazard is known by everyday words, in any order and number (CSR-03)', () => {
  for (const text of [
    'wire is down on the sidewalk',
    'a wire fell',
    'electrical wires hanging',
    'Wires are down',
    'down wire in the alley',
    'downed electrical cable',
    'cable is down',
    'bare wires by the door',
    'power line touches a tree',
    'powerlines on the garage',
    'a down live wire',
    'watermain broke',
    'broken water mains',
    'main burst at the corner',
    'water is gushing out of the street',
    'signal is out',
    'signals are out',
    'signal at 111th and Michigan is not working',
    'traffic-signal dark',
    'stop-light out',
    'stoplight isn\u2019t working',
    'the red light has been out since noon',
    'non-functioning traffic signals',
    'graffiti on the traffic signal, which is out',
    'street caved-in',
    'cave-ins',
    'pavement collapsed',
    'the alley gave way',
    'collapsed sewer',
    'two sinkholes',
    'smelling gas',
    'smells strongly of gas',
    'gas is leaking',
    'manhole cover missing in the roadway',
    'open manhole',
    'the cover of the manhole came off',
    'building about to collapse',
    'porch collapsing',
    'collapsed brick wall',
    'smoke coming from building',
    'hydrant gushing, street flooded',
    'a car knocked over the hydrant, which is gushing',
    'street light pole leaning about to fall',
    'light pole fell on a car',
  ])
    expect(looks(text)).toEqual([text, true]);
});

test('what is no hazard does not read like one', () => {
  for (const text of [
    'please clean the traffic signal pole sticker',
    'graffiti on a stop light',
    'street light out',
    'street light is out, whole block',
    'missed pickup of a wire basket that fell over',
    'wire fence is broken',
    'loud music at the gas station, smells of weed',
    'cell phones sold out of a car',
    'people sell drugs down the line of cars',
    'broken bottles on Main St',
    'water in the basement',
    'pothole',
    'ground floor window broken',
    'open fire hydrant, children play',
    'people smoke weed in the building all day',
    'weed smoke coming from next door',
    'no smoke detector in the building',
    'light pole number 7 is out',
    'porch light out, rear door open',
    'clogged manhole, water on the street',
    'abandoned building, windows boarded',
    'the street floods when it rains',
  ])
    expect(looks(text)).toEqual([text, false]);
});

test('the type, the words and the address are read as one', () => {
  expect(looksLikeHazard(['wires'], ['down'], emergency)).toBe(true);
  expect(looksLikeHazard(['Other'], [null, '1 E 112TH ST, wires down'], emergency)).toBe(true);
  expect(looksLikeHazard(['traffic signal out complaint'], [null], emergency)).toBe(true);
});

test('of the samples only a dark signal reads like a hazard', () => {
  const lines = ['csr-chicago-311.csv', 'csr-police.csv', 'concerns.csv'].flatMap((name) =>
    readFileSync(`data/samples/${name}`, 'utf8').split('\n'),
  );
  const found = lines.filter((line) => looksLikeHazard([], [line], emergency));
  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((line) => !line.includes('Traffic Signal Out Complaint'))).toEqual([]);
});
