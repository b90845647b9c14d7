import { describe, expect, it } from 'vitest';
import { concernsAccept } from '../../src/concerns/commands/accept.ts';
import { concernsAccess } from '../../src/concerns/commands/access.ts';
import { concernsAdd } from '../../src/concerns/commands/add.ts';
import { concernsApprove } from '../../src/concerns/commands/approve.ts';
import { concernsAssign } from '../../src/concerns/commands/assign.ts';
import { concernsAssociate } from '../../src/concerns/commands/associate.ts';
import { concernsClose } from '../../src/concerns/commands/close.ts';
import { concernsComplete } from '../../src/concerns/commands/complete.ts';
import { concernsCriminal } from '../../src/concerns/commands/criminal.ts';
import { concernsDecide } from '../../src/concerns/commands/decide.ts';
import { concernsDisapprove } from '../../src/concerns/commands/disapprove.ts';
import { concernsDispute } from '../../src/concerns/commands/dispute.ts';
import { concernsExtend } from '../../src/concerns/commands/extend.ts';
import { concernsHazard } from '../../src/concerns/commands/hazard.ts';
import { concernsNotAccept } from '../../src/concerns/commands/not-accept.ts';
import { concernsReassign } from '../../src/concerns/commands/reassign.ts';
import { concernsSeparate } from '../../src/concerns/commands/separate.ts';
import { concernsSubmit } from '../../src/concerns/commands/submit.ts';
import { concernsDirective } from '../../src/concerns/directive.ts';
import { read } from '../../src/store/store.ts';
import { at } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

const ASSIGNED = {
  accessed_at: '2020-11-02T09:00:00',
  accepted_at: '2020-11-02T09:30:00',
  assigned_at: '2020-11-02T10:00:00',
  assigned_unit: '5',
};

const assigned = (...more: readonly Readonly<Record<string, string>>[]) =>
  office([row('C1', ASSIGNED), ...more]);

async function columns(path: string, id = 'C1') {
  return read(path, (reader) =>
    reader.db.selectFrom('concern').selectAll().where('control_number', '=', id).executeTakeFirstOrThrow(),
  );
}

