import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { read } from '../../src/store/store.ts';
import { freshStore } from '../casework/store-of.ts';
import { temporaryFolder } from '../temporary.ts';
import { fill, oss, rollcall } from './acting.ts';

const ITEM = {
  work_item_id: 'W1',
  member_id: 'P1',
  generated_at: '2020-11-01T08:00:00',
  models: 'oss-force',
};
const VALID = { determined_at: '2020-11-01T10:00:00', determined_by: 'AN', determination: 'valid' };
const WITH_COMMAND = {
  ...VALID,
  forwarded_at: '2020-11-01T11:00:00',
  area_rep_id: 'R2',
  command_received_at: '2020-11-02T09:00:00',
  command_id: 'L1',
};
const NOTIFIED = { notified_at: '2020-11-02T11:00:00', notified_in_person: 'yes' };
const ASSIGNED = { ...WITH_COMMAND, assigned_at: '2020-11-02T12:00:00', supervisor_id: 'S1' };
const SUBMITTED = {
  ...ASSIGNED,
  met_at: '2020-11-03T10:00:00',
  plan_submitted_at: '2020-11-03T12:00:00',
};

/** What is on the plan of a submitted one, as an export tells it. */
const SUPPORT = { work_item_id: 'W1', event: 'planned', at: '2020-11-03T11:00:00', detail: 'chaplain' };

async function store(row: Readonly<Record<string, string>>, more = {}): Promise<string> {
  const path = freshStore();
  await fill(path, { items: [{ ...ITEM, ...row }], ...more });
  return path;
}

const DAY = '2020-11-04T09:00';

