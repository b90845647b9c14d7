import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  CARRIES,
  citeOf,
  clockFor,
  RECURRENCES,
  RULE_TYPES,
  type Rule,
  ruleById,
  SYSTEMS,
  scopeOf,
} from '../../src/core/policy.ts';
import { openPolicy, POLICY_FILES } from '../../src/core/policy-files.ts';
import { dataFile } from '../../src/store/data-files.ts';

const folder = dataFile('policy');
const read = (path: string) => readFileSync(path, 'utf8');
const json = (relative: string): unknown => JSON.parse(read(dataFile(relative)));
const policy = openPolicy(read, folder);
const ids = new Set(policy.rules().map((rule) => rule.id));
const shared = join(dataFile('..'), '..', 'shared');

/** Roles of the contract. */
const ROLES = [
  ...['oss-analyst', 'oss-area-rep', 'ossu-supervisor', 'watch-operations-lieutenant', 'tactical-lieutenant'],
  ...[
    'commanding-officer',
    'unit-supervisor',
    'supervisor',
    'cp-sergeant',
    'cp-officer',
    'executive-officer',
  ],
  ...['district-commander', 'station-supervisor', 'area-deputy-chief', 'ocp-deputy-chief', 'ocp-director'],
  ...['bop-chief', 'dos-analyst', 'evaluator', 'isd-admin'],
];

const RuleId = v.pipe(v.string(), v.regex(/^(OSS|CSR|CC|CP|SAID|SRO)-\d\d$/));
const Role = v.picklist(ROLES);
const Positive = v.pipe(v.number(), v.integer(), v.minValue(1));
const Length = v.union([v.strictObject({ hours: Positive }), v.strictObject({ days: Positive })]);
const RuleFile = v.strictObject({
  directive: v.picklist(['D20-04', 'S02-03-03', 'CPMV', 'S09-11', 'SRO']),
  system: v.picklist(SYSTEMS),
  status: v.picklist(['in-force', 'draft']),
  rules: v.array(
    v.strictObject({
      id: RuleId,
      cite: v.string(),
      text: v.pipe(v.string(), v.minLength(20), v.maxLength(140), v.regex(/^[A-Z].*\.$/)),
      type: v.pipe(v.array(v.picklist(RULE_TYPES)), v.minLength(1)),
      carry: v.picklist(CARRIES),
    }),
  ),
});
const Extension = v.strictObject({
  days: Positive,
  base: v.picklist(['due', 'approval']),
  rule: RuleId,
  cite: v.string(),
  by: v.array(Role),
  furtherBy: v.array(Role),
});
const ClockFile = v.strictObject({
  clocks: v.array(
    v.strictObject({
      rule: RuleId,
      cite: v.string(),
      name: v.string(),
      system: v.picklist(SYSTEMS),
      kind: v.picklist(['clock', 'floor']),
      starts: v.string(),
      stops: v.string(),
      length: Length,
      extension: v.nullable(Extension),
      // Who investigates a police request may hold any role, or none (CSR-38).
      ownerRole: v.union([Role, v.literal('investigating-member')]),
      note: v.optional(v.string()),
    }),
  ),
});
const DutyFile = v.strictObject({
  duties: v.array(
    v.strictObject({
      rule: RuleId,
      cite: v.string(),
      name: v.string(),
      system: v.picklist(SYSTEMS),
      kind: v.literal('duty'),
      status: v.picklist(['in-force', 'draft']),
      every: v.picklist(RECURRENCES),
      ownerRole: Role,
      record: v.picklist(['access', 'evidence', 'report']),
      owedBy: v.optional(v.literal('office')),
    }),
  ),
});

