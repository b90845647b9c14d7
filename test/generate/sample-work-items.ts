import { WHO } from './cast.ts';
import { civil } from './civil.ts';
import { PROFILES, type Row } from './columns.ts';
import { at, seeded } from './random.ts';
import { type Stage, type Turn, type WorkItemPlan, workItemStory } from './work-items.ts';

interface Scene {
  readonly stage: Stage;
  /** When generated; for an unfinished item the day of its last step moves it. */
  readonly generated: string;
  readonly last?: string;
  readonly turns?: readonly Turn[];
  /** Place of the member among the officers; -1 is a sergeant. */
  readonly member: number;
}

const SCENES: readonly Scene[] = [
  // Not determined: three past the 48 hours, one due at the very minute, three with hours left.
  { stage: 'generated', generated: '2020-12-30T22:14:09', member: 3 },
  { stage: 'generated', generated: '2020-12-31T03:40:51', member: 11 },
  { stage: 'generated', generated: '2021-01-01T19:05:30', member: 7 },
  { stage: 'generated', generated: '2021-01-02T09:00:00', member: 16 },
  { stage: 'generated', generated: '2021-01-02T13:20:44', member: 2 },
  { stage: 'generated', generated: '2021-01-03T06:45:18', member: 9 },
  { stage: 'generated', generated: '2021-01-04T02:10:05', member: 14 },
  // Invalid
  { stage: 'determined', generated: '2020-09-04T10:12:00', turns: ['invalid'], member: 1 },
  { stage: 'determined', generated: '2020-09-21T04:31:00', turns: ['invalid'], member: 8 },
  {
    stage: 'determined',
    generated: '2020-10-02T15:25:00',
    turns: ['invalid', 'late-determination'],
    member: 4,
  },
  { stage: 'determined', generated: '2020-10-19T22:02:00', turns: ['invalid'], member: 12 },
  { stage: 'determined', generated: '2020-11-09T09:48:00', turns: ['invalid'], member: 0 },
  { stage: 'determined', generated: '2020-12-01T13:37:00', turns: ['invalid'], member: 18 },
  { stage: 'determined', generated: '2020-12-20T18:20:00', turns: ['invalid'], member: 5 },
  // Under way
  { stage: 'determined', generated: '2020-12-28T11:00:00', last: '2021-01-03', member: 6 },
  { stage: 'forwarded', generated: '2020-12-28T08:00:00', last: '2021-01-03', member: 10 },
  { stage: 'forwarded', generated: '2020-12-26T08:00:00', last: '2020-12-31', member: 13 },
  { stage: 'received', generated: '2020-12-26T08:30:00', last: '2021-01-03', member: 15 },
  { stage: 'received', generated: '2020-12-26T21:10:00', last: '2020-12-30', member: 17 },
  { stage: 'notified', generated: '2020-12-26T05:00:00', last: '2021-01-03', member: 19 },
  { stage: 'notified', generated: '2020-12-24T17:45:00', last: '2020-12-29', turns: ['by-phone'], member: 0 },
  { stage: 'assigned', generated: '2020-12-20T10:05:00', last: '2021-01-02', member: 1 },
  {
    stage: 'assigned',
    generated: '2020-12-14T10:05:00',
    last: '2020-12-22',
    turns: ['late-notification'],
    member: -1,
  },
  { stage: 'met', generated: '2020-12-10T06:55:00', last: '2020-12-31', member: 4 },
  { stage: 'met', generated: '2020-12-01T23:15:00', last: '2020-12-21', turns: ['discrepancy'], member: 8 },
  { stage: 'plan', generated: '2020-12-10T14:00:00', last: '2021-01-03', member: 12 },
  { stage: 'plan', generated: '2020-12-05T14:00:00', last: '2020-12-29', member: 18 },
  {
    stage: 'plan',
    generated: '2020-12-05T12:00:00',
    last: '2020-12-30',
    turns: ['returned-waiting'],
    member: 2,
  },
  { stage: 'command-approved', generated: '2020-11-25T09:30:00', last: '2020-12-30', member: 5 },
  {
    stage: 'approved',
    generated: '2020-11-18T16:20:00',
    last: '2020-12-17',
    turns: ['returned-by-area-rep'],
    member: 3,
  },
  { stage: 'approved', generated: '2020-11-03T01:12:00', last: '2020-12-08', turns: ['response'], member: 7 },
  { stage: 'approved', generated: '2020-10-26T07:50:00', turns: ['late-plan-review'], member: 11 },
  // Completed
  { stage: 'completed', generated: '2020-09-03T12:40:00', member: 9 },
  { stage: 'completed', generated: '2020-09-08T20:15:00', turns: ['late-determination'], member: 14 },
  { stage: 'completed', generated: '2020-09-14T02:26:00', turns: ['returned-by-command'], member: 16 },
  {
    stage: 'completed',
    generated: '2020-09-17T11:33:00',
    turns: ['late-notification', 'response'],
    member: 6,
  },
  { stage: 'completed', generated: '2020-09-24T19:58:00', turns: ['discomfort'], member: 10 },
  { stage: 'completed', generated: '2020-09-29T08:07:00', turns: ['by-phone-no-reason'], member: 13 },
  { stage: 'completed', generated: '2020-10-06T05:44:00', turns: ['reopened'], member: 15 },
  {
    stage: 'completed',
    generated: '2020-10-12T17:29:00',
    turns: ['late-determination', 'by-phone'],
    member: 17,
  },
];

/** Forty Work Items in every state, numbered in order of generation, with the events that their columns cannot tell. */
export function sampleWorkItems(seed: number): { rows: Row[]; events: Row[] } {
  const generatedAt = PROFILES['oss-work-items'].columns.indexOf('generated_at');
  const story = (scene: Scene, index: number, id: string): ReturnType<typeof workItemStory> => {
    const plan: WorkItemPlan = {
      id,
      member: scene.member < 0 ? at(WHO.sergeants, 5) : at(WHO.officers, scene.member),
      generated: civil(scene.generated),
      stage: scene.stage,
      turns: scene.turns,
      lastDay: scene.last === undefined ? undefined : civil(scene.last),
    };
    return workItemStory(seeded(seed, 'sample-work-item', index), plan);
  };
  const order = SCENES.map((scene, index) => ({
    scene,
    index,
    at: at(story(scene, index, '').row, generatedAt),
  }));
  const rows: Row[] = [];
  const events: Row[] = [];
  for (const [i, { scene, index }] of order.toSorted((a, b) => (a.at < b.at ? -1 : 1)).entries()) {
    const told = story(scene, index, `WI-${String(i + 1).padStart(4, '0')}`);
    rows.push(told.row);
    events.push(...told.events);
  }
  return { rows, events };
}