describe('a rule refuses by its name and paragraph', () => {
  const cases: readonly [string, Readonly<Record<string, string>>, string, string, string][] = [
    ['an invalid determination without a reason', {}, 'determine W1 --determination invalid', 'AN', 'OSS-17'],
    ['a second determination', VALID, 'determine W1 --determination valid', 'AN', 'OSS-16'],
    ['forwarding to another Area', VALID, 'forward W1 --to R3', 'AN', 'OSS-18'],
    ['forwarding to somebody who is no representative', VALID, 'forward W1 --to S1', 'AN', 'OSS-18'],
    ['forwarding what is not determined', {}, 'forward W1 --to R2', 'AN', 'OSS-18'],
    ['command that did not receive it', WITH_COMMAND, 'notify W1 --method in-person', 'L2', 'OSS-12'],
    ['a supervisor of the same rank', WITH_COMMAND, 'assign W1 --to P2 --because absence', 'L1', 'OSS-28'],
    [
      'a supervisor of the same rank afterwards',
      ASSIGNED,
      'reassign W1 --because rank --to P2',
      'L1',
      'OSS-28',
    ],
    ['a supervisor to whom it is not assigned', ASSIGNED, 'meet W1 --checklist abcdef', 'S2', 'OSS-27'],
    [
      'command that received it, in place of the supervisor',
      ASSIGNED,
      'meet W1 --checklist abcdef',
      'L1',
      'OSS-27',
    ],
    ['discipline on a plan', ASSIGNED, 'plan W1 --add other:a_written_reprimand', 'S1', 'OSS-06'],
    ['a plan before a meeting', ASSIGNED, 'submit W1', 'S1', 'OSS-34'],
    ['a meeting after the plan', SUBMITTED, 'meet W1 --checklist abcdef', 'S1', 'OSS-34'],
    ['approval for another Area', SUBMITTED, 'approve W1', 'R3', 'OSS-19'],
    [
      'approval by the supervisor who drew it up',
      { ...SUBMITTED, supervisor_id: 'L1' },
      'approve W1',
      'L1',
      'OSS-31',
    ],
    [
      'forwarding to the affected member',
      { ...VALID, member_id: 'R2' },
      'forward W1 --to R2',
      'AN',
      'OSS-18',
    ],
    [
      'a discrepancy on an invalid Work Item',
      { ...VALID, determination: 'invalid', determination_reason: 'duplicate' },
      'discrepancy W1 open --letter l --document d',
      'OS',
      'OSS-51',
    ],
    [
      'a response to an invalid Work Item',
      { ...VALID, determination: 'invalid', determination_reason: 'duplicate' },
      'response W1 --document d',
      'OS',
      'OSS-55',
    ],
    [
      'a discrepancy on one of which the member was not told',
      WITH_COMMAND,
      'discrepancy W1 open --letter l --document d',
      'L1',
      'OSS-51',
    ],
    [
      'a discrepancy on one that is not determined',
      {},
      'discrepancy W1 open --letter l --document d',
      'OS',
      'OSS-51',
    ],
    ['a response of one who was not told', WITH_COMMAND, 'response W1 --document d', 'R2', 'OSS-55'],
    ['a response before a plan', { ...ASSIGNED, ...NOTIFIED }, 'response W1 --document d', 'R2', 'OSS-55'],
    ['corrections by the analyst', SUBMITTED, 'return W1 --reason x', 'AN', 'OSS-47'],
    ['completion without an approved plan', SUBMITTED, 'complete W1', 'S1', 'OSS-49'],
    [
      'a discrepancy decided by a representative',
      { ...ASSIGNED, ...NOTIFIED },
      'discrepancy W1 decide --revised no',
      'R2',
      'OSS-52',
    ],
  ];
  it.for(cases)('%s', async ([, row, line, actor, rule]) => {
    const path = await store(row);
    const { code, err, out } = await oss(path, line, actor, DAY);
    expect([code, out], err).toEqual([4, '']);
    expect(err).toMatch(new RegExp(`\\(${rule}, D20-04 `));
    expect(await localEvents(path)).toEqual([]);
  });

  it('approval by the affected member', async () => {
    const path = await store({ ...SUBMITTED, member_id: 'L2' });
    const { code, err } = await oss(path, 'approve W1', 'L2', DAY);
    expect([code, err.includes('affected member'), err.includes('(OSS-31, ')]).toEqual([4, true, true]);
  });

  it('command that does not outrank the affected member, before it could get as far as approving', async () => {
    const path = await store({
      ...VALID,
      forwarded_at: '2020-11-01T11:00:00',
      area_rep_id: 'R2',
      member_id: 'L2',
    });
    const { code, err } = await oss(path, 'assign W1 --to L1', 'R2', DAY);
    expect([code, err.includes('(OSS-31, ')], err).toEqual([4, true]);
    expect((await oss(path, 'assign W1 --to CO', 'R2', DAY)).code).toBe(0);
  });

  it('a plan with words that discipline, in a support or in an answer', async () => {
    const path = await store({ ...ASSIGNED, met_at: '2020-11-03T10:00:00' });
    for (const plan of [
      '--add other:two_days_without_pay',
      '--answer goal=demote',
      '--add other:a_suspension',
      '--answer goal=a_five_day_suspension',
    ]) {
      const words = `plan W1 ${plan}`.split(' ').map((word) => word.replaceAll('_', ' '));
      const { code, err } = await rollcall(path, ['oss', ...words, '--actor', 'S1', '--as-of', DAY]);
      expect([code, err.includes('(OSS-06, ')], err).toEqual([4, true]);
    }
  });

  it('a change to a plan that is submitted, unless an import brought it without its supports', async () => {
    const path = await store(
      { ...ASSIGNED, met_at: '2020-11-03T10:00:00' },
      {
        events: [
          { work_item_id: 'W1', event: 'plan-submitted', at: '2020-11-03T12:00:00', detail: 'chaplain' },
        ],
      },
    );
    const { code, err } = await oss(path, 'plan W1 --add wellness', 'S1', DAY);
    expect([code, err.includes('(OSS-43, ')], err).toEqual([4, true]);
    const bare = await store({
      ...SUBMITTED,
      command_approved_at: '2020-11-04T10:00:00',
      area_rep_approved_at: '2020-11-04T11:00:00',
    });
    for (const [line, when] of [
      ['plan W1 --add wellness', '2020-11-05T09:00'],
      ['review W1', '2020-11-05T09:01'],
      ['progress W1 --support wellness --status completed', '2020-11-06T09:00'],
      ['complete W1', '2020-11-06T10:00'],
    ] as const)
      expect((await oss(bare, line, 'S1', when)).code, line).toBe(0);
  });

  it('completion while a support is open, and without one', async () => {
    const active = {
      command_approved_at: '2020-11-04T10:00:00',
      area_rep_approved_at: '2020-11-04T11:00:00',
    };
    const bare = await store({ ...SUBMITTED, ...active });
    const first = await oss(bare, 'complete W1', 'S1', '2020-11-05T09:00');
    expect([first.code, first.err.includes('connected')]).toEqual([4, true]);
    const open = await store(
      { ...ASSIGNED, met_at: '2020-11-03T10:00:00', ...active },
      {
        events: [
          { work_item_id: 'W1', event: 'plan-submitted', at: '2020-11-03T12:00:00', detail: 'chaplain' },
        ],
      },
    );
    expect((await oss(open, 'review W1', 'S1', '2020-11-05T08:00')).code).toBe(0);
    const second = await oss(open, 'complete W1', 'S1', '2020-11-05T09:00');
    expect([second.code, second.err.includes('(OSS-49, ')]).toEqual([4, true]);
    expect(
      (await oss(open, 'progress W1 --support chaplain --status completed', 'S1', '2020-11-05T10:00')).code,
    ).toBe(0);
    expect((await oss(open, 'complete W1', 'S1', '2020-11-05T11:00')).code).toBe(0);
  });
});

