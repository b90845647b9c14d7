import { parseCsvTime } from '../core/parse-time.ts';
import { parseBeat } from '../core/place.ts';
import { parseRank } from '../core/rank.ts';
import { isKnownBeat } from '../import/geography.ts';
import type { ImportSession, Profile } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import { openUpsert } from '../import/upsert.ts';
import { openUnknownMembers, settleKnownMembers } from '../people/imports-unknown.ts';
import { isKnownUnit } from '../people/units.ts';

/** The rank of a member whose export leaves it blank, or names one without a place in the order of ranks. */
const UNKNOWN_RANK = 'Unknown';
/** Below every rank: such a member never outranks anyone (OSS-28). */
const UNKNOWN_LEVEL = -1;

/** Ranks that civilians hold too: the rank alone does not say that its holder is sworn. */
const EITHER: ReadonlySet<string> = new Set(['Director', 'Coordinator', 'Civilian']);

/** A roster of officers with days of appointment and resignation, as public releases have them. */
const officersProfile: Profile = {
  name: 'officers',
  system: 'oss',
  summary: 'officers with appointment, resignation, rank and unit, as in public releases',
  columns: [
    { name: 'member_id', required: true },
    { name: 'appointed_date', required: true, summary: 'may be empty in a row' },
    { name: 'resignation_date', required: true, summary: 'may be empty in a row' },
    {
      name: 'rank',
      required: true,
      summary: 'unplaced ones are kept as unknown; a blank one changes nothing',
    },
    { name: 'current_unit' },
    { name: 'status', summary: '1 active, 0 not, as of the day of the roster' },
  ],
  guarded: true,
  order: 0,
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'member',
      key: ['member_id'],
      columns: ['rank', 'rank_level', 'unit', 'sworn', 'appointed_on', 'resigned_on', 'active'],
      system: 'oss',
      initial: { rank: UNKNOWN_RANK, rank_level: UNKNOWN_LEVEL },
    });
    const take = (row: Row) => {
      const id = row.required('member_id');
      const rank = rankIn(row, session);
      const unit = row.text('current_unit');
      const appointed = row.day('appointed_date');
      const resigned = row.day('resignation_date');
      if (unit !== null && !isKnownUnit(unit)) session.note('units that are not in the list of units, kept');
      if (appointed === null) session.note('members without a day of appointment, kept and never scored');
      const active = activeIn(row, session, resigned);
      if (appointed !== null && resigned !== null && resigned < appointed) {
        const text = `resigned on ${resigned}, before the appointment on ${appointed}: kept, never scored`;
        session.finding({ system: 'oss', record: id, rule: null, code: 'RESIGNED_FIRST', at: null, text });
      }
      rows.put([id], [rank.title, rank.level, unit, rank.sworn, appointed, resigned, active]);
      return 'unchanged' as const;
    };
    const finish = async () => settleKnownMembers(session);
    return { ...rowSink(session, index, take, finish), counts: rows.counts };
  },
};

function rankIn(row: Row, session: ImportSession) {
  const text = row.text('rank');
  if (text === null) {
    session.note(
      'members whose rank is blank: a rank known already stays, else it is unknown and outranks nobody',
    );
    return { title: null, level: null, sworn: null };
  }
  const parsed = parseRank(text);
  if (parsed !== null) {
    return { title: parsed.title, level: parsed.level, sworn: EITHER.has(parsed.title) ? null : 1 };
  }
  session.note('ranks that the order of ranks does not place, kept as unknown: they outrank nobody');
  return { title: UNKNOWN_RANK, level: UNKNOWN_LEVEL, sworn: null };
}

// Of the day of the roster: it says nothing of an earlier one, and no history looks at it.
function activeIn(row: Row, session: ImportSession, resigned: string | null): 0 | 1 | null {
  const active = row.flag('status');
  if (resigned === null && active === null)
    session.note('members without a day of resignation of whom it is not said whether they are active');
  if (resigned === null && active === false)
    session.note('members without a day of resignation who are marked not active: no Work Item is generated');
  return active === null ? null : active ? 1 : 0;
}

/** Findings as the releases abbreviate them. */
const FINDINGS: Readonly<Record<string, string>> = {
  SU: 'sustained',
  NS: 'not sustained',
  UN: 'unfounded',
  EX: 'exonerated',
  NAF: 'no affidavit',
  NC: 'no cooperation',
  DIS: 'discharged',
};

const ACTIVITY = ['member_id', 'occurred_at', 'kind', 'category', 'finding', 'outcome', 'on_duty'];