describe('the rules', () => {
  test('are 249, as many in each family as the directives hold', () => {
    const families = Object.groupBy(policy.rules(), (rule) => rule.id.replace(/-\d\d$/, ''));
    const counts = Object.fromEntries(Object.entries(families).map(([name, rules]) => [name, rules?.length]));
    expect(counts).toEqual({ OSS: 58, CSR: 51, CC: 39, CP: 53, SAID: 32, SRO: 16 });
    expect(policy.rules()).toHaveLength(249);
    expect(ids.size).toBe(249);
  });

  test.each(POLICY_FILES.filter((name) => name.startsWith('rules-')))(
    '%s has the shape of a rule file',
    (name) => {
      expect(v.safeParse(RuleFile, json(`policy/${name}`)).issues).toBeUndefined();
    },
  );

  test('each have a cite that names a directive and its paragraphs', () => {
    const part = String.raw`[IVX]+(\.[A-Z](\.\d+(\.[a-z](\(\d+\))?(\([a-z]\))?)?)?)?(-(\d+|[A-Za-z]|\(\d+\)|\([a-z]\)))?`;
    const place = `(${part}( and note| note| lead| intro| line \\d)?|glossary \\d)`;
    const order = new RegExp(`^(D20-04|S02-03-03|CPMV|S09-11) ${place}(, ${place})*$`);
    const sheet = /^SRO (lead|close|Background( par\. \d+)?|Policy b\d|Topic \d)$/;
    const bad = policy.rules().filter(({ cite }) => !order.test(cite) && !sheet.test(cite));
    expect(bad).toEqual([]);
  });

  test('are drafts exactly where the document is one', () => {
    const drafts = policy.rules().filter((rule) => rule.status === 'draft');
    expect(new Set(drafts.map((rule) => rule.directive))).toEqual(new Set(['CPMV']));
    expect(drafts).toHaveLength(53);
  });

  test('differ from one another in their words', () => {
    expect(new Set(policy.rules().map((rule) => rule.text)).size).toBe(249);
  });

  test('are found by id, and their cites too', () => {
    expect(ruleById(policy.rules(), 'OSS-16')?.cite).toBe('D20-04 IV.A.2');
    expect(ruleById(policy.rules(), 'OSS-99')).toBeUndefined();
    expect(citeOf(policy.rules(), 'CP-29')).toBe('CPMV V.B.2.g');
    expect(policy.cite('SRO-07')).toBe('SRO Policy b3');
    expect(() => policy.cite('OSS-99')).toThrow('no rule OSS-99');
  });
});

describe('the readings', () => {
  test('are the 49 numbered ones and three of the school sheet, and name existing rules', () => {
    const readings = policy.readings();
    const families = Object.groupBy(readings, (reading) => reading.id.replace(/^A-|-\d+$/g, ''));
    const counts = Object.fromEntries(Object.entries(families).map(([name, rows]) => [name, rows?.length]));
    expect(counts).toEqual({ OSS: 11, CSR: 10, CC: 12, CP: 5, SAID: 11, SRO: 3 });
    expect(new Set(readings.map((reading) => reading.id)).size).toBe(readings.length);
    expect(readings.flatMap((reading) => reading.rules).filter((rule) => !ids.has(rule))).toEqual([]);
  });
});

describe('the clocks and duties', () => {
  test('have their shapes and name existing rules under their own cites', () => {
    expect(v.safeParse(ClockFile, json('policy/clocks.json')).issues).toBeUndefined();
    expect(v.safeParse(DutyFile, json('policy/duties.json')).issues).toBeUndefined();
    for (const row of [...policy.clocks(), ...policy.duties()]) {
      const rule = ruleById(policy.rules(), row.rule) as Rule;
      expect([row.cite, row.system], row.rule).toEqual([rule.cite, rule.system]);
    }
    for (const { extension } of policy.clocks()) {
      if (extension !== null) expect(extension.cite).toBe(citeOf(policy.rules(), extension.rule));
    }
  });

  test.each([
    ['OSS-16', { hours: 48 }, null],
    ['OSS-29', { hours: 48 }, null],
    ['OSS-31', { hours: 48 }, null],
    ['CC-15', { hours: 36 }, null],
    ['CC-22', { days: 7 }, { days: 7, base: 'due', rule: 'CC-23' }],
    ['CSR-38', { days: 7 }, { days: 15, base: 'approval', rule: 'CSR-47' }],
    ['CSR-47', { days: 15 }, { days: 15, base: 'approval', rule: 'CSR-47' }],
    ['CSR-21', { days: 180 }, null],
  ])('%s has the length and the extension of its paragraph', (rule, length, extension) => {
    const clock = clockFor(policy.clocks(), rule);
    expect(clock.length).toEqual(length);
    if (extension === null) expect(clock.extension).toBeNull();
    else expect(clock.extension).toMatchObject(extension);
  });

  test('are asked for in vain where a rule has none', () => {
    expect(() => clockFor(policy.clocks(), 'OSS-18')).toThrow('no clock for rule OSS-18');
  });

  test('never call the retention of a form overdue: it is a floor', () => {
    const floors = policy.clocks().filter((clock) => clock.kind === 'floor');
    expect(floors.map((clock) => clock.rule)).toEqual(['CSR-21']);
  });

  test('count a deadline rule as a clock or a duty, or as the same clock under another paragraph', () => {
    const covered = new Set([...policy.clocks(), ...policy.duties()].map((row) => row.rule));
    const deadlines = policy.rules().filter((rule) => rule.type.includes('deadline'));
    // CC-21 and CC-27 speak of CC-22's 7 days, CSR-45 of CSR-47's 15 (A-CC-10, A-CSR-2).
    const others = deadlines.map((rule) => rule.id).filter((id) => !covered.has(id));
    expect(others).toEqual(['CSR-45', 'CC-21', 'CC-27']);
  });
});