describe('a Work Item is passed on', () => {
  it('to members of this store alone', async () => {
    const path = await store(VALID);
    expect((await oss(path, 'forward W1 --to NOBODY', 'AN', DAY)).code).toBe(2);
    const here = await store(WITH_COMMAND);
    expect((await oss(here, 'assign W1 --to NOBODY', 'L1', DAY)).code).toBe(2);
  });

  it('to a supervisor who can take the next steps', async () => {
    const { code, err } = await oss(await store(WITH_COMMAND), 'assign W1 --to XO', 'L1', DAY);
    expect([code, err.includes('(OSS-27, ')], err).toEqual([4, true]);
  });

  it('to another command, with the same 48 hours, when the first one draws up the plan', async () => {
    const path = await store({ ...SUBMITTED, supervisor_id: 'L1' }, { events: [SUPPORT] });
    const own = await oss(path, 'approve W1', 'L1', DAY);
    expect([own.code, own.err.includes('drew up the plan')]).toEqual([4, true]);
    expect((await oss(path, 'assign W1 --to L2', 'R2', DAY)).code).toBe(2);
    expect((await oss(path, 'assign W1 --to L2 --because absence', 'R2', DAY)).code).toBe(0);
    const { out } = await oss(path, 'queue', 'L2', DAY);
    expect(out).toContain('approve the plan or return it\tOSS-31\t21 h\t5 Nov 2020 12:00');
    expect((await oss(path, 'approve W1', 'L2', '2020-11-04T10:00')).code).toBe(0);
  });
});

describe('off a terminal what is missing is named', () => {
  const cases: readonly [string, string, string, string][] = [
    ['determine W1', 'AN', '--determination', ''],
    ['forward W1', 'AN', '--to', ''],
    ['notify W1', 'L1', '--method', ''],
    ['notify W1 --method phone', 'L1', '--reason', ''],
    ['reassign W1', 'L1', '--because', ''],
    ['reassign W1 --because rank', 'L1', '--to', ''],
    ['consult W1', 'S1', '--topics', ''],
    ['meet W1', 'S1', '--checklist', ''],
    ['plan W1', 'S1', '--add', ''],
    ['return W1', 'L1', '--reason', ''],
    ['progress W1', 'S1', '--support', ''],
    ['progress W1 --support x --status declined', 'S1', '--reason', ''],
    ['response W1', 'R2', '--document', ''],
    ['discrepancy W1', 'R2', 'open, document, contact, decide, reply', ''],
    ['discrepancy W1 open', 'R2', '--letter', ''],
  ];
  it.for(cases)('%s', async ([line, actor, named]) => {
    const { code, err } = await oss(await store(ASSIGNED), line, actor, DAY);
    expect([code, err.includes(named)], err).toEqual([2, true]);
  });
});

