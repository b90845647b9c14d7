import { expect, test } from 'vitest';
import { renderCsv } from '../../src/report/csv.ts';
import type { Document } from '../../src/report/document.ts';
import { renderHtml } from '../../src/report/html.ts';
import { renderJson, renderNdjson } from '../../src/report/json.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { renderPlain } from '../../src/report/plain.ts';
import { renderTable } from '../../src/report/table.ts';
import { AS_OF } from './sample.ts';

const NASTY =
  'a\u001b[31mred\u001b]0;title\u0007 \u202eevil\u202c\u009b2J\u0000 <script>alert(1)</script> "q" | x\ty\nz';

function everywhere(text: string): Document {
  return {
    title: text,
    subtitle: text,
    banner: [text],
    asOf: AS_OF,
    newestImport: AS_OF,
    period: { label: text, from: text, to: text },
    blocks: [
      { kind: 'figures', id: text, title: text, figures: [{ label: text, value: text, note: text }] },
      {
        kind: 'table',
        id: text,
        title: text,
        columns: [{ key: 'a', title: text, unit: text }],
        rows: [{ a: text }, { a: { kind: 'tone', tone: 'bad', text } }],
        caption: text,
        totals: { a: text },
      },
      { kind: 'table', id: text, columns: [], rows: [], empty: text },
      {
        kind: 'chart',
        id: text,
        title: text,
        form: 'bar',
        categories: [text, 'b'],
        series: [
          { name: text, values: [1, 2] },
          { name: 'other', values: [2, null] },
        ],
        unit: text,
        alt: text,
      },
      { kind: 'prose', id: text, heading: text, paragraphs: [text] },
    ],
    notes: [text],
    footer: [{ label: text, text }],
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

test('no control character, ANSI code or bidi mark of a text reaches any format that a terminal may show', async () => {
  const document = everywhere(NASTY);
  const items = [{ text: NASTY }];
  const outputs = {
    table: renderTable(document, { width: 80, color: false }),
    plain: renderPlain(document),
    markdown: renderMarkdown(document),
    html: await renderHtml(document),
    csv: renderCsv(document),
    csvItems: renderCsv(items),
    json: renderJson({ schema: 's', asOf: AS_OF, newestImport: null, data: { items } }),
    ndjson: renderNdjson(items),
  };
  for (const [format, text] of Object.entries(outputs))
    expect([format, UNSAFE.exec(text)]).toEqual([format, null]);
});

test('json keeps every character of a text, however nasty', () => {
  const text = `${NASTY}\ud800\u2028\ufeff`;
  const json = renderJson({
    schema: 's',
    asOf: AS_OF,
    newestImport: null,
    data: { text, items: [{ text }] },
  });
  expect(JSON.parse(json)).toMatchObject({ text, items: [{ text }] });
  expect(JSON.parse(renderNdjson([{ text }]))).toEqual({ text });
});

test('html has no markup of a text in it, in elements, attributes, style or pictures', async () => {
  const html = await renderHtml(everywhere('"><script>x</script><img src=x onerror=y>\'</style></title>'));
  expect(html).not.toMatch(/<script|<img/);
  expect(html.match(/<\/style>/g)).toHaveLength(1);
  expect(html.match(/<\/title>/g)).toHaveLength(1);
});

test('html loads nothing and runs nothing', async () => {
  const html = await renderHtml(everywhere('plain'));
  expect(html).not.toMatch(/<link|<script|@import|url\((?!#)|\ssrc=|https?:/);
  expect(html).toContain("default-src 'none'");
});

test('markdown cells keep bars, markup and line breaks of a text as text', () => {
  const table = {
    kind: 'table',
    id: 't',
    columns: [{ key: 'a', title: 'A|B' }],
    rows: [{ a: 'x|y *z* _w_ `c` [l](u)\n<b>' }],
  } as const;
  const markdown = renderMarkdown({ title: 'T', asOf: AS_OF, newestImport: null, blocks: [table] });
  expect(markdown).toContain('| A\\|B |\n| --- |\n| x\\|y \\*z\\* \\_w\\_ \\`c\\` \\[l\\](u) &lt;b&gt; |\n');
});

test('a markdown paragraph does not become a heading, list or rule', () => {
  const paragraphs = ['# no', '- no', '+ no', '1. no', '2) no', '---', '> no'];
  const markdown = renderMarkdown({
    title: 'T',
    asOf: AS_OF,
    newestImport: null,
    blocks: [{ kind: 'prose', id: 'p', paragraphs }],
  });
  expect(markdown).toContain('\\# no\n\n\\- no\n\n\\+ no\n\n1\\. no\n\n2\\) no\n\n\\---\n\n&gt; no\n');
});

test('csv texts that a spreadsheet would run get a leading apostrophe; numbers keep their minus', () => {
  const values = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '\nx', 'a=b', '', -1.5];
  expect(renderCsv(values.map((value) => ({ value })))).toBe(
    `value\n'=1+1\n'+1\n'-1\n'@x\n"'\tx"\n"'\rx"\n"'\nx"\na=b\n""\n-1.5\n`,
  );
});

test('an invisible mark does not hide a formula from the guard', () => {
  expect(renderCsv([{ value: '\u200e\u202e=1+1' }])).toBe("value\n'=1+1\n");
});

test('raw csv gives texts back as they are', () => {
  expect(
    renderCsv(
      [
        { a: '=1+1', b: 'x"y\r\nz' },
        { a: '-1', b: NASTY },
      ],
      { raw: true },
    ),
  ).toBe(`a,b\n=1+1,"x""y\r\nz"\n-1,"${NASTY.replaceAll('"', '""')}"\n`);
});

test('csv quotes what RFC 4180 asks for and what another separator would split', () => {
  expect(renderCsv([{ a: 'x,y', b: 'say "no"', c: 'l1\nl2', d: ';=x', e: ' pad' }])).toBe(
    'a,b,c,d,e\n"x,y","say ""no""","l1\nl2",";=x"," pad"\n',
  );
});
