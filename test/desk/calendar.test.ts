import { afterEach, beforeEach, expect, test } from 'vitest';
import { calendar } from '../../src/desk/commands/calendar.ts';
import { at, contextFor, input, sampleStore } from './store-fixture.ts';

let store: Awaited<ReturnType<typeof sampleStore>>;
beforeEach(async () => {
  store = await sampleStore();
});
afterEach(() => store.remove());

const asOf = (when: string, over = {}) =>
  calendar.run(contextFor(store.path, { now: at(when), ...over }), input());

interface Item {
  readonly id: string;
  readonly rule: string;
  readonly uid: string;
  readonly sequence: number;
  readonly dueAt: string;
  readonly cancelled: boolean;
}

/** The entries of one record's days, as of a time; its 36 hours are left out. */
async function entries(id: string, when: string): Promise<readonly Item[]> {
  const { items = [] } = await asOf(when);
  const all: readonly Item[] = JSON.parse(JSON.stringify(items));
  return all.filter((item) => item.id === id && item.rule !== 'CC-15');
}

test('an extension moves the entry of its clock, and a stop takes it away', async () => {
  const [first] = await entries('CC-1', '2020-11-01T10:00');
  const [moved] = await entries('CC-1', '2020-11-10T10:00');
  const [gone] = await entries('CC-1', '2020-11-20T10:00');
  expect([moved?.uid, gone?.uid]).toEqual([first?.uid, first?.uid]);
  expect(
    [first, moved, gone].map((entry) => [entry?.dueAt.slice(0, 10), entry?.sequence, entry?.cancelled]),
  ).toEqual([
    ['2020-11-07', 0, false],
    ['2020-11-14', 2, false],
    ['2020-11-14', 3, true],
  ]);
  const { text } = await asOf('2020-11-20T10:00');
  expect(text).toContain('STATUS:CANCELLED\r\nSUMMARY:No longer due: CC-1 (CC-22\\, unit 005)\r\n');
  expect(await entries('CC-1', '2021-01-20T10:00')).toEqual([]);
});

test('a police request keeps its entry when its days run by the extension, and when it was returned', async () => {
  const told = await Promise.all(
    ['2020-11-03', '2020-11-06', '2020-11-07', '2020-11-08', '2020-11-19'].map(async (day) => {
      const [entry] = await entries('SR20-1', `${day}T12:00`);
      return [entry?.uid, entry?.sequence, entry?.cancelled];
    }),
  );
  expect(new Set(told.map(([uid]) => uid))).toEqual(new Set(['csr-SR20-1-CSR-38@rollcall']));
  expect(told.map(([, sequence, cancelled]) => [sequence, cancelled])).toEqual([
    [0, false],
    [1, true],
    [2, false],
    [4, false],
    // A second extension takes the district commander: it moved nothing.
    [4, false],
  ]);
});

test('an empty calendar is one all the same, and says so beside it', async () => {
  const said: string[] = [];
  const { text } = await asOf('2019-01-01', { note: (line: string) => said.push(line) });
  expect(text).toMatch(
    /^BEGIN:VCALENDAR\r\n[\s\S]*BEGIN:VTIMEZONE\r\n[\s\S]*END:VTIMEZONE\r\nEND:VCALENDAR\r\n$/,
  );
  expect(said).toEqual(['Nothing is due.']);
});