describe('a dated delegation', () => {
  const loan = {
    role: 'supervisor',
    from_member: 'S1',
    to_member: 'S2',
    starts: '2020-11-03',
    ends: '2020-11-05',
  };

  it('makes the act of a designee lawful while it runs, and only then', async () => {
    const path = await store(ASSIGNED, { delegations: [loan] });
    const line = 'meet W1 --checklist abcdef';
    expect((await oss(path, line, 'S2', '2020-11-02T15:00')).code).toBe(4);
    expect((await oss(path, line, 'S2', '2020-11-06T09:00')).code).toBe(4);
    expect((await oss(path, line, 'S2', '2020-11-04T09:00')).code).toBe(0);
  });

  it('lets nobody of the own rank of the member act as the supervisor (OSS-28)', async () => {
    const path = await store(ASSIGNED, { delegations: [{ ...loan, to_member: 'P2' }] });
    const { code, err } = await oss(path, 'meet W1 --checklist abcdef', 'P2', DAY);
    expect([code, err.includes('(OSS-28, ')], err).toEqual([4, true]);
    const met = { work_item_id: 'W1', event: 'met', at: '2020-11-04T09:00:00', by: 'P2', detail: 'abcdef' };
    const told = await store(ASSIGNED, { delegations: [{ ...loan, to_member: 'P2' }], events: [met] });
    expect(await findings(told)).toContain('OSS-28 RANK_NOT_HIGHER');
  });

  it('lends command to somebody who holds no such role', async () => {
    const lent = { ...loan, role: 'watch-operations-lieutenant', from_member: 'L1', to_member: 'XO' };
    const path = await store(WITH_COMMAND, { delegations: [lent] });
    expect((await oss(path, 'notify W1 --method in-person', 'XO', '2020-11-06T12:00')).code).toBe(4);
    expect((await oss(path, 'notify W1 --method in-person', 'XO', '2020-11-04T12:00')).code).toBe(0);
  });

  it('lends nobody the Area of another representative beyond its days', async () => {
    const lent = { ...loan, role: 'oss-area-rep', from_member: 'R2', to_member: 'R3' };
    const path = await store(SUBMITTED, { delegations: [lent], events: [SUPPORT] });
    expect((await oss(path, 'approve W1', 'R3', '2020-11-06T12:00')).code).toBe(4);
    expect((await oss(path, 'approve W1', 'R3', '2020-11-04T12:00')).code).toBe(0);
  });
});

