import { describe, expect, test } from 'vitest';
import { type Filling, judgeFilling } from '../../src/csr/form-filling.ts';
import { loadPolicy } from '../../src/store/data-files.ts';

const policy = loadPolicy({}).csr();
const PLAIN: Filling = {
  types: ['Street Light Out Complaint'],
  address: '700 E 111TH ST',
  department: null,
  description: null,
  vehicles: [],
  atFacility: false,
};
const judge = (over: Partial<Filling>) =>
  judgeFilling({ ...PLAIN, ...over }, policy, (word) => word === '241');

describe('a form CPD-21.208', () => {
  test('asks another agency for one service at one place', () => {
    expect(judge({})).toEqual({
      type: 'Street Light Out Complaint',
      vehicle: null,
      hazard: false,
      vehicleMissing: false,
    });
  });

  test('is for one need and for one vehicle (CSR-13)', () => {
    expect(judge({ types: ['Tow', 'Graffiti'] })).toMatchObject({ rule: 'CSR-13' });
    expect(judge({ vehicles: ['AB1', 'AB2'] })).toMatchObject({ rule: 'CSR-13' });
    expect(judge({ types: ['abandoned vehicle complaint'], vehicles: ['AB1'] })).toMatchObject({
      vehicle: 'AB1',
      vehicleMissing: false,
    });
    expect(judge({ types: ['Abandoned Vehicle Complaint'] })).toMatchObject({ vehicleMissing: true });
  });

  test('is not for Department facilities (CSR-08) nor other police units (CSR-09)', () => {
    expect(judge({ atFacility: true })).toMatchObject({ rule: 'CSR-08' });
    expect(judge({ address: '5th District Station, 727 E 111TH ST' })).toMatchObject({ rule: 'CSR-08' });
    for (const department of ['Unit 241', '241', 'CPD Narcotics', 'Chicago Police Department'])
      expect(judge({ department })).toMatchObject({ rule: 'CSR-09' });
    for (const department of ['CDOT', 'Unit 9999', 'Streets and Sanitation'])
      expect(judge({ department })).toMatchObject({ hazard: false });
  });

  test('is not for police matters (CSR-31)', () => {
    expect(judge({ types: ['police miscellaneous'] })).toMatchObject({ rule: 'CSR-31' });
  });

  test('of an immediate hazard is kept and known as one (CSR-03)', () => {
    expect(judge({ types: ['Traffic Signal Out Complaint'] })).toMatchObject({ hazard: true });
    expect(judge({ description: 'a WATER  MAIN has burst' })).toMatchObject({ hazard: true });
    expect(judge({ description: 'live wire on the ground' })).toMatchObject({ hazard: true });
  });
});
