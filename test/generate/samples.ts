import { CAST, memberRow, WHO } from './cast.ts';
import { chicago311Row } from './city-requests.ts';
import { type Civil, civil, DAY } from './civil.ts';
import { PROFILES, type ProfileName, type Row } from './columns.ts';
import { line } from './csv.ts';
import { accessRows, activityRows, delegationRows, evidenceRows, rosterRows } from './routines.ts';
import { incidentRows, subjectRows } from './said.ts';
import { sampleConcerns } from './sample-concerns.ts';
import { samplePolice, sampleRequests } from './sample-requests.ts';
import { sampleWorkItems } from './sample-work-items.ts';

export const SAMPLE_SEED = 5;
export const SAMPLE_AS_OF = '2021-01-04T09:00:00';

const SUBJECTS = 280;
const ROSTER_FIRST = '2020-12-07';
const ROSTER_DAYS = 28;

function text(name: ProfileName, rows: Iterable<Row>): string {
  let all = line(PROFILES[name].columns);
  for (const row of rows) all += line(row);
  return all;
}

/** Every file of the samples with its text, in import order, `samples.json` last. */
export function sampleFiles(seed: number): Map<string, string> {
  const asOf: Civil = civil(SAMPLE_AS_OF);
  const roster = civil(ROSTER_FIRST);
  const workItems = sampleWorkItems(seed);
  const concerns = sampleConcerns(seed);
  const police = samplePolice(seed);
  const files = new Map<string, string>([
    ['members.csv', text('members', CAST.map(memberRow))],
    ['delegations.csv', text('delegations', delegationRows(6))],
    ['duty-roster.csv', text('duty-roster', rosterRows(roster, ROSTER_DAYS))],
    ['accesses.csv', text('accesses', accessRows(seed, roster, ROSTER_DAYS, asOf - 2 * 3600))],
    ['member-activity.csv', text('member-activity', activityRows(seed, 320, asOf - DAY))],
    ['evidence.csv', text('evidence', evidenceRows(seed, 40, asOf))],
    ['oss-work-items.csv', text('oss-work-items', workItems.rows)],
    ['oss-events.csv', text('oss-events', workItems.events)],
    ['concerns.csv', text('concerns', concerns.rows)],
    ['concern-events.csv', text('concern-events', concerns.events)],
    ['csr-chicago-311.csv', text('chicago-311', sampleRequests(seed, asOf).map(chicago311Row))],
    ['csr-police.csv', text('csr-police', police.rows)],
    ['csr-police-events.csv', text('csr-police-events', police.events)],
    ['said-subjects.csv', text('said-subjects', subjectRows(seed, SUBJECTS))],
    ['said-incidents.csv', text('said-incidents', incidentRows(seed, SUBJECTS))],
  ]);
  const about = {
    asOf: SAMPLE_AS_OF.slice(0, 16),
    quarter: '2020-Q4',
    district: '005',
    actors: {
      analyst: WHO.analyst,
      ossuSupervisor: WHO.ossuSupervisor,
      areaRep: WHO.areaReps[0],
      commander: WHO.commander,
      executiveOfficer: WHO.executiveOfficer,
      watchLieutenant: WHO.watchLieutenants[0],
      tacticalLieutenant: WHO.tacticalLieutenant,
      sergeant: WHO.cpSergeant,
      supervisor: WHO.sergeants[0],
      officer: WHO.officers[0],
      ocpDeputyChief: WHO.ocpDeputyChief,
      dosAnalyst: WHO.dosAnalyst,
      evaluator: WHO.evaluator,
    },
    files: [...files.keys()],
    seed,
  };
  files.set('samples.json', `${JSON.stringify(about, null, 2)}\n`);
  return files;
}