describe('a plan', () => {
  it('becomes active by two approvals in either order', async () => {
    for (const order of [
      ['L1', 'R2'],
      ['R2', 'L1'],
    ]) {
      const path = await store(SUBMITTED, { events: [SUPPORT] });
      const [first = '', second = ''] = order;
      expect((await oss(path, 'approve W1', first, DAY)).out).toContain('the other approval is still needed');
      expect((await oss(path, 'approve W1', first, '2020-11-04T09:30')).code).toBe(2);
      expect((await oss(path, 'approve W1', second, '2020-11-04T10:00')).out).toContain('plan is active');
    }
  });

  it('is approved by neither side without a support on record (OSS-43)', async () => {
    const path = await store(SUBMITTED);
    for (const actor of ['L1', 'R2'])
      expect(await oss(path, 'approve W1', actor, DAY)).toMatchObject({
        code: 4,
        err: expect.stringMatching(/\(OSS-43, D20-04 .*\)[\s\S]*rollcall oss plan --add/),
      });
    const waits = async (actor: string) =>
      JSON.parse((await oss(path, 'queue --json', actor, '2020-11-04T09:15')).out).items.map(
        (task: { verb: string }) => task.verb,
      );
    const verbs = async () => [await waits('L1'), await waits('R2'), await waits('S1')];
    expect(await verbs()).toEqual([['notify', 'return'], ['return'], ['plan']]);
    expect((await oss(path, 'plan W1 --add chaplain', 'S1', DAY)).code).toBe(0);
    expect(await verbs()).toEqual([['notify', 'approve'], ['approve'], []]);
    for (const actor of ['L1', 'R2'])
      expect((await oss(path, 'approve W1', actor, '2020-11-04T09:30')).code).toBe(0);
  });

  it('approved without a support on record is approved anew once one is entered', async () => {
    const path = await store({ ...SUBMITTED, command_approved_at: '2020-11-04T08:00:00' });
    const added = await oss(path, 'plan W1 --add chaplain', 'S1', DAY);
    expect(added.out).toContain('put on the plan after the approval of command (OSS-31, ');
    expect(added.out).toContain('it is to be given anew');
    const rep = await oss(path, 'approve W1 --json', 'R2', '2020-11-04T10:00');
    expect(JSON.parse(rep.out)).toMatchObject({ state: 'plan-approved' });
    const command = await oss(path, 'approve W1 --json', 'L1', '2020-11-04T11:00');
    expect(JSON.parse(command.out)).toMatchObject({ state: 'plan-active' });
  });

  it('is found fault with once when a log tells of it without a support, and not in a row of dates', async () => {
    const approved = { event: 'command-approved', at: '2020-11-04T10:00:00', by: 'L1' };
    const planned = [SUPPORT, { ...SUPPORT, event: 'plan-submitted', at: '2020-11-03T12:00:00', detail: '' }];
    const [support, submitted] = planned.map((row) => ({ ...row, by: 'S1' }));
    const met = { ...ASSIGNED, met_at: '2020-11-03T10:00:00' };
    const approval = { work_item_id: 'W1', ...approved };
    expect(await findings(await store(SUBMITTED, { events: [approval] }))).toEqual([]);
    expect(await findings(await store(met, { events: [submitted, approval] }))).toEqual([
      'OSS-43 NO_SUPPORT',
    ]);
    expect(await findings(await store(met, { events: [support, submitted, approval] }))).toEqual([]);
  });

  it('after dramatic corrections waits for a second meeting', async () => {
    const path = await store(SUBMITTED, {
      events: [
        { work_item_id: 'W1', event: 'returned', at: '2020-11-04T08:00:00', reason: 'x', detail: 'dramatic' },
      ],
    });
    const add = 'plan W1 --add chaplain --answer contributed=a --answer goal=b --answer follow-up=c';
    expect((await oss(path, add, 'S1', DAY)).code).toBe(0);
    const early = await oss(path, 'submit W1', 'S1', '2020-11-04T09:30');
    expect([early.code, early.err.includes('(OSS-48, ')]).toEqual([4, true]);
    expect((await oss(path, 'meet W1 --checklist abcdef', 'S1', '2020-11-04T10:00')).code).toBe(0);
    expect((await oss(path, 'submit W1', 'S1', '2020-11-04T11:00')).out).toContain('6 Nov 2020 11:00');
  });

  it('with other supports than the returned one says that a dramatic change asks for a meeting (OSS-48)', async () => {
    const returned = { work_item_id: 'W1', event: 'returned', at: '2020-11-04T08:00:00', reason: 'x' };
    const answers = '--answer contributed=a --answer goal=b --answer follow-up=c';
    const path = await store(SUBMITTED, { events: [SUPPORT, returned] });
    const same = await oss(path, `plan W1 ${answers}`, 'S1', DAY);
    expect([same.code, same.out.includes('OSS-48')]).toEqual([0, false]);
    const added = await oss(path, 'plan W1 --add wellness --with-member', 'S1', '2020-11-04T09:30');
    expect(added.out).toContain('rollcall oss meet comes before rollcall oss submit (OSS-48)');
    const early = await oss(path, 'submit W1 --json --dry-run', 'S1', '2020-11-04T10:00');
    expect(JSON.parse(early.out).remarks).toMatchObject([{ rule: 'OSS-48', code: 'CHANGED_NOT_MET' }]);
    expect((await oss(path, 'meet W1 --checklist abcdef', 'S1', '2020-11-04T11:00')).code).toBe(0);
    expect((await oss(path, 'plan W1 --remove wellness', 'S1', '2020-11-04T11:30')).out).not.toContain(
      'OSS-48',
    );
    const later = await oss(path, 'submit W1 --json', 'S1', '2020-11-04T12:00');
    expect(JSON.parse(later.out).remarks).toEqual([]);
  });

  it('resubmitted with other supports and no meeting is found fault with in a log of steps', async () => {
    const step = (event: string, hour: string, detail = '') => ({
      ...{ work_item_id: 'W1', event, at: `2020-11-0${hour}:00:00`, reason: 'x', detail },
    });
    const first = [step('plan-submitted', '3T12', 'chaplain'), step('returned', '4T08')];
    const met = { ...ASSIGNED, met_at: '2020-11-03T10:00:00' };
    const found = async (...more: readonly ReturnType<typeof step>[]) =>
      findings(await store(met, { events: [...first, ...more] }));
    const other = step('plan-submitted', '4T10', 'chaplain;wellness');
    expect(await found(other)).toEqual(['OSS-48 CHANGED_NOT_MET']);
    expect(await found(step('planned', '4T09', 'wellness'), step('plan-submitted', '4T10'))).toEqual([
      'OSS-48 CHANGED_NOT_MET',
    ]);
    expect(await found(step('met', '4T09'), other)).toEqual([]);
    expect(await found(step('plan-submitted', '4T10', 'chaplain'))).toEqual([]);
  });

  it('is found fault with when an export tells of one without a support', async () => {
    const path = await store(
      { ...ASSIGNED, met_at: '2020-11-03T10:00:00' },
      {
        events: [{ work_item_id: 'W1', event: 'plan-submitted', at: '2020-11-03T12:00:00', detail: 'none' }],
      },
    );
    expect(await findings(path)).toEqual(['OSS-43 NO_SUPPORT']);
  });
});

