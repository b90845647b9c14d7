import { describe, expect, test } from 'vitest';
import { type Filling, judgeFilling, sameVehicle } from '../../src/csr/form-filling.ts';
import { namesUnit } from '../../src/people/units.ts';
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
const judge = (over: Partial<Filling>) => judgeFilling({ ...PLAIN, ...over }, policy, namesUnit);
const filled = (over: Partial<Filling>) => judge(over).filled;
const refused = (over: Partial<Filling>) => judge(over).against.map(({ rule }) => rule);

describe('a form CPD-21.208', () => {
  test('asks another agency for one service at one place', () => {
    expect(judge({})).toEqual({
      filled: {
        type: 'Street Light Out Complaint',
        vehicle: null,
        hazard: false,
        abandoned: false,
        marks: [],
      },
      against: [],
    });
  });

  test('is for one need and for one vehicle (CSR-13)', () => {
    expect(refused({ types: ['Tow', 'Graffiti'] })).toEqual(['CSR-13']);
    expect(refused({ vehicles: ['AB1', 'AB2'] })).toEqual(['CSR-13']);
    // Typed as one answer they are several all the same.
    expect(refused({ types: ['Tree Trim; Pothole'] })).toEqual(['CSR-13']);
    for (const two of ['AB1, CD2', 'AB 123 and CD-456', 'ab123/cd456'])
      expect(refused({ vehicles: [two] })).toEqual(['CSR-13']);
    for (const one of ['AB 123', 'ab-123', 'VIN 1FTSW21P34ED12345, AB 123', 'AB 123, red sedan'])
      expect(refused({ vehicles: [one] })).toEqual([]);
    expect(filled({ types: ['abandoned vehicle complaint'], vehicles: ['AB1'] })).toMatchObject({
      vehicle: 'AB1',
      marks: [],
    });
    expect(filled({ types: ['Abandoned Vehicle Complaint'] }).marks).toEqual(['VEHICLE_UNKNOWN']);
  });

  test('that tells of several needs or vehicles in its words is marked (CSR-13, A-CSR-10)', () => {
    const vehicle = { types: ['Abandoned Vehicle Complaint'] };
    expect(filled({ ...vehicle, vehicles: ['AB 123, red Ford 150'] }).marks).toEqual(['SEVERAL_VEHICLES']);
    for (const description of ['three abandoned vehicles', '2 old cars in the lot', 'several rusty trucks'])
      expect(filled({ ...vehicle, vehicles: ['AB 1'], description }).marks).toEqual(['SEVERAL_VEHICLES']);
    expect(filled({ ...vehicle, vehicles: ['AB 1'], description: 'blocks two driveways' }).marks).toEqual([]);
    expect(filled({ types: ['Street Light Out Complaint and Pothole in Street Complaint'] }).marks).toEqual([
      'SEVERAL_NEEDS',
    ]);
    for (const type of ['Ice and Snow Removal Request', 'Rodent Baiting/Rat Complaint'])
      expect(filled({ types: [type] }).marks).toEqual([]);
  });

  test('is not for Department facilities (CSR-08) nor other police units (CSR-09)', () => {
    expect(refused({ atFacility: true })).toEqual(['CSR-08']);
    expect(refused({ address: '5th District Station, 727 E 111TH ST' })).toEqual(['CSR-08']);
    expect(refused({ description: 'broken window in the police station' })).toEqual(['CSR-08']);
    // Beside one the street is the City's: the sergeant sees the mark and judges.
    expect(judge({ description: 'pothole in front of the police station' })).toMatchObject({
      filled: { marks: ['FACILITY'] },
      against: [],
    });
    for (const department of [
      'Unit 241',
      '241',
      'CPD Narcotics',
      'Chicago Police Department',
      'Troubled Buildings Unit',
      'District 005',
      '5th District',
      '005th District tactical team',
      'Narcotics Division',
      'Mounted Unit',
    ])
      expect([department, ...refused({ department })]).toEqual([department, 'CSR-09']);
    for (const department of [
      'CDOT',
      'Unit 9999',
      'Streets and Sanitation',
      'Chicago Park District',
      'OEMC',
      'Department of Finance',
      'CDOT - Department of Transportation',
    ])
      expect([department, ...refused({ department })]).toEqual([department]);
  });

  test('is not for police matters (CSR-31)', () => {
    expect(refused({ types: ['police miscellaneous'] })).toEqual(['CSR-31']);
  });

  test('of an immediate hazard is known as one (CSR-03)', () => {
    expect(filled({ types: ['Traffic Signal Out Complaint'] })).toMatchObject({ hazard: true });
    for (const description of [
      'a WATER  MAIN has burst',
      'live wire on the ground',
      'Power line down',
      'Downed electrical wires',
      'Stop light not working',
      'Gas leak',
      'Sinkhole',
    ])
      expect([description, filled({ description }).hazard]).toEqual([description, true]);
    expect(filled({ address: '1 E 112TH ST, wires down' }).hazard).toBe(true);
  });

  test('of an immediate hazard is kept whatever else is against it, with the marks (CSR-03)', () => {
    const hazard = { description: 'live wire on the ground' };
    expect(judge({ ...hazard, atFacility: true, department: 'Unit 241' })).toMatchObject({
      filled: { hazard: true, marks: ['FACILITY', 'OTHER_UNIT'] },
      against: [],
    });
    expect(judge({ ...hazard, types: ['Tow', 'Graffiti'], vehicles: ['A1', 'B2'] })).toMatchObject({
      filled: { type: 'Tow; Graffiti', vehicle: 'A1, B2', marks: ['SEVERAL_NEEDS', 'SEVERAL_VEHICLES'] },
      against: [],
    });
  });
});

describe('one vehicle', () => {
  test.each([
    ['AB 1234', 'ab-1234', true],
    ['IL AB1234', 'AB1234', true],
    ['plate AB 1234', 'AB1234', true],
    ['IL license plate no. AB 1234', 'AB1234', true],
    ['AB1234 (IL)', 'AB1234', true],
    // Seven and fewer may be a plate of their own.
    ['IL 12345', '12345', false],
    ['IL plate 12345', '12345', true],
    ['AB 1234', 'AB 1235', false],
    ['blue van', 'van', false],
  ])('of %j and %j: %j', (one, other, same) => {
    expect(sameVehicle(one, other)).toBe(same);
    expect(sameVehicle(other, one)).toBe(same);
  });
});