describe('intake', () => {
  const told = {
    origin: 'phone',
    category: 'noise',
    description: 'music',
    address: '700 W 103RD ST',
    beat: '511',
  };

  it('gives a control number of the year and takes the district from the beat', async () => {
    const path = await office();
    const add = as(path, 'CP1', '2020-11-02T10:00');
    expect((await add(concernsAdd, null, told)).data).toMatchObject({
      id: 'CC-2020-000001',
      district: '005',
    });
    expect((await add(concernsAdd, null, told)).data).toMatchObject({
      id: 'CC-2020-000002',
      state: 'submitted',
    });
    expect(await columns(path, 'CC-2020-000001')).toMatchObject({ origin: 'phone', beat: '0511' });
  });

  it('is for sworn community policing staff (CC-12), and needs every fact', async () => {
    const path = await office();
    const add = (actor: string, options: Record<string, string>) =>
      as(path, actor, '2020-11-02T10:00')(concernsAdd, null, options);
    await expect(add('CV1', told)).rejects.toThrow(/not sworn \(CC-12/);
    await expect(add('LT1', told)).rejects.toMatchObject({ kind: 'refused' });
    await expect(add('CP1', { ...told, beat: '' })).rejects.toThrow(/--beat/);
  });

  it('writes nothing on a dry run', async () => {
    const path = await office();
    await as(path, 'CP1', '2020-11-02T10:00', { dryRun: true })(concernsAdd, null, told);
    await expect(columns(path, 'CC-2020-000001')).rejects.toThrow();
  });
});

describe('an immediate hazard (CSR-03)', () => {
  const wire = {
    origin: 'phone',
    category: 'street',
    description: 'live wire down on the walk',
    address: '700 W 103RD ST',
    beat: '511',
  };
  const heard = () => {
    const warnings: string[] = [];
    return { warnings, warn: (text: string) => warnings.push(text) };
  };
  const CODES = ['HAZARD', 'HAZARD_WITHOUT_NOTICE', 'HAZARD_WITHOUT_NOTICE'];
  const codes = ({ data }: { data: unknown }) =>
    (data as { remarks: readonly { code: string }[] }).remarks.map(({ code }) => code);

  async function standing(path: string) {
    return read(path, async (reader) => ({
      view: await concernsDirective.find(reader, 'CC-2020-000001', at('2020-11-03T12:00')),
      findings: await reader.db.selectFrom('finding').select(['code', 'ended_at']).execute(),
    }));
  }

  it('is kept, warns, and names the options by which the notices are told', async () => {
    const path = await office();
    const { warnings, warn } = heard();
    const kept = await as(path, 'CP1', '2020-11-02T10:00', { warn })(concernsAdd, null, wire);
    expect(kept.data).toMatchObject({ hazard: true });
    expect(codes(kept)).toEqual(CODES);
    expect(warnings).toEqual([
      expect.stringMatching(/tell OEMC and the supervisor \(CSR-03, S02-03-03 II\.B\)/),
      expect.stringContaining('no notice to OEMC is recorded'),
      expect.stringContaining('no notice to the supervisor is recorded'),
    ]);
    expect(kept.document.notes).toContain(
      'Record the notices: rollcall concerns hazard CC-2020-000001 --oemc-notified <text> --supervisor-notified <text>',
    );
    expect((await standing(path)).findings).toEqual(CODES.map((code) => ({ code, ended_at: null })));
  });

  it('is kept without its address and beat: what is missing is remarked on', async () => {
    const path = await office();
    const { beat, origin, category, description } = wire;
    const unplaced = { origin, category, description };
    const kept = await as(path, 'CP1', '2020-11-02T10:00')(concernsAdd, null, unplaced);
    expect(kept.data).toMatchObject({ hazard: true, beat: null, district: null });
    expect(codes(kept)).toEqual([...CODES, 'HAZARD_WITHOUT_PLACE']);
    const half = await as(path, 'CP1', '2020-11-02T10:00')(concernsAdd, null, { ...unplaced, beat });
    expect((half.data as { remarks: readonly { text: string }[] }).remarks.at(-1)?.text).toContain(
      'no address',
    );
    const noise = { ...wire, description: 'music' };
    for (const [missing, rest] of [
      ['--address', { ...noise, address: '' }],
      ['--beat', { ...noise, beat: '' }],
    ] as const)
      await expect(as(path, 'CP1', '2020-11-02T10:00')(concernsAdd, null, rest)).rejects.toThrow(
        `${missing} <${missing.slice(2)}> is missing`,
      );
  });

  it('is in no district by a beat of no geography, so that every office has it', async () => {
    const path = await office();
    const kept = await as(path, 'CP1', '2020-11-02T10:00')(concernsAdd, null, { ...wire, beat: '9999' });
    expect(kept.data).toMatchObject({ hazard: true, beat: null, district: null });
    expect((kept.data as { remarks: readonly { text: string }[] }).remarks.at(-1)?.text).toBe(
      'where it is was not fully told: no known beat (9999 was told)',
    );
    expect(kept.document.notes).toContain(
      'It waits for the community policing sergeant of its district (CC-14).',
    );
  });

  it('has only the notice remarked on that is missing', async () => {
    const path = await office();
    const open = async () =>
      read(path, (reader) =>
        reader.db
          .selectFrom('finding')
          .select('text')
          .where('code', '=', 'HAZARD_WITHOUT_NOTICE')
          .where('ended_at', 'is', null)
          .execute(),
      );
    await as(path, 'CP1', '2020-11-02T10:00')(concernsAdd, null, wire);
    await as(path, 'CP1', '2020-11-02T10:30')(concernsHazard, 'CC-2020-000001', { oemcNotified: 'radio' });
    expect(await open()).toEqual([{ text: 'no notice to the supervisor is recorded' }]);
  });

  it('is never refused for who enters it: that is remarked on', async () => {
    const path = await office();
    for (const [actor, code] of [
      ['PO1', 'WRONG_ROLE'],
      ['CV1', 'NOT_SWORN'],
      ['SG7', 'OTHER_DISTRICT'],
    ] as const) {
      const kept = await as(path, actor, '2020-11-02T10:00')(concernsAdd, null, wire);
      expect(codes(kept)).toEqual([code, ...CODES]);
    }
    const nobody = as(path, 'NOBODY', '2020-11-02T10:00')(concernsAdd, null, wire);
    await expect(nobody).rejects.toMatchObject({ kind: 'refused' });
  });

  it('tells how the concern stands to those alone who may see it, and remarks where it reads like none', async () => {
    const path = await office([row('C1', { accepted_at: '2020-11-02T09:00:00' })]);
    const told = (actor: string) =>
      as(path, actor, '2020-11-02T10:00', { dryRun: true })(concernsHazard, 'C1', {
        oemcNotified: 'by radio',
      });
    expect((await told('SG1')).data).toMatchObject({ state: 'accepted' });
    for (const actor of ['PO1', 'SG7']) {
      const { data, document } = await told(actor);
      expect(data).toMatchObject({ state: null, clocks: [] });
      expect(JSON.stringify(document)).not.toContain('accepted');
      expect(codes({ data })).toEqual(['NOT_LIKE_A_HAZARD']);
    }
  });

  it('has its notices with it or later, by whoever told them', async () => {
    const path = await office();
    await as(path, 'PO1', '2020-11-02T10:00')(concernsAdd, null, { ...wire, oemcNotified: '09:58 by radio' });
    const tell = as(path, 'PO1', '2020-11-02T11:00');
    await expect(tell(concernsHazard, 'CC-2020-000001')).rejects.toThrow(/no notice is told/);
    await tell(concernsHazard, 'CC-2020-000001', { supervisorNotified: 'SU1 10:02' });
    const { view, findings } = await standing(path);
    expect(findings).toContainEqual({ code: 'HAZARD_WITHOUT_NOTICE', ended_at: at('2020-11-02T11:00') });
    expect(view?.facts).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'oemcNotified', value: '09:58 by radio' }),
        expect.objectContaining({ key: 'supervisorNotified', value: 'SU1 10:02' }),
      ]),
    );
  });

  it('asks on a terminal for the notices, and takes no answer for one', async () => {
    const path = await office();
    const asked: string[] = [];
    const never = async () => Promise.reject(new Error('not asked'));
    const text = async (question: string) => {
      asked.push(question);
      return asked.length === 1 ? '09:58 by radio' : '';
    };
    const prompt = { select: never, confirm: never, secret: never, text };
    const add = as(path, 'CP1', '2020-11-02T10:00', { interactive: true, prompt, say: () => undefined });
    expect(codes(await add(concernsAdd, null, wire))).toEqual(CODES.slice(0, 2));
    expect(asked).toEqual([
      'When and how was OEMC told? (empty: not yet)',
      'And the supervisor? (empty: not yet)',
    ]);
  });
});