describe('another supervisor', () => {
  it('reviews, confers and meets anew before the plan is submitted', async () => {
    const path = await store(ASSIGNED);
    const plan = 'plan W1 --add chaplain --answer contributed=a --answer goal=b --answer follow-up=c';
    await oss(path, 'meet W1 --checklist abcdef', 'S1', '2020-11-03T10:00');
    expect((await oss(path, plan, 'S1', '2020-11-03T11:00')).code).toBe(0);
    await oss(path, 'reassign W1 --because discomfort --to S2', 'L1', '2020-11-04T09:00');
    expect(await oss(path, 'submit W1', 'S2', '2020-11-04T10:00')).toMatchObject({
      code: 4,
      err: expect.stringContaining('OSS-34'),
    });
    await oss(path, 'meet W1 --checklist abcdef', 'S2', '2020-11-04T11:00');
    expect((await oss(path, 'submit W1', 'S2', '2020-11-04T12:00')).code).toBe(0);
  });

  it('takes over a plan under review, and meets the member should it come back', async () => {
    const path = await store({ ...SUBMITTED, member_id: 'P1' });
    const turned = await oss(path, 'reassign W1 --because absence --to S2 --json', 'L1', DAY);
    expect(JSON.parse(turned.out)).toMatchObject({ state: 'plan-submitted' });
    await oss(path, 'return W1 --reason more', 'L1', '2020-11-04T10:00');
    const again = await oss(path, 'submit W1', 'S2', '2020-11-04T11:00');
    expect(again.err).toContain('OSS-34');
  });
});

describe('corrections', () => {
  it('of the representative go to command, who returns the plan within its 48 hours (OSS-23)', async () => {
    const path = await store(SUBMITTED);
    const asked = await oss(path, 'return W1 --reason more --json', 'R2', DAY);
    expect(JSON.parse(asked.out)).toMatchObject({
      step: 'modifications-asked',
      state: 'plan-submitted',
    });
    expect(JSON.parse(asked.out).clocks).toContainEqual(expect.objectContaining({ rule: 'OSS-31' }));
    const queue = JSON.parse((await oss(path, 'queue --json', 'L1', DAY)).out);
    expect(queue.items).toContainEqual(expect.objectContaining({ verb: 'return', rule: 'OSS-23' }));
    const today = JSON.parse(
      (await rollcall(path, ['today', '--actor', 'L1', '--as-of', DAY, '--json'])).out,
    );
    expect(today.items).toContainEqual(
      expect.objectContaining({ id: 'W1', command: 'rollcall oss return W1 --reason <text>' }),
    );
  });

  it('of the OSSU supervisor neither keep nor break the 48 hours of command', async () => {
    const path = await store(SUBMITTED);
    await oss(path, 'return W1 --reason more', 'OS', DAY);
    const why = JSON.parse(
      (await rollcall(path, ['why', 'W1', '--actor', 'OS', '--as-of', DAY, '--json'])).out,
    );
    expect(why.items).toContainEqual(
      expect.objectContaining({ rule: 'OSS-31', endedBy: 'withdrawn', timeliness: 'cannotTell' }),
    );
  });
});

