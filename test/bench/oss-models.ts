import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rng, seeded } from '../generate/random.ts';
import type { Bench } from './bench.ts';
import { benchFolder, storeOf } from './inputs.ts';
import { pairs, rollcall, seconds } from './measure.ts';

const SUPERVISOR = 'OSSU';
const CATEGORIES = ['05A,ARREST', '03C,SEARCH', '10U,SERVICE', '09J,OFF DUTY CONDUCT', '01A,VERBAL', ','];

function memberOf(rng: Rng, members: number): string {
  // A few are named again and again, as in real records.
  const place = Math.floor(rng.next() ** 2.5 * members);
  return `M${String(place).padStart(5, '0')}`;
}

function dateOf(rng: Rng, from: number, to: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${rng.int(from, to)}-${two(rng.int(1, 12))}-${two(rng.int(1, 28))}`;
}

/** A file of the bench's folder, made once. */
function file(name: string, head: string, rows: number, row: (i: number) => string): string {
  const path = join(benchFolder(), name);
  if (existsSync(path)) return path;
  const lines = [head];
  for (let i = 0; i < rows; i++) lines.push(row(i));
  writeFileSync(`${path}.part`, `${lines.join('\n')}\n`);
  renameSync(`${path}.part`, path);
  return path;
}

function filesOf(members: number, complaints: number, reports: number, spells: number): readonly string[] {
  const size = `${members}-${complaints}`;
  const officers = seeded(1, 'officers');
  const complaint = seeded(1, 'complaints');
  const force = seeded(1, 'force');
  const unit = seeded(1, 'units');
  return [
    file(
      `officers-${size}.csv`,
      'member_id,appointed_date,resignation_date,rank,current_unit,status',
      members,
      (i) => {
        const left = officers.chance(0.6) ? dateOf(officers, 1995, 2012) : '';
        return `M${String(i).padStart(5, '0')},${dateOf(officers, 1970, 2005)},${left},POLICE OFFICER,6,1`;
      },
    ),
    file(
      `complaints-${size}.csv`,
      'cr_id,member_id,category_code,category,incident_date,complaint_date,closed_date,final_finding',
      complaints,
      (i) => {
        const on = dateOf(complaint, 1988, 2016);
        return `CR${i >> 1},${memberOf(complaint, members)},${complaint.pick(CATEGORIES)},${on},${on},,NS`;
      },
    ),
    file(
      `force-${size}.csv`,
      'trr_id,member_id,trr_date,on_duty',
      reports,
      (i) => `TRR${i},${memberOf(force, members)},${dateOf(force, 2004, 2016)},Yes`,
    ),
    file(`units-${size}.csv`, 'member_id,unit,unit_start_date,unit_end_date', spells, (i) => {
      const member = `M${String(i % members).padStart(5, '0')}`;
      return `${member},${unit.int(1, 25)},${dateOf(unit, 1990, 2008)},2018-06-01`;
    }),
    file('ossu.csv', 'member_id,rank,roles', 1, () => `${SUPERVISOR},Sergeant,ossu-supervisor`),
  ];
}

/** Scoring all members, and fitting and validating a model, against a bare loop over the rows that both read. */
export const ossModels: Bench = {
  name: 'oss-models',
  summary: 'generate and validate for 33,000 members with 244,000 complaint rows and 67,000 reports',
  async run(scale) {
    const members = scale.rows(33_000);
    const complaints = scale.rows(244_000);
    const reports = scale.rows(67_000);
    const files = filesOf(members, complaints, reports, scale.rows(107_000));
    const store = await storeOf(`officers-${members}`, files);
    const loop = { command: process.execPath, args: [join(import.meta.dirname, 'oss-rows.mjs'), store] };
    const verbs = [
      ['generate', '--dry-run', '--as-of', '2014-12-31'],
      ['validate', '--outcome', 'complaints', '--train-until', '2012-12-31', '--horizon', '24mo'],
    ];
    const results = [];
    for (const verb of verbs) {
      const ours = rollcall('oss', ...verb, '--store', store, '--actor', SUPERVISOR);
      await seconds(ours);
      const pair = await pairs(ours, loop, scale.times(7));
      results.push({
        name: 'oss-models',
        what: `oss ${verb[0]}, ${members} members, ${complaints + reports} rows: ${pair.ours.toFixed(2)} s`,
        yardstick: `bare loop over the same rows: ${pair.yardstick.toFixed(2)} s`,
        value: pair.ratio,
        unit: '' as const,
        bound: 3,
      });
    }
    return results;
  },
};
