import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { render } from '../../src/report/render.ts';
import { write } from '../../src/store/store.ts';
import { makeScene, type Scene } from '../cli/harness.ts';
import { pagesOf } from '../report/pdf-texts.ts';
import { chicago, report } from './report-store.ts';

let scene: Scene;
let store: string;
const QUARTER = { quarterly: '2020-Q4', district: '005' };

beforeAll(async () => {
  scene = makeScene();
  await scene.shell('rollcall import $SAMPLES/members.csv $SAMPLES/csr-*.csv --quiet');
  store = join(scene.folder, 'rollcall.db');
  // When it was imported is printed: the one thing that differs from day to day.
  await write(store, (writer) =>
    writer.write
      .updateTable('batch')
      .set({ imported_at: chicago('2021-01-04 07:00:00') })
      .execute(),
  );
});
afterAll(() => {
  scene.remove();
});

async function chunks(format: 'table' | 'plain' | 'md' | 'html' | 'csv' | 'json' | 'pdf') {
  const outcome = await report(store, QUARTER, { asOf: '2021-01-04 09:00:00' });
  return render(outcome, { format, width: 80, color: false, schema: 'rollcall/csr.report/1' });
}

/** Hashes of rules, files and events change with each of these; the text around them does not. */
function withoutHashes(text: string): string {
  return text.replaceAll(/[0-9a-f]{64}/g, '<sha256>');
}

test.each(['table', 'plain', 'md', 'html', 'csv', 'json'] as const)(
  "the samples' quarterly report as %s, to the byte",
  async (format) => {
    const text = withoutHashes([...(await chunks(format))].join(''));
    await expect(text).toMatchFileSnapshot(`golden/samples-2020-Q4.${format}.txt`);
  },
);

test("the samples' quarterly report on paper, page by page", async () => {
  const bytes = [...(await chunks('pdf'))].map((piece) => Buffer.from(piece));
  const pages = pagesOf(Buffer.concat(bytes));
  const text = pages
    .map((texts, at) => `=== Page ${at + 1} of ${pages.length}\n${texts.join('\n')}\n`)
    .join('');
  await expect(withoutHashes(text)).toMatchFileSnapshot('golden/samples-2020-Q4.pdf.txt');
});
