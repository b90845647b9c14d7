import type { Instant } from '../../src/core/instant.ts';
import type { Document } from '../../src/report/document.ts';

/** 5 Nov 2020 14:30 in Chicago. */
export const AS_OF = 1_604_608_200 as Instant;
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A small document with every kind of block and cell. */
export function smallDocument(): Document {
  return {
    title: 'Overdue Community Concerns',
    subtitle: '005th District',
    banner: ['Dates come from imported records; nothing here is a finding about a person.'],
    asOf: AS_OF,
    period: { label: '2020-Q4', from: '2020-10-01', to: '2020-12-31' },
    newestImport: (AS_OF - 6 * HOUR) as Instant,
    blocks: [
      {
        kind: 'figures',
        id: 'totals',
        title: 'In short',
        figures: [
          { label: 'Running clocks', value: 12_345, note: 'of every rule' },
          { label: 'On time', value: { kind: 'percent', share: 0.825, base: 40 } },
          { label: 'Too few to say', value: { kind: 'percent', share: 0.5, base: 4 } },
          { label: 'Longest overdue', value: { kind: 'duration', seconds: 2 * DAY + 3 * HOUR } },
        ],
      },
      {
        kind: 'table',
        id: 'overdue',
        title: 'Past due',
        columns: [
          { key: 'id', title: 'Control number' },
          { key: 'dueAt', title: 'Due' },
          { key: 'overdue', title: 'Overdue', unit: 'h' },
          { key: 'state', title: 'State' },
          { key: 'category', title: 'Category', priority: 2 },
          { key: 'description', title: 'Description', priority: 3 },
          { key: 'owner', title: 'Owner', priority: 1 },
        ],
        rows: [
          {
            id: 'CC-0001',
            dueAt: { kind: 'instant', at: (AS_OF - 2 * DAY) as Instant },
            overdue: 1048,
            state: { kind: 'tone', tone: 'bad', text: 'late' },
            category: 'Abandoned vehicle',
            description: 'A grey van without plates has stood at the corner for three weeks',
            owner: 'unit 005',
          },
          {
            id: 'CC-0002',
            dueAt: { kind: 'instant', at: null },
            overdue: 0.5,
            state: { kind: 'tone', tone: 'warn', text: 'due today' },
            category: 'Noise | music',
            description: 'Loud <b>music</b> & shouting',
            owner: null,
          },
        ],
        totals: { id: 'All', overdue: 1048.5 },
        caption: 'Longest overdue first.',
      },
      {
        kind: 'chart',
        id: 'by-category',
        title: 'By category',
        form: 'bar',
        categories: ['Abandoned vehicle', 'Noise'],
        series: [{ name: 'Concerns', values: [12, 3] }],
        unit: 'concerns',
        alt: 'Abandoned vehicles lead with 12 of 15 concerns.',
      },
      {
        kind: 'table',
        id: 'none',
        title: 'Reassigned more than three times',
        columns: [{ key: 'id', title: 'Control number' }],
        rows: [],
        empty: 'No concern was reassigned more than three times.',
      },
      {
        kind: 'prose',
        id: 'reading',
        heading: 'How to read this',
        paragraphs: ['Hours are elapsed hours; exactly at the limit is on time.'],
      },
    ],
    notes: ['One local time happened twice; the later one was taken.'],
    footer: [
      { label: 'Rule set', text: '9f2c1a' },
      { label: 'Command', text: 'rollcall concerns overdue --as-of 2020-11-05T14:30' },
    ],
  };
}
