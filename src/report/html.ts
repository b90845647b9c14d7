import { peopleInstant } from '../core/duration.ts';
import { isoInstant } from '../core/instant.ts';
import { measuredBy } from './alike.ts';
import type { Block, Document } from './document.ts';
import { chartHtml, figuresHtml, proseHtml, tableHtml } from './html-blocks.ts';
import { elementId, escapeHtml } from './html-escape.ts';
import { styleSheet } from './html-style.ts';
import { newestImportLine, newestImportText, periodText } from './provenance.ts';

/** A table of contents helps from this many sections on. */
const CONTENTS_FROM = 5;
/** View-box widths of a chart on screen or paper, and on a phone. */
const WIDE = 820;
const NARROW = 350;

interface Section {
  readonly id: string;
  readonly heading: string | null;
  readonly level: 2 | 3;
  readonly block: Block;
}

type Draw = (block: Block, at: number) => string;

/** The document as one self-contained HTML page: no script, nothing loaded, the same bytes every time. */
export async function renderHtml(document: Document): Promise<string> {
  return [...(await htmlChunks(document))].join('');
}

/** renderHtml in pieces; the chart library is loaded only when the document has a chart. */
export async function htmlChunks(document: Document): Promise<Iterable<string>> {
  return pageChunks(document, await chartDrawer(document));
}

function* pageChunks(document: Document, draw: Draw): Generator<string> {
  const sections = sectionsOf(document.blocks);
  const cover = coverHtml(document) + contentsHtml(sections, document);
  yield `${headHtml(document)}${cover}</header>\n<main>\n`;
  for (const [at, section] of sections.entries()) {
    const { heading, level, id, block } = section;
    const startsPage = block.kind === 'prose' && block.startsPage === true ? ' starts-page' : '';
    const classes = (level === 2 && heading !== null ? 'block section' : 'block') + startsPage;
    const named = heading === null ? '' : ` aria-labelledby="${id}-h"`;
    const title = heading === null ? '' : `<h${level} id="${id}-h">${escapeHtml(heading)}</h${level}>\n`;
    yield `<section class="${classes}" id="${id}"${named}>\n${title}`;
    yield* blockChunks(block, at, heading ?? document.title, document.blocks, draw);
    yield '</section>\n';
  }
  yield `${notesHtml(document)}</main>\n${footerHtml(document)}</body>\n</html>\n`;
}

function* blockChunks(
  block: Block,
  at: number,
  label: string,
  all: readonly Block[],
  draw: Draw,
): Generator<string> {
  switch (block.kind) {
    case 'table':
      yield* tableHtml(block, label, measuredBy(all, block));
      return;
    case 'figures':
      yield figuresHtml(block);
      return;
    case 'chart':
      yield draw(block, at);
      return;
    case 'prose':
      yield proseHtml(block);
      return;
  }
}

async function chartDrawer(document: Document): Promise<Draw> {
  if (!document.blocks.some((block) => block.kind === 'chart')) return () => '';
  const { chartSvg } = await import('./charts.ts');
  return (block, at) => {
    if (block.kind !== 'chart') return '';
    if (block.categories.length === 0 || block.series.length === 0)
      return '<p class="empty">No figures.</p>\n';
    const wide = chartSvg(block, { width: WIDE, prefix: `c${at + 1}w` });
    return chartHtml(block, { wide, narrow: chartSvg(block, { width: NARROW, prefix: `c${at + 1}n` }) });
  };
}

/** A prose heading opens a section; titled blocks after it stand one level below, before it they are sections. */
function sectionsOf(blocks: readonly Block[]): Section[] {
  let opened = false;
  return blocks.map((block, at) => {
    const heading = (block.kind === 'prose' ? block.heading : block.title) ?? null;
    if (block.kind === 'prose' && heading !== null) opened = true;
    const level = opened && block.kind !== 'prose' ? 3 : 2;
    return { id: elementId(block.id, at), heading, level, block };
  });
}

function headHtml(document: Document): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(document.subtitle ? `${document.title} · ${document.subtitle}` : document.title)}</title>
<style>${styleSheet(document.title)}</style>
</head>
<body>
`;
}

function coverHtml(document: Document): string {
  const subtitle = document.subtitle ? `<p class="subtitle">${escapeHtml(document.subtitle)}</p>\n` : '';
  const lines = (document.banner ?? []).map((line) => `<p>${escapeHtml(line)}</p>`).join('');
  const banner = lines === '' ? '' : `<div class="banner" role="note">${lines}</div>\n`;
  const period = periodText(document);
  const newest = document.newestImport;
  const import_ = newest === null ? 'none behind this' : newestImportText(newest, document.asOf);
  const facts = [
    fact(
      'As of',
      `<time datetime="${isoInstant(document.asOf)}">${escapeHtml(peopleInstant(document.asOf))}</time>`,
    ),
    period === null ? '' : fact('Period', escapeHtml(period)),
    fact('Newest import', escapeHtml(import_)),
  ];
  return `<header>\n<h1>${escapeHtml(document.title)}</h1>\n${subtitle}${banner}<dl class="facts">${facts.join('')}</dl>\n`;
}

function contentsHtml(sections: readonly Section[], document: Document): string {
  const listed = sections.filter((section) => section.level === 2 && section.heading !== null);
  if (listed.length < CONTENTS_FROM) return '';
  const entries = listed.map(
    ({ id, heading }) => `<li><a href="#${id}">${escapeHtml(heading ?? '')}</a></li>`,
  );
  if ((document.notes ?? []).length > 0) entries.push('<li><a href="#notes">Notes</a></li>');
  return `<nav aria-label="Contents"><ol>${entries.join('')}</ol></nav>\n`;
}

function notesHtml(document: Document): string {
  const notes = document.notes ?? [];
  if (notes.length === 0) return '';
  const list = notes.map((note) => `<li>${escapeHtml(note)}</li>\n`).join('');
  return `<section class="block section notes" id="notes" aria-labelledby="notes-h">\n<h2 id="notes-h">Notes</h2>\n<ul>\n${list}</ul>\n</section>\n`;
}

function footerHtml(document: Document): string {
  const entries = (document.footer ?? [])
    .map(({ label, text }) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(text)}</dd>\n`)
    .join('');
  const list = entries === '' ? '' : `<dl>\n${entries}</dl>\n`;
  return `<footer>\n${list}<p>${escapeHtml(newestImportLine(document))}</p>\n</footer>\n`;
}

function fact(label: string, value: string): string {
  return `<div><dt>${label}</dt><dd>${value}</dd></div>`;
}
