import { describe, expect, test } from 'vitest';
import type { Document } from '../../src/report/document.ts';
import { pdfChunks } from '../../src/report/pdf.ts';
import { foreignSigns, pdfLine, wrapLines } from '../../src/report/pdf-text.ts';
import { pagesOf, textsOf } from './pdf-texts.ts';
import { smallDocument } from './sample.ts';

async function bytesOf(document: Document): Promise<Buffer> {
  return Buffer.concat(await pdfChunks(document));
}

function longTable(rows: number): Document {
  return {
    ...smallDocument(),
    blocks: [
      {
        kind: 'table',
        id: 'long',
        title: 'Long',
        columns: [{ key: 'id', title: 'Control number' }],
        rows: Array.from({ length: rows }, (_, i) => ({ id: `CC-${i}` })),
      },
    ],
  };
}

describe('a document as PDF', () => {
  test('is the same bytes every time', async () => {
    expect(await bytesOf(smallDocument())).toEqual(await bytesOf(smallDocument()));
  });

  test('carries the as-of as its date, never the clock', async () => {
    const file = (await bytesOf(smallDocument())).toString('latin1');
    expect(file).toContain('(D:20201105203000Z)');
    expect(file).toMatch(/^%PDF-1\.\d/);
  });

  test('shows title, banner, as-of, period, figures, tables, notes and the page number', async () => {
    const texts = textsOf(await bytesOf(smallDocument()));
    for (const text of [
      'Overdue Community Concerns',
      '005th District',
      '5 Nov 2020 14:30',
      '2020-Q4 (1 Oct 2020 to 31 Dec 2020)',
      'Running clocks',
      '12,345',
      'CC-0001',
      'Notes',
    ]) {
      expect(texts).toContain(text);
    }
    expect(texts.some((text) => /^Page 1 of \d+$/.test(text))).toBe(true);
  });

  test('repeats the head of a table on every page that it reaches', async () => {
    const texts = textsOf(await bytesOf(longTable(150)));
    const pages = texts.filter((text) => /^Page \d+ of \d+$/.test(text)).length;
    expect(pages).toBeGreaterThan(3);
    expect(texts.filter((text) => text === 'Control number')).toHaveLength(pages);
    expect(texts.filter((text) => text.startsWith('CC-'))).toHaveLength(150);
  });

  test('keeps the caption of a table with its last rows, and the footer on one page', async () => {
    for (let rows = 20; rows < 60; rows++) {
      const long = longTable(rows);
      const [block] = long.blocks;
      const table = block?.kind === 'table' ? { ...block, caption: 'Said of the table' } : block;
      const lines = Array.from({ length: 6 }, (_, i) => ({ label: `Label ${i}`, text: `Text ${i}` }));
      const document = { ...long, blocks: table === undefined ? [] : [table], notes: [], footer: lines };
      const pages = pagesOf(await bytesOf(document));
      const page = (text: string): number => pages.findIndex((texts) => texts.includes(text));
      expect([rows, page('Said of the table')]).toEqual([rows, page(`CC-${rows - 1}`)]);
      expect([rows, page('Text 5')]).toEqual([rows, page('Text 0')]);
    }
  });

  test('keeps the notes with the footer, so that no page holds the footer alone', async () => {
    for (let rows = 20; rows < 60; rows++) {
      const footer = Array.from({ length: 6 }, (_, i) => ({ label: `Label ${i}`, text: `Text ${i}` }));
      const document = { ...longTable(rows), notes: ['One note', 'Another note'], footer };
      const pages = pagesOf(await bytesOf(document));
      const page = (text: string): number => pages.findIndex((texts) => texts.includes(text));
      expect([rows, page('Notes'), page('Another note')]).toEqual([rows, page('Text 0'), page('Text 5')]);
    }
  });

  test('gives each form a page of its own', async () => {
    const form = (id: string) =>
      ({ kind: 'prose', id, heading: id, paragraphs: ['…'], startsPage: true, ruledLines: 3 }) as const;
    const texts = textsOf(
      await bytesOf({ ...smallDocument(), blocks: [form('one'), form('two'), form('three')] }),
    );
    expect(texts).toContain('Page 1 of 3');
    expect(texts.indexOf('two')).toBeGreaterThan(texts.indexOf('one'));
  });
});

describe('text on paper', () => {
  test('keeps what the fonts have and says where they lack a sign', () => {
    expect(pdfLine('Peña – 5 € · “x”')).toBe('Peña – 5 € · “x”');
    expect(pdfLine('Łódź 東京')).toBe('Lódz [U+6771][U+4EAC]');
    expect(pdfLine('😀')).toBe('[U+1F600]');
    expect(foreignSigns({ title: 'Łódź ✗ 東京', blocks: ['Peña', '😀'] })).toBe(3);
    expect(pdfLine('✗ late')).toBe('x late');
  });

  test('breaks at spaces, and inside a word only when it is too long alone', () => {
    const measure = (text: string) => text.length;
    expect(wrapLines('one two three', 7, 'Helvetica', 1, measure)).toEqual(['one two', 'three']);
    expect(wrapLines('abcdefghij', 4, 'Helvetica', 1, measure)).toEqual(['abcd', 'efgh', 'ij']);
  });
});
