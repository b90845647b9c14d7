import { describe, expect, test } from 'vitest';
import { normalAddress } from '../../src/core/address.ts';

describe('a normal address', () => {
  test.each([
    ['4316 s. sacramento  Avenue.', '4316 S SACRAMENTO AVE'],
    ['4316 S SACRAMENTO AVE ', '4316 S SACRAMENTO AVE'],
    ['1200 W North Ave', '1200 W NORTH AVE'],
    ['700 e. 111th st.', '700 E 111TH ST'],
    ['100 EAST 1ST STREET', '100 E 1ST ST'],
    ['1600 North Avenue', '1600 NORTH AVE'],
    ['1600 West North Avenue', '1600 W NORTH AVE'],
    ['700 East Broadway', '700 E BROADWAY'],
    ['West Lake Street', 'W LAKE ST'],
    ['State Street & East Lake Street', 'E LAKE ST STATE ST'],
    ['STATE ST/LAKE ST', 'LAKE ST STATE ST'],
    ['E 111th St/S State St', 'E 111TH ST S STATE ST'],
    ['S State St & E 111th St, Chicago', 'E 111TH ST S STATE ST'],
    ['700 E 111th St, Chicago', '700 E 111TH ST'],
    ['700 E 111th St, Chicago, IL 60628', '700 E 111TH ST'],
    ['700 E 111th St, Chicago, Illinois 60628-1234.', '700 E 111TH ST'],
    ['700 W Chicago Avenue', '700 W CHICAGO AVE'],
    ['State, Chicago', 'STATE CHICAGO'],
    ['700 1/2 E 111th St', '700 1/2 E 111TH ST'],
    ['700 E 111th St / 1 S State St', '700 E 111TH ST 1 S STATE ST'],
    ['10 Court', '10 COURT'],
    ['Avenue L', 'AVENUE L'],
    ['10 E Court Street', '10 E COURT ST'],
    ['State St & Lake St', 'LAKE ST STATE ST'],
    ["12 O'Brien Court,", "12 O'BRIEN CT"],
    ['100 W 5TH-AVENUE', '100 W 5TH-AVENUE'],
    [' . ', ''],
  ])('of %j is %j', (text, normal) => {
    expect(normalAddress(text)).toBe(normal);
    expect(normalAddress(normal)).toBe(normal);
  });
});
