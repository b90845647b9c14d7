import { describe, expect, test } from 'vitest';
import { districtOfBeat, parseBeat, parseDistrict, sectorOfBeat } from '../../src/core/place.ts';

describe('a beat', () => {
  test.each([
    ['0511', '0511', false, false],
    ['511', '0511', true, false],
    ['1134', '1134', false, false],
    ['832.0', '0832', true, true],
    ['3100.0', '3100', false, true],
    [' 0421 ', '0421', false, false],
  ])('"%s" is %s', (text, beat, padded, decimal) => {
    expect(parseBeat(text)).toEqual({ beat, padded, decimal });
  });

  test.each(['', '0', '0.0', '51', '08308', '05A1', '511.5', '511.', '511.00', '-511', '5 11', '٠٥١١'])(
    '"%s" is malformed',
    (text) => {
      expect(parseBeat(text)).toBeNull();
    },
  );

  test('holds its district and sector', () => {
    const found = ['511', '1913', '2512'].map((text) => parseBeat(text)?.beat);
    expect(found.map((beat) => beat && [districtOfBeat(beat), sectorOfBeat(beat)])).toEqual([
      ['005', '1'],
      ['019', '1'],
      ['025', '1'],
    ]);
  });
});

describe('a district', () => {
  test.each([
    ['8', '008', true, false],
    ['05', '005', true, false],
    ['008', '008', false, false],
    ['5.0', '005', true, true],
    ['25', '025', true, false],
  ])('"%s" is %s', (text, district, padded, decimal) => {
    expect(parseDistrict(text)).toEqual({ district, padded, decimal });
  });

  test.each(['', '0005', '5th', 'D5', '-5', '5.5', '1e1'])('"%s" is malformed', (text) => {
    expect(parseDistrict(text)).toBeNull();
  });
});
