import { type Row, rowOf } from './columns.ts';
import { at, seeded } from './random.ts';

/** A member of the invented cast. Dates are `YYYY-MM-DD` or empty. */
export interface CastMember {
  readonly id: string;
  readonly name: string;
  readonly rank: string;
  readonly unit: string;
  readonly district: string;
  readonly area: string;
  readonly watch: string;
  readonly sworn: boolean;
  readonly supervisor: string;
  readonly roles: readonly string[];
  readonly trained: string;
  readonly csrTrained: string;
}

// Plants and made-up surnames: nobody is called this.
const GIVEN =
  'Alder,Bryony,Cedar,Dahlia,Elder,Fern,Gorse,Hazel,Indigo,Juniper,Kelp,Laurel,Mallow,Nettle,Oleander,Poppy,Quince,Rowan,Sorrel,Tansy,Umber,Vetch,Willow,Yarrow,Zinnia,Aspen,Briar,Clover,Damson,Elm,Flax'.split(
    ',',
  );
const FAMILY =
  'Lanternby,Quillfeather,Marrowick,Thistledown,Brasskettle,Inkwellby,Copperspoon,Windlemoor,Saltbarrow,Pennywhistle,Oatcastle,Bramblegate,Cinderford,Dovetailer,Emberlock,Foxglovely,Gooseharbor,Hatboxer,Ironteapot,Jamjarson,Kettlewright,Lampwicker,Mittensby,Noonchurch,Owlfeather,Pebblestone-Fitch,Quiltmarsh,Rainbarrel,Snowlantern,Teacupton,Umbrellick,Vinegarth,Walnutter,Yardarmsby,Zithersmith,Appleknock,Buttonfield'.split(
    ',',
  );

/** An invented name for the member of a number; names repeat after 1,147. */
function inventedName(index: number): string {
  return `${at(GIVEN, index % GIVEN.length)} ${at(FAMILY, index % FAMILY.length)}`;
}

interface Part {
  readonly rank: string;
  readonly roles?: string;
  readonly unit?: string;
  readonly district?: string;
  readonly area?: string;
  readonly watch?: string;
  readonly supervisor?: string;
  readonly trained?: string;
  readonly csrTrained?: string;
}

// The sample's Officer Support System Unit stands in a headquarters unit that the unit table knows.
const OSSU = '120';
const SERGEANT_WATCHES = ['1', '1', '2', '2', '2', '3', '3', 'T'];

// Ids are fixed by this order: M0001 the analyst, M0013 the commander, and so on.
const PARTS: readonly Part[] = [
  { rank: 'Civilian', roles: 'oss-analyst', unit: OSSU, trained: '2020-08-20' },
  { rank: 'Sergeant', roles: 'ossu-supervisor', unit: OSSU, trained: '2020-08-18' },
  ...['2', '2', '1', '1', '3', '3', '4', '4', '5', '5'].map(
    (area, i): Part => ({
      rank: 'Police Officer',
      roles: 'oss-area-rep',
      unit: OSSU,
      area,
      supervisor: 'M0002',
      trained: i === 7 ? '2019-05-06' : i === 9 ? '' : '2020-08-25',
    }),
  ),
  { rank: 'Commander', roles: 'district-commander;commanding-officer', trained: '2020-06-15' },
  {
    rank: 'Captain',
    roles: 'executive-officer',
    supervisor: 'M0013',
    trained: '2020-06-15',
    csrTrained: '2019-03-12',
  },
  ...['1', '2', '3'].map(
    (watch): Part => ({
      rank: 'Lieutenant',
      roles: 'watch-operations-lieutenant',
      watch,
      supervisor: 'M0014',
      trained: watch === '3' ? '2019-02-11' : '2020-08-31',
    }),
  ),
  {
    rank: 'Lieutenant',
    roles: 'tactical-lieutenant;unit-supervisor',
    supervisor: 'M0014',
    trained: '2020-08-31',
  },
  {
    rank: 'Sergeant',
    roles: 'cp-sergeant',
    watch: '2',
    supervisor: 'M0014',
    trained: '2020-02-10',
    csrTrained: '2019-03-12',
  },
  ...['2019-03-12', '2019-09-24', ''].map(
    (csrTrained): Part => ({
      rank: 'Police Officer',
      roles: 'cp-officer',
      watch: '2',
      supervisor: 'M0019',
      csrTrained,
    }),
  ),
  ...['1', '2', '3'].map(
    (watch): Part => ({
      rank: 'Sergeant',
      roles: 'station-supervisor',
      watch,
      supervisor: `M001${4 + Number(watch)}`,
    }),
  ),
  ...SERGEANT_WATCHES.map(
    (watch, i): Part => ({
      rank: 'Sergeant',
      roles: 'supervisor',
      watch: watch === 'T' ? '' : watch,
      supervisor: watch === 'T' ? 'M0018' : `M001${4 + Number(watch)}`,
      trained: i === 2 ? '2018-11-05' : i === 5 ? '' : '2020-09-01',
    }),
  ),
  ...Array.from({ length: 20 }, (_, i): Part => {
    const sergeant = i % SERGEANT_WATCHES.length;
    const watch = at(SERGEANT_WATCHES, sergeant);
    return {
      rank: i % 7 === 4 ? 'Detective' : i % 9 === 5 ? 'Field Training Officer' : 'Police Officer',
      watch: watch === 'T' ? '' : watch,
      supervisor: `M00${26 + sergeant}`,
      csrTrained: i % 5 === 0 ? '2019-04-02' : '',
    };
  }),
  { rank: 'Lieutenant', roles: 'commanding-officer', unit: '241', district: '', trained: '2020-09-01' },
  { rank: 'Sergeant', roles: 'supervisor', unit: '241', district: '', supervisor: 'M0054' },
  { rank: 'Police Officer', unit: '241', district: '', supervisor: 'M0055' },
  { rank: 'Police Officer', unit: '241', district: '', supervisor: 'M0055' },
  { rank: 'Lieutenant', roles: 'commanding-officer', unit: '145', district: '' },
  {
    rank: 'Deputy Chief',
    roles: 'area-deputy-chief',
    unit: '212',
    district: '',
    area: '2',
    trained: '2019-10-01',
  },
  { rank: 'Deputy Chief', roles: 'ocp-deputy-chief', unit: '135', district: '', trained: '2020-07-07' },
  { rank: 'Director', roles: 'ocp-director', unit: '135', district: '' },
  { rank: 'Chief', roles: 'bop-chief', unit: '142', district: '' },
  { rank: 'Civilian', roles: 'dos-analyst', unit: '116', district: '', trained: '2020-10-05' },
  { rank: 'Civilian', roles: 'evaluator', unit: '', district: '', trained: '2019-06-03' },
];