/** Complaints, one row a member named in one: several members may share a complaint number. */
const complaintsProfile: Profile = {
  name: 'officer-complaints',
  system: 'oss',
  summary: 'complaints against officers, one row a member named in one, as in public releases',
  columns: [
    { name: 'cr_id', required: true },
    { name: 'member_id', required: true },
    { name: 'category_code', required: true, summary: 'may be empty in a row' },
    { name: 'category', required: true, summary: 'may be empty in a row' },
    { name: 'incident_date', required: true },
    { name: 'complaint_date', required: true },
    { name: 'closed_date', summary: 'empty while open' },
    { name: 'beat' },
    { name: 'final_finding', summary: Object.keys(FINDINGS).join(', ') },
    { name: 'final_outcome' },
  ],
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'member_activity',
      key: ['activity_id'],
      columns: [...ACTIVITY, 'filed_at', 'closed_at', 'case_id', 'beat'],
      system: 'oss',
    });
    const members = openUnknownMembers(session, 'officer-complaints');
    const take = (row: Row) => {
      const cr = row.required('cr_id');
      const member = row.required('member_id');
      const occurred = row.requiredInstant('incident_date', 'start');
      const filed = row.requiredInstant('complaint_date', 'start');
      const closed = row.instant('closed_date', 'start');
      const id = `${cr}/${member}`;
      if (occurred > filed) session.note('incidents dated after their complaint, kept; scored on its day');
      if (closed !== null && closed < filed) {
        // The complaint's number alone: whoever may not look into jackets learns no member from a finding.
        const text = 'closed before it was filed: kept; its finding counts from the day of filing';
        session.finding({ system: 'oss', record: cr, rule: null, code: 'CLOSED_FIRST', at: closed, text });
      }
      const category = [row.text('category_code'), row.text('category')].filter((part) => part !== null);
      if (category.length === 0) session.note('complaints without a category, kept');
      const beat = beatIn(row, session);
      const values = [
        member,
        occurred,
        'complaint',
        category.length === 0 ? null : category.join(' '),
        findingIn(row, session),
        row.text('final_outcome')?.toLowerCase() ?? null,
        null,
      ];
      rows.put([id], [...values, filed, closed, cr, beat]);
      members.named(member);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

function findingIn(row: Row, session: ImportSession): string | null {
  const text = row.text('final_finding');
  if (text === null) return null;
  const known = FINDINGS[text.toUpperCase()];
  if (known === undefined) session.note('findings in other words, kept');
  return known ?? text.toLowerCase();
}

function beatIn(row: Row, session: ImportSession): string | null {
  const text = row.text('beat');
  if (text === null) return null;
  if (/^0+(\.0)?$/.test(text)) {
    session.note('beats written 0, taken as unknown');
    return null;
  }
  const parsed = parseBeat(text);
  if (parsed === null) return row.reject('beat', `"${text}" is no beat: three or four digits`);
  if (parsed.decimal) session.note('beats with a .0 behind them, read without');
  if (parsed.padded) session.note('three-digit beats, padded');
  if (!isKnownBeat(parsed.beat)) session.note('beats that are not in the geography, kept');
  return parsed.beat;
}

/** Use-of-force reports: a firearm, a Taser or neither, on or off duty. */
const forceProfile: Profile = {
  name: 'officer-force',
  system: 'oss',
  summary: 'use-of-force reports of officers, one row each, as in public releases',
  columns: [
    { name: 'trr_id', required: true },
    { name: 'member_id', required: true },
    { name: 'trr_date', required: true },
    { name: 'trr_time' },
    { name: 'on_duty', summary: 'yes or no' },
    { name: 'injured', summary: 'yes or no' },
    { name: 'firearm_used', summary: '1 or 0' },
    { name: 'taser', summary: '1 or 0' },
    { name: 'beat' },
  ],
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'member_activity',
      key: ['activity_id'],
      columns: [...ACTIVITY, 'beat'],
      system: 'oss',
    });
    const members = openUnknownMembers(session, 'officer-force');
    const take = (row: Row) => {
      const id = row.required('trr_id');
      const member = row.required('member_id');
      const onDuty = row.flag('on_duty');
      const category = row.flag('firearm_used') ? 'firearm' : row.flag('taser') ? 'taser' : 'other force';
      const injured = row.flag('injured');
      const outcome = injured === null ? null : injured ? 'injured' : 'not injured';
      const duty = onDuty === null ? null : Number(onDuty);
      const at = forceTime(row);
      rows.put([id], [member, at, 'use-of-force', category, null, outcome, duty, beatIn(row, session)]);
      members.named(member);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

// The time stands in a column of its own; a row without one counts from the beginning of its day.
function forceTime(row: Row): number {
  const [date, time] = [row.required('trr_date'), row.text('trr_time')];
  const text = time === null ? date : `${date}T${time}`;
  return parseCsvTime(text, 'start')?.at ?? row.reject('trr_date', `"${text}" is no date and time`);
}

/** Which unit a member was in, from when to when. */
const unitHistoryProfile: Profile = {
  name: 'officer-units',
  system: 'oss',
  summary: 'unit history of officers, one row a time in a unit, as in public releases',
  columns: [
    { name: 'member_id', required: true },
    { name: 'unit', required: true },
    { name: 'unit_start_date', required: true },
    { name: 'unit_end_date', required: true, summary: 'may be empty in a row' },
  ],
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'unit_spell',
      key: ['member_id', 'unit', 'starts_on'],
      columns: ['ends_on'],
      system: 'oss',
    });
    const members = openUnknownMembers(session, 'officer-units');
    const take = (row: Row) => {
      const member = row.required('member_id');
      const unit = row.required('unit');
      const starts = row.day('unit_start_date') ?? row.reject('unit_start_date', 'is empty and must not be');
      const ends = row.day('unit_end_date');
      if (ends !== null && ends < starts) row.reject('unit_end_date', 'lies before unit_start_date');
      if (!isKnownUnit(unit)) session.note('units that are not in the list of units, kept');
      rows.put([member, unit, starts], [ends]);
      members.named(member);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

/** The profiles of public releases of officers' histories. */
export const officerProfiles: readonly Profile[] = [
  officersProfile,
  complaintsProfile,
  forceProfile,
  unitHistoryProfile,
];