describe('the first access', () => {
  it("is the sergeant's: it starts the 36 hours of a webportal concern, and nobody else's does", async () => {
    const path = await office([row('C1')]);
    const by = (actor: string, when: string) => as(path, actor, when)(concernsAccess, 'C1');
    expect((await by('XO1', '2020-11-02T09:00')).data).toMatchObject({ state: 'submitted', acceptBy: null });
    expect((await by('SG1', '2020-11-02T12:00')).data).toMatchObject({ acceptBy: '2020-11-04T06:00:00Z' });
    expect((await by('SG1', '2020-11-03T12:00')).data).toMatchObject({ acceptBy: '2020-11-04T06:00:00Z' });
  });

  it('is refused to those outside the district, and to those without any role (CC-10)', async () => {
    const path = await office([row('C1')]);
    for (const actor of ['SG7', 'PO1'])
      await expect(as(path, actor, '2020-11-02T12:00')(concernsAccess, 'C1')).rejects.toThrow(/CC-10/);
  });
});

describe('accepting or not', () => {
  it('is judged by role, and counts as the first access', async () => {
    const path = await office([row('C1')]);
    const byOfficer = as(path, 'CP1', '2020-11-02T12:00')(concernsAccept, 'C1');
    await expect(byOfficer).rejects.toThrow(/CC-15, S02-03-03 VII\.B\.1/);
    await as(path, 'SG1', '2020-11-02T12:00')(concernsAccept, 'C1');
    expect(await columns(path)).toMatchObject({ state: 'accepted', first_accessed_at: expect.any(Number) });
    await expect(as(path, 'SG1', '2020-11-02T13:00')(concernsAccept, 'C1')).rejects.toThrow(
      /does not follow/,
    );
  });

  it('takes a crime that needs action at once only with its three evidences (CC-19)', async () => {
    const path = await office([row('C1')]);
    const turn = as(path, 'SG1', '2020-11-02T12:00');
    const reason = 'CRIMINAL_IMMEDIATE';
    await expect(turn(concernsNotAccept, 'C1', { reason, reportNumber: 'JD1' })).rejects.toThrow(
      /--investigator/,
    );
    await turn(concernsNotAccept, 'C1', {
      reason,
      reportNumber: 'JD1',
      investigator: 'PO1',
      notified: 'SS1',
    });
    expect(await columns(path)).toMatchObject({ state: 'not-accepted' });
    const event = await read(path, (reader) =>
      reader.db
        .selectFrom('event')
        .select('content')
        .where('name', '=', 'not-accepted')
        .executeTakeFirstOrThrow(),
    );
    expect(JSON.parse(event.content ?? '')).toMatchObject({ reason, report_number: 'JD1', notified: 'SS1' });
  });

  it('asks OTHER for words and records which station supervisor was told of a crime (CC-18)', async () => {
    const path = await office([row('C1')]);
    const turn = as(path, 'SG1', '2020-11-02T12:00');
    await expect(turn(concernsNotAccept, 'C1', { reason: 'OTHER' })).rejects.toMatchObject({ kind: 'usage' });
    await expect(turn(concernsCriminal, 'C1', { notified: 'LT1' })).rejects.toThrow(/CC-18/);
    expect((await turn(concernsCriminal, 'C1', { notified: 'SS1' })).data).toMatchObject({
      events: ['criminal'],
    });
  });
});