describe('a discrepancy', () => {
  it('on one that is found invalid afterwards is dealt with no further, and waits for nobody', async () => {
    const [opened, invalid] = [
      { work_item_id: 'W1', event: 'discrepancy', at: '2020-11-03T08:00:00', detail: 'letter' },
      {
        ...{ work_item_id: 'W1', event: 'determined-invalid', at: '2020-11-03T09:00:00', by: 'AN' },
        reason: 'duplicate',
      },
    ];
    const path = await store({ ...ASSIGNED, ...NOTIFIED }, { events: [opened, invalid] });
    const refused = async (line: string) => {
      const { code, err } = await oss(path, `discrepancy W1 ${line}`, 'OS', DAY);
      return [code, err.includes('no notice to the member stands'), err.includes('invalid')];
    };
    for (const line of [
      'contact --party p',
      'decide --revised no',
      'reply --letter l',
      'document --document d',
    ])
      expect(await refused(line), line).toEqual([4, true, false]);
    expect((await oss(path, 'queue', 'OS', DAY)).out).not.toContain('deal with a discrepancy');
  });
});

describe('documents', () => {
  it('that come later open a discrepancy that was not reviewed', async () => {
    const path = await store({ ...ASSIGNED, ...NOTIFIED });
    await oss(path, 'discrepancy W1 open --letter l', 'L1', DAY);
    const contact = 'discrepancy W1 contact --party p';
    expect((await oss(path, contact, 'OS', '2020-11-04T10:00')).err).toContain('OSS-54');
    expect((await oss(path, 'discrepancy W1 document --document d', 'L1', '2020-11-04T11:00')).code).toBe(0);
    expect((await oss(path, contact, 'OS', '2020-11-04T12:00')).code).toBe(0);
  });
});

describe('an import is judged like an act by hand', () => {
  const imported = async (row: Readonly<Record<string, string>>) => findings(await store(row));

  it('in who received it, by which model, and to whom it was forwarded', async () => {
    expect(await imported({ ...WITH_COMMAND, command_id: 'S1' })).toEqual(['OSS-21 NOT_COMMAND']);
    expect(await imported({ models: 'other' })).toEqual(['OSS-03 UNKNOWN_MODEL']);
    const own = { ...VALID, member_id: 'R2', forwarded_at: '2020-11-01T11:00:00', area_rep_id: 'R2' };
    expect(await imported(own)).toContain('OSS-18 OWN_WORK_ITEM');
  });

  it('in two rows of one instant: one event, and the row that was not taken is told of', async () => {
    const path = await store(ASSIGNED);
    const file = join(temporaryFolder(), 'events.csv');
    const row = 'W1,planned,2020-11-03T11:00:00';
    writeFileSync(file, `work_item_id,event,at,detail\n${row},chaplain\n${row},wellness\n${row},chaplain\n`);
    const line = ['import', file, '--as', 'oss-events', '--actor', 'AN', '--json'];
    const first = JSON.parse((await rollcall(path, line)).out).items[0];
    expect(first).toMatchObject({ inserted: 1, unchanged: 2, findings: 1 });
    const again = JSON.parse((await rollcall(path, line)).out).items[0];
    expect(again).toMatchObject({ inserted: 0, unchanged: 3, findings: 0 });
    expect(await findings(path)).toEqual(['null SAME_INSTANT']);
  });

  it('in what is on a submitted plan', async () => {
    const path = await store(SUBMITTED, {
      events: [
        { work_item_id: 'W1', event: 'plan-submitted', at: '2020-11-03T12:30:00', detail: 'suspension' },
      ],
    });
    expect(await findings(path)).toContain('OSS-06 DISCIPLINARY');
  });
});

