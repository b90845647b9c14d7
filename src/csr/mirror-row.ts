import type { SqlValue } from '../store/open.ts';

/** Columns of csr_request that a file fills, in the order in which rows are held and bound. */
export const COLUMNS = [
  'sr_number',
  'type_id',
  'department_id',
  'status_id',
  'origin_id',
  'is_open',
  'created_at',
  'created_day',
  'updated_at',
  'closed_at',
  'closed_day',
  'address',
  'zip',
  'ward',
  'community_area',
  'district',
  'beat',
  'latitude',
  'longitude',
  'duplicate',
  'parent_sr_number',
] as const;

/** Places of the columns in a row. */
export const AT = {
  srNumber: 0,
  type: 1,
  department: 2,
  status: 3,
  origin: 4,
  isOpen: 5,
  createdAt: 6,
  createdDay: 7,
  updatedAt: 8,
  closedAt: 9,
  closedDay: 10,
  address: 11,
  zip: 12,
  ward: 13,
  communityArea: 14,
  district: 15,
  beat: 16,
  latitude: 17,
  longitude: 18,
  duplicate: 19,
  parent: 20,
} as const;

/** One request as it is stored, without id and batch. The reader fills the same array for each row. */
export type RequestRow = SqlValue[];

/** What is odd about a row that is taken as it is: bits, so that a row allocates nothing. */
export const ODD = {
  closedWithoutDate: 1,
  openWithDate: 2,
  closedBeforeCreated: 4,
  beatOfOtherDistrict: 8,
} as const;

/** What a column of a file can be; `-1` stands for a column that the file does not have. */
export interface Positions {
  readonly srNumber: number;
  readonly type: number;
  readonly department: number;
  readonly status: number;
  readonly origin: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly closedAt: number;
  readonly address: number;
  readonly zip: number;
  readonly ward: number;
  readonly communityArea: number;
  readonly district: number;
  readonly beat: number;
  readonly latitude: number;
  readonly longitude: number;
  readonly duplicate: number;
  readonly parent: number;
}

export type Field = keyof Positions;

/** Which of `COLUMNS` a file with these positions says something about; the others keep what is stored. */
export function columnsSaid(positions: Positions, closedWhenUpdated: boolean): readonly boolean[] {
  const has = (field: Field): boolean => positions[field] >= 0;
  const said: boolean[] = new Array(COLUMNS.length).fill(true);
  said[AT.department] = has('department');
  said[AT.status] = has('status');
  said[AT.origin] = has('origin');
  said[AT.closedAt] = has('closedAt') || closedWhenUpdated;
  said[AT.closedDay] = has('closedAt') || closedWhenUpdated;
  said[AT.updatedAt] = has('updatedAt');
  said[AT.address] = has('address');
  said[AT.zip] = has('zip');
  said[AT.ward] = has('ward');
  said[AT.communityArea] = has('communityArea');
  said[AT.district] = has('district') || has('beat');
  said[AT.beat] = has('beat');
  said[AT.latitude] = has('latitude');
  said[AT.longitude] = has('longitude');
  said[AT.duplicate] = has('duplicate') || has('status');
  said[AT.parent] = has('parent');
  return said;
}