describe('roles and views', () => {
  test('are the role words of the contract, each with a label and existing rules', () => {
    expect(policy.roles().map((role) => role.role)).toEqual(ROLES);
    for (const role of policy.roles()) {
      expect(role.label).not.toBe('');
      expect(role.rules.filter((rule) => !ids.has(rule))).toEqual([]);
    }
  });

  test('name known roles, rules and scopes in the view matrix', () => {
    const { scopes } = json('policy/views.json') as { scopes: Record<string, string> };
    for (const view of policy.views()) {
      expect(Object.keys(view.roles).filter((role) => !ROLES.includes(role))).toEqual([]);
      expect(Object.values(view.roles).filter((scope) => !(scope in scopes))).toEqual([]);
      expect(view.rules.filter((rule) => !ids.has(rule))).toEqual([]);
    }
  });

  test('keep what was said in the meeting from the analyst and from the sergeant of OSSU', () => {
    expect(scopeOf(policy.views(), 'oss.highlights', 'oss-analyst')).toBeNull();
    expect(scopeOf(policy.views(), 'oss.highlights', 'ossu-supervisor')).toBeNull();
    expect(scopeOf(policy.views(), 'oss.highlights', 'oss-area-rep')).toBe('as-needed');
    expect(scopeOf(policy.views(), 'oss.plan', 'ossu-supervisor')).toBe('all');
    expect(scopeOf(policy.views(), 'oss.plan', 'oss-analyst')).toBeNull();
  });

  test('show SAID tiers to five roles, to the evaluator without identity', () => {
    const tier = policy.views().find((view) => view.area === 'said.tier');
    const { full, deidentified } = policy.said().tierRoles;
    expect(Object.keys(tier?.roles ?? {}).toSorted()).toEqual([...full, ...deidentified].toSorted());
    expect(tier?.roles.evaluator).toBe('deidentified');
    expect(deidentified).toEqual(['evaluator']);
  });
});

describe('settings', () => {
  test('give ages six buckets without gap or overlap', () => {
    const { buckets } = policy.csr().ageing;
    expect(buckets.map((bucket) => bucket.label)).toEqual(['0-7', '8-14', '15-30', '31-60', '61-90', '91+']);
    expect(buckets[0]?.from).toBe(0);
    expect(buckets.at(-1)?.to).toBeNull();
    for (const [index, bucket] of buckets.slice(1).entries())
      expect(bucket.from).toBe(Number(buckets[index]?.to) + 1);
  });

  test('hold the figures that reports and checks go by', () => {
    expect(policy.csr().informationOnlyTypes).toEqual([
      '311 INFORMATION ONLY CALL',
      'Aircraft Noise Complaint',
    ]);
    expect(policy.csr().chronic).toMatchObject({ minimumRequests: 3, months: 12, minimumQuarters: 2 });
    expect(policy.csr().percentageMinimumBase).toBe(10);
    expect(policy.oss().scope).toEqual([{ rule: 'OSS-02', district: '005', from: '2020-09-02', to: null }]);
    expect(policy.oss().invalidReasons.reasons.map((reason) => reason.code)).toContain('other');
    expect(policy.concerns().building.unit).toBe('241');
    expect(policy.concerns().reassignment.moreThan).toBe(3);
    expect(policy.said()).toMatchObject({ unvalidatedModel: 'warn', untrainedActor: 'warn' });
    expect([policy.said().trainingMaxAgeMonths, policy.said().horizon.months]).toEqual([12, 18]);
  });

  test('name existing rules and readings wherever they name one', () => {
    const readings = new Set(policy.readings().map((reading) => reading.id));
    const named: unknown[] = [];
    for (const name of ['concerns', 'csr', 'oss', 'said']) {
      JSON.parse(read(dataFile(`policy/${name}.json`)), (key, value) => {
        if (key === 'rule' && !ids.has(value)) named.push(value);
        if (key === 'reading' && !readings.has(value)) named.push(value);
        return value;
      });
    }
    expect(named).toEqual([]);
  });

  test('list every file of the policy folder', () => {
    expect(readdirSync(folder).toSorted()).toEqual(POLICY_FILES);
  });
});