describe('acting', () => {
  it('writes nothing on a dry run', async () => {
    const path = await store({});
    const { code, out } = await oss(
      path,
      'determine W1 --determination valid --dry-run',
      'AN',
      '2020-11-02T09:00',
    );
    expect([code, out.includes('dry run, nothing written')]).toEqual([0, true]);
    expect(await localEvents(path)).toEqual([]);
  });

  it('remarks on what a meeting left out and does not refuse it', async () => {
    const path = await store(ASSIGNED);
    const { out } = await oss(path, 'meet W1 --checklist abdef --json', 'S1', DAY);
    expect(JSON.parse(out).remarks).toMatchObject([
      { rule: 'OSS-37', code: 'MEETING_C_MISSING' },
      { rule: 'OSS-33', code: 'NOT_CONFERRED' },
    ]);
  });

  it('records two different steps of one second, and none of them twice', async () => {
    const path = await store(ASSIGNED);
    const tried = async (line: string, actor = 'S1') => (await oss(path, line, actor, DAY)).code;
    expect(await tried('consult W1 --topics plan')).toBe(0);
    expect(await tried('consult W1 --topics supports')).toBe(0);
    expect(await tried('consult W1 --topics plan', 'R2')).toBe(0);
    const again = await oss(path, 'consult W1 --topics supports', 'S1', DAY);
    expect([again.code, again.err.includes('recorded already')]).toEqual([2, true]);
    expect(await tried('plan W1 --add chaplain')).toBe(0);
    expect(await tried('plan W1 --add wellness')).toBe(0);
    const shown = JSON.parse((await oss(path, 'show W1 --json', 'S1', DAY)).out);
    expect(JSON.stringify(shown)).toMatch(/chaplain.*wellness/);
    const audit = await rollcall(path, ['audit', 'verify']);
    expect(audit.code).toBe(0);
  });

  it('records the progress of two supports within one second', async () => {
    const approved = {
      command_approved_at: '2020-11-03T13:00:00',
      area_rep_approved_at: '2020-11-03T14:00:00',
    };
    const supports = { ...SUPPORT, detail: 'chaplain;wellness' };
    const path = await store({ ...SUBMITTED, ...approved }, { events: [supports] });
    for (const support of ['chaplain', 'wellness'])
      expect((await oss(path, `progress W1 --support ${support} --status completed`, 'S1', DAY)).code).toBe(
        0,
      );
    expect((await oss(path, 'review W1', 'S1', DAY)).code).toBe(0);
    expect((await oss(path, 'complete W1', 'S1', DAY)).code).toBe(0);
  });

  it('keeps highlights out of every event', async () => {
    const path = await store(ASSIGNED);
    const file = join(temporaryFolder(), 'notes.txt');
    writeFileSync(file, 'SECRETWORDS');
    expect((await oss(path, `meet W1 --checklist abcdef --highlights ${file}`, 'S1', DAY)).code).toBe(0);
    const contents = await read(path, (reader) => reader.db.selectFrom('event').select('content').execute());
    expect(JSON.stringify(contents)).not.toContain('SECRETWORDS');
    expect((await oss(path, 'highlights W1', 'S1', '2020-11-05')).out).toContain('SECRETWORDS');
    expect((await oss(path, 'highlights W1', 'L1', '2020-11-05')).out).toContain('SECRETWORDS');
    expect((await oss(path, 'highlights W1', 'R2', '2020-11-05')).out).not.toContain('SECRETWORDS');
  });

  it("names a supervisor who in fact has become the system's own (OSS-10)", async () => {
    const items = ['W1', 'W2', 'W3'].map((work_item_id) => ({
      ...ITEM,
      ...ASSIGNED,
      work_item_id,
      supervisor_id: 'S2',
    }));
    const path = freshStore();
    await fill(path, { items });
    const { out } = await oss(path, 'staffing --json', 'OS', '2020-11-10');
    expect(JSON.parse(out).concentrations).toEqual([
      { supervisorId: 'S2', district: '005', items: 3, of: 3, share: 1 },
    ]);
  });

  it('never leaves the Department without authority, and marks what does', async () => {
    const path = await store(ASSIGNED);
    const refused = await oss(path, 'export --external --authority court-order', 'OS', '2020-11-10');
    expect([refused.code, refused.err.includes('(OSS-57, ')]).toEqual([4, true]);
    const line = [
      'oss',
      'export',
      '--external',
      '--authority',
      'court-order',
      '--ref',
      'N1',
      '--format',
      'csv',
    ];
    const { out } = await rollcall(path, [...line, '--actor', 'OS', '--as-of', '2020-11-10']);
    expect(out).toContain('court-order, reference N1 (OSS-57)');
  });
});

async function localEvents(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('event').select('name').where('origin', '=', 'local').execute(),
  );
  return rows.map((row) => row.name);
}

async function findings(path: string): Promise<readonly string[]> {
  const rows = await read(path, (reader) =>
    reader.db.selectFrom('finding').select(['rule', 'code']).execute(),
  );
  return rows.map((row) => `${row.rule} ${row.code}`).sort();
}
