import { inflateSync } from 'node:zlib';

/** The texts that the pages show, one a line, in the order in which they were drawn. */
export function textsOf(file: Buffer): readonly string[] {
  return pagesOf(file).flat();
}

/** The same by page. */
export function pagesOf(file: Buffer): readonly (readonly string[])[] {
  const pages: string[][] = [];
  const marks = /stream\r?\n/g;
  const raw = file.toString('latin1');
  for (let mark = marks.exec(raw); mark !== null; mark = marks.exec(raw)) {
    if (raw.slice(mark.index - 3, mark.index) === 'end') continue;
    const from = mark.index + mark[0].length;
    const to = raw.indexOf('endstream', from);
    const page = inflateSync(file.subarray(from, to)).toString('latin1');
    const texts: string[] = [];
    for (const [, shown = ''] of page.matchAll(/\[([^\]]*)\] TJ/g)) {
      const hex = [...shown.matchAll(/<([0-9a-f]+)>/g)].map(([, digits = '']) => digits).join('');
      texts.push(Buffer.from(hex, 'hex').toString('latin1'));
    }
    pages.push(texts);
  }
  return pages;
}