describe('geography', () => {
  const { districts, outsideCity } = json('geography/districts.json') as {
    districts: { district: string; status: string; closed?: string }[];
    outsideCity: string[];
  };
  const current = districts.filter((row) => row.status === 'current').map((row) => row.district);

  test('has 22 districts now, and three that closed in 2012', () => {
    expect(current).toHaveLength(22);
    const closed = districts.filter((row) => row.status === 'closed');
    expect(closed.map((row) => [row.district, row.closed])).toEqual([
      ['013', '2012'],
      ['021', '2012'],
      ['023', '2012'],
    ]);
  });

  test('puts each current district in one of five Areas, and marks what no public source confirms', () => {
    const { areas, areaDistrict } = json('geography/areas.json') as {
      areas: string[];
      areaDistrict: { area: string; district: string; validFrom: string; confirmed: boolean }[];
    };
    expect(areas).toEqual(['1', '2', '3', '4', '5']);
    expect(areaDistrict.map((row) => row.district).toSorted()).toEqual(current);
    expect(new Set(areaDistrict.map((row) => row.validFrom))).toEqual(new Set(['2020-04-30']));
    const confirmed = areaDistrict.filter((row) => row.confirmed);
    expect(confirmed.map((row) => [row.area, row.district])).toEqual([
      ['4', '010'],
      ['4', '011'],
      ['4', '015'],
    ]);
  });

  test('has 274 beats in the city and one code outside it, their numbers made of district and sector', () => {
    const { beats } = json('geography/beats.json') as {
      beats: { beat: string; district: string; sector: string }[];
    };
    expect(beats).toHaveLength(275);
    expect(beats.filter((row) => outsideCity.includes(row.district)).map((row) => row.beat)).toEqual([
      '3100',
    ]);
    expect(new Set(beats.map((row) => row.beat)).size).toBe(275);
    const broken = beats.filter(
      ({ beat, district, sector }) => beat.slice(0, 3) !== district.slice(1) + sector,
    );
    expect(broken).toEqual([]);
    expect([...new Set(beats.map((row) => row.district))].toSorted()).toEqual(
      [...current, ...outsideCity].toSorted(),
    );
  });

  test('knows units by three-digit number, Troubled Buildings (CC-16) among them', () => {
    const { units } = json('geography/units.json') as {
      units: { unit: string; name: string | null; status: string }[];
    };
    expect(units.filter((row) => !/^\d{3}$/.test(row.unit) || row.name === '')).toEqual([]);
    expect(units.find((row) => row.unit === policy.concerns().building.unit)?.name).toMatch(
      /TROUBLED BUILDING/,
    );
    expect(new Set(units.map((row) => row.status))).toEqual(new Set(['active', 'inactive', 'unknown']));
  });
});

describe('our own words', () => {
  const texts = [...policy.rules(), ...policy.readings()].map(({ id, text }) => ({ id, text }));
  const words = (text: string) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const runs = (text: string, length: number) => {
    const all = words(text);
    return all.slice(length - 1).map((_, at) => all.slice(at, at + length).join(' '));
  };
  const directives = join(shared, 'directives');
  const rulebook = join(shared, 'rulebook.md');

  test.skipIf(!existsSync(directives))('share no eight words in a row with a directive', () => {
    const source = new Set(
      readdirSync(directives)
        .filter((name) => name.endsWith('.txt'))
        .flatMap((name) => runs(read(join(directives, name)), 8)),
    );
    expect(source.size).toBeGreaterThan(5000);
    expect(texts.filter(({ text }) => runs(text, 8).some((run) => source.has(run)))).toEqual([]);
  });

  test.skipIf(!existsSync(rulebook))('are nowhere those of the rulebook', () => {
    const source = words(read(rulebook)).join(' ');
    expect(texts.filter(({ text }) => source.includes(words(text).join(' ')))).toEqual([]);
  });
});
