import { nearest } from '../core/text.ts';
import type { Profile } from '../import/profile.ts';
import { type Row, rowSink } from '../import/row-reader.ts';
import { openUpsert } from '../import/upsert.ts';
import { loadPolicy } from '../store/data-files.ts';
import { judgeLoans } from './imports-loans.ts';
import { judgeLooks, settleLooks } from './imports-looks.ts';
import { membersProfile } from './imports-members.ts';
import { folded, roleIn } from './imports-roles.ts';
import { openUnknownMembers } from './imports-unknown.ts';

const KINDS = [
  'complaint',
  'use-of-force',
  'training',
  'commendation',
  'absence',
  'exposure',
  'other',
] as const;

const delegations: Profile = {
  name: 'delegations',
  system: 'desk',
  summary: 'roles lent for a time: executive officer absent, designees',
  columns: [
    { name: 'role', required: true, summary: 'the role that is lent' },
    { name: 'from_member', required: true, summary: 'who lends it' },
    { name: 'to_member', required: true, summary: 'who acts meanwhile' },
    { name: 'starts', required: true },
    { name: 'ends', required: true, summary: 'a bare date includes its day' },
  ],
  guarded: true,
  order: 1,
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'delegation',
      key: ['role', 'from_member', 'to_member', 'starts'],
      columns: ['ends'],
      system: 'desk',
    });
    const members = openUnknownMembers(session, 'delegations');
    const take = (row: Row) => {
      const role = roleIn(row, 'role') ?? row.reject('role', 'is empty and must not be');
      const from = row.required('from_member');
      const to = row.required('to_member');
      const starts = row.requiredInstant('starts', 'start');
      const ends = row.requiredEnd('ends');
      if (ends < starts) row.reject('ends', 'lies before starts');
      rows.put([role, from, to, starts], [ends]);
      members.named(from);
      members.named(to);
      return 'unchanged' as const;
    };
    const finish = async () => {
      await members.finish();
      judgeLoans(session);
      settleLooks(session);
    };
    return { ...rowSink(session, index, take, finish), counts: rows.counts };
  },
};

const dutyRoster: Profile = {
  name: 'duty-roster',
  system: 'desk',
  summary: 'tours of duty, one row each',
  columns: [
    { name: 'member_id', required: true },
    { name: 'tour_start', required: true },
    { name: 'tour_end', required: true },
    { name: 'role', summary: 'the role held on this tour' },
  ],
  order: 5,
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'duty_tour',
      key: ['member_id', 'tour_start', 'role'],
      columns: ['tour_end'],
      system: 'desk',
    });
    const members = openUnknownMembers(session, 'duty-roster');
    const take = (row: Row) => {
      const member = row.required('member_id');
      const start = row.requiredInstant('tour_start', 'start');
      const end = row.requiredInstant('tour_end', 'stop');
      if (end < start) row.reject('tour_end', 'lies before tour_start');
      rows.put([member, start, roleIn(row, 'role') ?? ''], [end]);
      members.named(member);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

const accesses: Profile = {
  name: 'accesses',
  system: 'desk',
  summary: 'when members looked at the systems that they must look at each tour',
  columns: [
    { name: 'member_id', required: true },
    { name: 'role', required: true, summary: 'the role in which they looked' },
    { name: 'at', required: true },
    { name: 'system', required: true, summary: 'oss, concerns, csr, said or another name' },
  ],
  order: 5,
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'tour_access',
      key: ['member_id', 'role', 'at', 'system'],
      columns: [],
      system: 'desk',
    });
    const members = openUnknownMembers(session, 'accesses');
    const take = (row: Row) => {
      const member = row.required('member_id');
      const role = roleIn(row, 'role') ?? row.reject('role', 'is empty and must not be');
      rows.put([member, role, row.requiredInstant('at', 'start'), folded(row.required('system'))], []);
      members.named(member);
      return 'unchanged' as const;
    };
    const finish = async () => {
      await members.finish();
      judgeLooks(session);
    };
    return { ...rowSink(session, index, take, finish), counts: rows.counts };
  },
};

const memberActivity: Profile = {
  name: 'member-activity',
  system: 'desk',
  summary: "what a member's jacket holds: complaints, force, training and the like",
  columns: [
    { name: 'activity_id', required: true },
    { name: 'member_id', required: true },
    { name: 'occurred_at', required: true },
    { name: 'kind', required: true, summary: KINDS.join(', ') },
    { name: 'category' },
    { name: 'finding' },
    { name: 'outcome' },
    { name: 'on_duty', summary: 'yes or no' },
  ],
  async open(session, index) {
    const rows = openUpsert(session, {
      table: 'member_activity',
      key: ['activity_id'],
      columns: ['member_id', 'occurred_at', 'kind', 'category', 'finding', 'outcome', 'on_duty'],
      system: 'desk',
    });
    const members = openUnknownMembers(session, 'member-activity');
    const take = (row: Row) => {
      const id = row.required('activity_id');
      const member = row.required('member_id');
      const onDuty = row.flag('on_duty');
      const values = [
        member,
        row.requiredInstant('occurred_at', 'start'),
        row.word('kind', KINDS) ?? row.reject('kind', 'is empty and must not be'),
        row.text('category'),
        row.text('finding'),
        row.text('outcome'),
        onDuty === null ? null : Number(onDuty),
      ];
      rows.put([id], values);
      members.named(member);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

const evidence: Profile = {
  name: 'evidence',
  system: 'desk',
  summary: 'proof for rules whose proof is that someone recorded it',
  columns: [
    { name: 'rule', required: true, summary: 'rule id: CP-34' },
    { name: 'on', required: true, summary: 'the day it was done' },
    { name: 'by', summary: 'member id' },
    { name: 'district' },
    { name: 'note' },
    { name: 'document', summary: 'where its document is kept' },
  ],
  async open(session, index) {
    const rules = loadPolicy()
      .rules()
      .map((rule) => rule.id);
    const known = new Set(rules);
    const rows = openUpsert(session, {
      table: 'evidence',
      key: ['rule', 'on_day', 'by_member', 'district', 'note', 'document'],
      columns: [],
      system: 'desk',
    });
    const members = openUnknownMembers(session, 'evidence');
    const take = (row: Row) => {
      const rule = row.required('rule').toUpperCase();
      if (!known.has(rule)) {
        const near = nearest(rule, rules);
        row.reject('rule', `"${rule}" is no rule${near === null ? '' : `; is ${near} meant?`}`);
      }
      const on = row.day('on') ?? row.reject('on', 'is empty and must not be');
      const by = row.text('by') ?? '';
      const district = row.district('district') ?? '';
      rows.put([rule, on, by, district, row.text('note') ?? '', row.text('document') ?? ''], []);
      if (by !== '') members.named(by);
      return 'unchanged' as const;
    };
    return { ...rowSink(session, index, take, members.finish), counts: rows.counts };
  },
};

/** The profiles of people and what they do. */
export const peopleProfiles: readonly Profile[] = [
  membersProfile,
  delegations,
  dutyRoster,
  accesses,
  memberActivity,
  evidence,
];