describe('assignment', () => {
  it('gives each unit a clock of its own, and a building to unit 241 alone (CC-16)', async () => {
    const path = await office([row('C1'), row('C2', { category: 'vacant building' })]);
    const assign = as(path, 'SG1', '2020-11-03T12:00');
    const { data } = await assign(concernsAssign, 'C1', { unit: ['5', '241'] });
    expect(data).toMatchObject({ state: 'assigned', clocks: [{ unit: '5' }, { unit: '241' }] });
    await expect(assign(concernsAssign, 'C2', { unit: ['5'] })).rejects.toThrow(/CC-16/);
    await expect(assign(concernsAssign, 'C2', { unit: ['5', '241'] })).rejects.toThrow(
      'a building concern goes to unit 241 alone, not to unit 5',
    );
    const other = assign(concernsAssign, 'C2', { unit: ['241'], member: 'PO1' });
    await expect(other).rejects.toThrow(/CC-27/);
    await expect(assign(concernsAssign, 'C2', { unit: ['999'] })).rejects.toMatchObject({ kind: 'usage' });
  });

  it('to a supervisor or a member changes neither the due day nor the number of moves (CC-21, A-CC-10)', async () => {
    const path = await assigned();
    const { data } = await as(path, 'LT1', '2020-11-04T12:00')(concernsAssign, 'C1', { supervisor: 'SU1' });
    expect(data).toMatchObject({ clocks: [{ unit: '5', dueAt: '2020-11-10T05:59:59Z' }] });
    const supervisor = as(path, 'SU1', '2020-11-04T13:00');
    await supervisor(concernsAssign, 'C1', { member: 'PO1' });
    expect(await columns(path)).toMatchObject({ reassignments: 0 });
    await expect(supervisor(concernsAssign, 'C1', { supervisor: 'SU1' })).rejects.toThrow(/CC-21/);
    await expect(supervisor(concernsAssign, 'C1', { member: 'CO2' })).rejects.toThrow(
      /CO2 of unit 241, and not to a member of unit 5 \(CC-27/,
    );
    const nobody = as(path, 'LT1', '2020-11-04T14:00')(concernsAssign, 'C1', { supervisor: 'NOBODY' });
    await expect(nobody).rejects.toMatchObject({ kind: 'usage' });
  });

  it('moves from the unit that is named, and to none (CC-34)', async () => {
    const path = await assigned();
    const sergeant = (when: string) => as(path, 'SG1', when);
    await sergeant('2020-11-02T11:00')(concernsAssign, 'C1', { unit: ['241'] });
    const moved = await sergeant('2020-11-03T11:00')(concernsReassign, 'C1', { unit: '145', from: '5' });
    expect(moved.data).toMatchObject({ clocks: [{ unit: '241' }, { unit: '145' }] });
    const none = { unit: 'none' };
    const one = await sergeant('2020-11-04T11:00')(concernsReassign, 'C1', none);
    expect(one.data).toMatchObject({ state: 'assigned', clocks: [{ unit: '241' }] });
    const both = await sergeant('2020-11-04T12:00')(concernsReassign, 'C1', none);
    expect(both.data).toMatchObject({ state: 'unassigned', clocks: [{ unit: '005' }] });
    expect(await columns(path)).toMatchObject({ reassignments: 3 });
  });
});

describe('an extension', () => {
  const why = { justification: 'court date set' };

  it('is granted once in the first 7 days and adds 7 to the due day (CC-07, CC-08, A-CC-2)', async () => {
    const path = await assigned();
    const { data } = await as(path, 'TL1', '2020-11-04T12:00')(concernsExtend, 'C1', why);
    expect(data).toMatchObject({ clocks: [{ dueAt: '2020-11-17T05:59:59Z' }] });
    await expect(as(path, 'TL1', '2020-11-05T12:00')(concernsExtend, 'C1', why)).rejects.toThrow(/CC-07/);
    await expect(as(path, 'TL1', '2020-11-12T12:00')(concernsExtend, 'C1', why)).rejects.toThrow(/CC-08/);
    const second = await as(path, 'LT1', '2020-11-16T00:00')(concernsExtend, 'C1', why);
    expect(second.data).toMatchObject({ clocks: [{ dueAt: '2020-11-24T05:59:59Z' }], remarks: [] });
  });

  it('takes a justification (CC-09), a role of its own unit (CC-23), and remarks on a lapse (CC-35)', async () => {
    const path = await assigned();
    const extend = (actor: string, when: string, options = {}) =>
      as(path, actor, when)(concernsExtend, 'C1', options);
    await expect(extend('TL1', '2020-11-04T12:00')).rejects.toThrow(/--justification/);
    await expect(extend('SU1', '2020-11-04T12:00', why)).rejects.toThrow(/CC-23/);
    await expect(extend('CO2', '2020-11-04T12:00', why)).rejects.toThrow(/CC-10/);
    const late = await extend('TL1', '2020-11-12T12:00', why);
    expect(late.data).toMatchObject({
      remarks: [{ rule: 'CC-35' }],
      clocks: [{ dueAt: '2020-11-17T05:59:59Z' }],
    });
  });
});

it('on a terminal what is missing is asked for, after the role was judged', async () => {
  const path = await assigned();
  const asked: string[] = [];
  const never = async () => Promise.reject(new Error('not asked'));
  const text = async (question: string) => {
    asked.push(question);
    return 'court date set';
  };
  const prompt = { select: never, confirm: never, secret: never, text };
  const extend = (actor: string) =>
    as(path, actor, '2020-11-04T12:00', { interactive: true, prompt })(concernsExtend, 'C1');
  await expect(extend('SU1')).rejects.toThrow(/CC-23/);
  expect(asked).toEqual([]);
  expect((await extend('TL1')).data).toMatchObject({ events: ['extended'] });
  expect(asked).toEqual(['Why does it take longer? (CC-09)']);
});

it('what was changed while a person was thinking is not written over', async () => {
  const path = await assigned();
  const why = { justification: 'court date set' };
  const never = async () => Promise.reject(new Error('not asked'));
  const text = async () => {
    await as(path, 'TL1', '2020-11-04T11:00')(concernsExtend, 'C1', why);
    return 'no night visit yet';
  };
  const prompt = { select: never, confirm: never, secret: never, text };
  const late = as(path, 'LT1', '2020-11-04T12:00', { interactive: true, prompt })(concernsExtend, 'C1');
  await expect(late).rejects.toThrow(/was changed meanwhile; nothing is written/);
  expect(await columns(path)).toMatchObject({ extensions: 1 });
});

it('tells a step of several events in one shape, and a dry run writes none of them', async () => {
  const path = await office([row('C1')]);
  const accept = as(path, 'SG1', '2020-11-02T12:00', { dryRun: true })(concernsAccept, 'C1');
  expect((await accept).data).toEqual({
    id: 'C1',
    step: 'accepted',
    events: ['accessed', 'accepted'],
    state: 'accepted',
    at: '2020-11-02T18:00:00Z',
    by: 'SG1',
    clocks: [],
    remarks: [],
    dryRun: true,
  });
  expect(await columns(path)).toMatchObject({ state: 'submitted', first_accessed_at: null });
});

it('a concern is not stepped on before it was submitted, and there must be one', async () => {
  const path = await office([row('C1')]);
  const accept = as(path, 'SG1', '2020-11-01T12:00');
  await expect(accept(concernsAccept, 'C1')).rejects.toMatchObject({
    kind: 'usage',
    message: expect.stringContaining('after the time of the step'),
  });
  await expect(accept(concernsAccept, 'C9')).rejects.toMatchObject({ kind: 'usage' });
});

describe('the end of an investigation', () => {
  it('is Investigation Complete when the last unit has documented and command completes (CC-25, CC-28)', async () => {
    const path = await assigned();
    await as(path, 'SG1', '2020-11-02T11:00')(concernsAssign, 'C1', { unit: ['241'] });
    const lieutenant = as(path, 'LT1', '2020-11-05T12:00');
    await expect(lieutenant(concernsComplete, 'C1')).rejects.toThrow(/CC-28/);
    await as(path, 'TL1', '2020-11-05T11:30')(concernsSubmit, 'C1', { action: 'spoke with them' });
    expect((await lieutenant(concernsComplete, 'C1')).data).toMatchObject({ state: 'assigned' });
    const last = await as(path, 'CO2', '2020-11-06T12:00')(concernsComplete, 'C1', {
      action: 'notices served',
    });
    expect(last.data).toMatchObject({ state: 'Investigation Complete', events: ['submitted', 'completed'] });
  });

  it('is approved before a district closes it; a return keeps the due instant (CC-30, CC-31)', async () => {
    const path = await assigned();
    await as(path, 'LT1', '2020-11-05T12:00')(concernsComplete, 'C1', { action: 'spoke with them' });
    const executive = (when: string) => as(path, 'XO1', when);
    await expect(executive('2020-11-05T13:00')(concernsClose, 'C1')).rejects.toThrow(/CC-30/);
    const returned = await executive('2020-11-05T13:00')(concernsDisapprove, 'C1', {
      reason: 'no night visit',
    });
    expect(returned.data).toMatchObject({ state: 'returned', clocks: [{ dueAt: '2020-11-10T05:59:59Z' }] });
    await as(path, 'LT1', '2020-11-06T12:00')(concernsComplete, 'C1', { action: 'visited at night' });
    await expect(as(path, 'LT1', '2020-11-06T13:00')(concernsApprove, 'C1')).rejects.toThrow(/CC-30/);
    await as(path, 'DC1', '2020-11-06T13:00')(concernsApprove, 'C1');
    expect((await executive('2020-11-06T14:00')(concernsClose, 'C1')).data).toMatchObject({
      state: 'closed',
    });
  });

  it('of another unit does not wait for the executive officer (CC-30)', async () => {
    const path = await office([row('C1', { ...ASSIGNED, assigned_unit: '241' })]);
    await as(path, 'CO2', '2020-11-05T12:00')(concernsComplete, 'C1', { action: 'notices served' });
    await expect(as(path, 'XO1', '2020-11-05T13:00')(concernsApprove, 'C1')).rejects.toThrow(/CC-30/);
    const closed = await as(path, 'CO2', '2020-11-05T14:00')(concernsClose, 'C1');
    expect(closed.data).toMatchObject({ state: 'closed' });
  });
});

it('a dispute is decided by the executive officer, and there must be one (CC-33)', async () => {
  const path = await assigned();
  const decide = as(path, 'XO1', '2020-11-04T12:00');
  await expect(decide(concernsDecide, 'C1', { reason: 'the watch' })).rejects.toThrow(/CC-33/);
  const dispute = (actor: string) =>
    as(path, actor, '2020-11-03T12:00')(concernsDispute, 'C1', { reason: 'tactical' });
  await expect(dispute('SG1')).rejects.toThrow(/CC-33/);
  await dispute('LT1');
  for (const [responsible, why] of [
    ['PO1', /no lieutenant or commanding officer/],
    ['CO2', /neither in its district nor in a unit that has it/],
  ] as const)
    await expect(decide(concernsDecide, 'C1', { reason: 'theirs', responsible })).rejects.toThrow(why);
  expect((await decide(concernsDecide, 'C1', { reason: 'the watch' })).data).toMatchObject({
    events: ['decided'],
  });
});

describe('association (CC-06)', () => {
  const later = (id: string, day: string) => row(id, { submitted_at: `2020-11-${day}T08:00:00` });

  it('puts the later under the earlier, stops its clock, and gives both back when separated', async () => {
    const path = await assigned(later('C2', '03'));
    const sergeant = (when: string) => as(path, 'SG1', when);
    await sergeant('2020-11-03T09:00')(concernsAssign, 'C2', { unit: ['5'] });
    const { data } = await sergeant('2020-11-03T10:00')(concernsAssociate, 'C2', { to: 'C1' });
    expect(data).toMatchObject({ state: 'associated', clocks: [] });
    const apart = await sergeant('2020-11-05T10:00')(concernsSeparate, 'C2', { reason: 'another door' });
    expect(apart.data).toMatchObject({ state: 'assigned', clocks: [{ dueAt: '2020-11-11T05:59:59Z' }] });
  });

  it('tells of a clock that goes on where one does, and of a primary that is turned down over others', async () => {
    const path = await office([row('C1'), { ...later('C2', '03'), origin: 'phone' }]);
    const warned: string[] = [];
    const warn = (text: string) => void warned.push(text);
    const sergeant = (when: string) => as(path, 'SG1', when, { warn });
    await sergeant('2020-11-03T10:00')(concernsAssociate, 'C2', { to: 'C1' });
    warned.length = 0;
    await sergeant('2020-11-03T11:00')(concernsNotAccept, 'C1', { reason: 'INVALID' });
    expect(warned).toEqual([expect.stringContaining('C1 is the primary of C2')]);
    const apart = await sergeant('2020-11-03T12:00')(concernsSeparate, 'C2', { reason: 'another door' });
    expect(apart.data).toMatchObject({ state: 'submitted', clocks: [] });
    expect(apart.document.notes).toEqual([]);
  });

  it('refuses the wrong way round, a chain from either end, itself and an unknown primary', async () => {
    const path = await assigned(later('C2', '03'), later('C3', '04'));
    const associate = (id: string, to: string) =>
      as(path, 'SG1', '2020-11-05T10:00')(concernsAssociate, id, { to });
    await expect(associate('C1', 'C2')).rejects.toMatchObject({
      kind: 'refused',
      remedy: expect.stringContaining('C2 to C1'),
    });
    await expect(associate('C1', 'C1')).rejects.toThrow(/CC-06/);
    await expect(associate('C2', 'C9')).rejects.toThrow(/CC-06/);
    await associate('C3', 'C2');
    await expect(associate('C2', 'C1')).rejects.toThrow(/primary of C3/);
  });
});
