import { readFileSync } from 'node:fs';
import { RollcallError } from '../core/errors.ts';
import type { Profile } from '../import/profile.ts';
import { dataFile } from '../store/data-files.ts';
import { openMirror } from './mirror.ts';
import type { Geography } from './mirror-read.ts';
import type { Field, Positions } from './mirror-row.ts';
import { undoMirror } from './mirror-undo.ts';

/** The known exports of City requests: data/profiles/<name>.json says which of their columns is which. */
const NAMES = ['csr', 'chicago-311', 'chicago-311-legacy', 'chicago-311-2012', 'open311'] as const;

const FIELDS: readonly Field[] = [
  'srNumber',
  'type',
  'department',
  'status',
  'origin',
  'createdAt',
  'updatedAt',
  'closedAt',
  'address',
  'zip',
  'ward',
  'communityArea',
  'district',
  'beat',
  'latitude',
  'longitude',
  'duplicate',
  'parent',
];

interface MappedColumn {
  readonly name: string;
  readonly to: Field;
  readonly required?: boolean;
  readonly aliases?: readonly string[];
  readonly summary?: string;
}

interface Mapping {
  readonly name: string;
  readonly summary: string;
  readonly closedWhenUpdated: boolean;
  readonly signature: readonly string[];
  readonly columns: readonly MappedColumn[];
}

/** The profiles of City requests, for the import's table. Reads their mappings; throws kind `bug` when one is wrong. */
export function cityProfiles(): readonly Profile[] {
  return NAMES.map((name) => profileOf(readMapping(name)));
}

function readMapping(name: string): Mapping {
  const mapping: Mapping = JSON.parse(readFileSync(dataFile(`profiles/${name}.json`), 'utf8'));
  for (const { to } of mapping.columns) {
    if (!FIELDS.includes(to)) {
      throw new RollcallError(
        'bug',
        `data/profiles/${name}.json maps a column to "${to}", which is no field`,
      );
    }
  }
  return mapping;
}

function profileOf(mapping: Mapping): Profile {
  const named = new Map(mapping.columns.map((column) => [column.to, column.name]));
  return {
    name: mapping.name,
    system: 'csr',
    summary: mapping.summary,
    columns: mapping.columns,
    signature: mapping.signature,
    async open(session, index) {
      const positions = Object.fromEntries(
        FIELDS.map((field) => {
          const name = named.get(field);
          return [field, name === undefined ? -1 : index(name)];
        }),
      ) as unknown as Positions;
      return await openMirror(session, {
        positions,
        names: Object.fromEntries(named),
        closedWhenUpdated: mapping.closedWhenUpdated,
        geography: readGeography(),
      });
    },
    async undo(writer, batchId) {
      await undoMirror(writer, batchId);
    },
  };
}

function readGeography(): Geography {
  const districts: { districts: readonly { district: string }[] } = JSON.parse(
    readFileSync(dataFile('geography/districts.json'), 'utf8'),
  );
  const beats: { beats: readonly { beat: string }[] } = JSON.parse(
    readFileSync(dataFile('geography/beats.json'), 'utf8'),
  );
  return {
    districts: new Set(districts.districts.map(({ district }) => Number(district))),
    beats: new Set(beats.beats.map(({ beat }) => Number(beat))),
  };
}