/** The sixty-odd invented members that every file refers to: the 005th District, the OSSU, Unit 241 and headquarters. */
export const CAST: readonly CastMember[] = PARTS.map((part, i) => {
  const ossu = part.unit === OSSU;
  const outside = ossu || part.district === '';
  return {
    id: `M${String(i + 1).padStart(4, '0')}`,
    name: inventedName(i),
    rank: part.rank,
    unit: part.unit ?? '5',
    district: outside ? '' : '005',
    area: part.area ?? (outside ? '' : '2'),
    watch: part.watch ?? '',
    sworn: part.rank !== 'Civilian',
    supervisor: part.supervisor ?? '',
    roles: part.roles === undefined ? [] : part.roles.split(';'),
    trained: part.trained ?? '',
    csrTrained: part.csrTrained ?? '',
  };
});

/** Members of the cast who hold a role, in order. */
export function holders(role: string, unit?: string): readonly CastMember[] {
  return CAST.filter((member) => member.roles.includes(role) && (unit === undefined || member.unit === unit));
}

function first(role: string, unit?: string): string {
  return at(holders(role, unit), 0).id;
}

/** Ids that the story rules need often. */
export const WHO = {
  analyst: first('oss-analyst'),
  ossuSupervisor: first('ossu-supervisor'),
  areaReps: holders('oss-area-rep')
    .filter((member) => member.area === '2')
    .map((member) => member.id),
  commander: first('district-commander'),
  executiveOfficer: first('executive-officer'),
  watchLieutenants: holders('watch-operations-lieutenant').map((member) => member.id),
  tacticalLieutenant: first('tactical-lieutenant'),
  cpSergeant: first('cp-sergeant'),
  cpOfficers: holders('cp-officer').map((member) => member.id),
  sergeants: holders('supervisor', '5').map((member) => member.id),
  officers: CAST.filter((member) => member.unit === '5' && member.roles.length === 0).map(
    (member) => member.id,
  ),
  buildingsCommander: first('commanding-officer', '241'),
  buildingsSergeant: first('supervisor', '241'),
  trafficCommander: first('commanding-officer', '145'),
  ocpDeputyChief: first('ocp-deputy-chief'),
  dosAnalyst: first('dos-analyst'),
  evaluator: first('evaluator'),
} as const;

/** The member of an id; throws when nobody in the cast has it. */
export function castMember(id: string): CastMember {
  const member = CAST.find((candidate) => candidate.id === id);
  if (member === undefined) throw new RangeError(`nobody in the cast has the id ${id}`);
  return member;
}

/** A member as a row of the members profile. */
export function memberRow(member: CastMember): Row {
  return rowOf('members', {
    member_id: member.id,
    name: member.name,
    rank: member.rank,
    unit: member.unit,
    district: member.district,
    area: member.area,
    watch: member.watch,
    sworn: member.sworn ? 'true' : 'false',
    supervisor_id: member.supervisor,
    roles: member.roles.join(';'),
    trained_on: member.trained,
    csr_trained_on: member.csrTrained,
  });
}

/** Rows of the members profile: the cast first, then as many invented district members as asked. */
export function* memberRows(seed: number, rows: number): Generator<Row> {
  const rng = seeded(seed, 'members');
  for (let i = 0; i < rows; i++) {
    const member = CAST[i];
    if (member !== undefined) {
      yield memberRow(member);
      continue;
    }
    const squad = CAST.length + Math.floor((i - CAST.length) / 10) * 10;
    const leads = i === squad;
    const district = 1 + ((squad / 2) % 12);
    yield rowOf('members', {
      member_id: `M${String(i + 1).padStart(4, '0')}`,
      name: inventedName(i),
      rank: leads ? 'Sergeant' : 'Police Officer',
      unit: String(district),
      district: String(district).padStart(3, '0'),
      watch: String(rng.int(1, 3)),
      sworn: 'true',
      supervisor_id: leads ? '' : `M${String(squad + 1).padStart(4, '0')}`,
      roles: leads ? 'supervisor' : '',
      trained_on: leads ? `2020-0${rng.int(1, 9)}-15` : '',
    });
  }
}
