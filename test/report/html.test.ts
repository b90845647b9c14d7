import { expect, test } from 'vitest';
import type { Block, Chart, Document } from '../../src/report/document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { AS_OF, smallDocument } from './sample.ts';

const CHART: Chart = {
  kind: 'chart',
  id: 'c',
  title: 'Opened and closed',
  form: 'line',
  categories: ['Jan', 'Feb', 'Mar'],
  series: [
    { name: 'Opened', values: [3, 1, 2] },
    { name: 'Closed', values: [1, null, 2] },
  ],
  alt: 'Openings fell from 3 to 2.',
};

function page(blocks: readonly Block[]): Promise<string> {
  const document: Document = { title: 'T', asOf: AS_OF, newestImport: null, blocks };
  return renderHtml(document);
}

test.each(['bar', 'stacked-bar', 'line', 'histogram'] as const)(
  'a %s chart has no counter of the library in it',
  async (form) => {
    const first = await page([{ ...CHART, form }]);
    const second = await page([{ ...CHART, form }]);
    expect(second).toBe(first);
    expect(first).not.toMatch(/zr\d|ecmeta|CDATA|#0[ab]0/);
  },
);

test('every id is used once, also with two blocks of one id', async () => {
  const html = await page([CHART, CHART, { ...CHART, form: 'bar' }]);
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, id] of html.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
});

test('a chart says its sentence and gives its numbers', async () => {
  const html = await page([CHART]);
  expect(html).toContain('role="img" aria-label="Openings fell from 3 to 2."');
  expect(html).toContain(
    '<th scope="row" class="keep">Feb</th><td class="num">1</td><td class="num none">–</td>',
  );
});

test('a chart without numbers says so', async () => {
  expect(await page([{ ...CHART, categories: [] }])).toContain('<p class="empty">No figures.</p>');
});

test('more than four sections get a table of contents whose links lead somewhere', async () => {
  const section = (at: number): Block => ({
    kind: 'table',
    id: `t${at}`,
    title: `Part ${at}`,
    columns: [],
    rows: [],
  });
  expect(await page([1, 2, 3, 4].map(section))).not.toContain('<nav');
  const html = await page([1, 2, 3, 4, 5].map(section));
  const links = [...html.matchAll(/href="#([^"]*)"/g)].map((match) => match[1]);
  expect(links).toHaveLength(5);
  for (const link of links) expect(html).toContain(`id="${link}"`);
});

test('a table has column and row headings, and its wide form keeps its roles as cards', async () => {
  const html = await renderHtml(smallDocument());
  expect(html).toContain('<html lang="en">');
  expect(html).toContain('<th scope="col" role="columnheader">Control number</th>');
  expect(html).toContain('<th scope="row" role="rowheader" class="keep">CC-0001</th>');
  expect(html).toContain('data-label="Description"');
  expect(html).toContain('<time datetime="2020-11-03T20:30:00Z">3 Nov 2020 14:30</time>');
});

test('what is to be signed has lines for name and date, and no typed underscores', async () => {
  const html = await renderHtml({
    ...smallDocument(),
    blocks: [
      {
        kind: 'prose',
        id: 'signatures',
        heading: 'Review and approval',
        paragraphs: ['Approved, commander: ____  Date: ____'],
        signatures: [
          {
            who: 'Community policing sergeant',
            what: 'Read (CSR-23).',
            signed: { by: 'M0019, cp-sergeant', on: '4 Jan 2021 09:00' },
          },
          { who: 'District commander', what: 'Reviewed and approved (CSR-29).' },
        ],
      },
    ],
  });
  expect(html).toContain('<p class="signed">M0019, cp-sergeant</p><span>Community policing sergeant</span>');
  expect(html).toContain('<p class="signed">4 Jan 2021 09:00</p><span>Date</span>');
  expect(html).toContain('<p class="signed"></p><span>District commander</span>');
  expect(html).not.toContain('____');
});
