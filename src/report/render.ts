import type { Format, ItemList, Outcome } from '../core/command.ts';
import type { Document } from './document.ts';
import type { Item } from './json.ts';

export interface RenderOptions {
  readonly format: Format;
  /** Columns of the terminal; used by `table` only. */
  readonly width: number;
  /** Colour; used by `table` only. */
  readonly color: boolean;
  /** `rollcall/<group>.<verb>/1`; used by `json` only. */
  readonly schema: string;
  /** CSV texts exactly as stored (round trips); absent, texts are made safe for spreadsheets. */
  readonly raw?: boolean;
  /** CSV heading of a list that turns out empty (the command's item fields). */
  readonly columns?: readonly string[];
}

/**
 * An outcome in one format, as pieces of text to be written one after another. Only the format's own module is
 * loaded. Throws a usage error (also while iterating) when the outcome has nothing that the format can show.
 */
export async function render(outcome: Outcome<Document>, options: RenderOptions): Promise<Iterable<string>> {
  const { document } = outcome;
  switch (options.format) {
    case 'table':
      return (await import('./table.ts')).tableChunks(document, options);
    case 'plain':
      return (await import('./plain.ts')).plainChunks(document);
    case 'md':
      return (await import('./markdown.ts')).markdownChunks(document);
    case 'html':
      return (await import('./html.ts')).htmlChunks(document);
    case 'csv':
      return (await import('./csv.ts')).csvChunks(listOf(outcome) ?? document, options);
    case 'ndjson':
      return (await import('./json.ts')).ndjsonChunks(listOf(outcome));
    case 'json':
      return (await import('./json.ts')).jsonChunks({
        schema: options.schema,
        asOf: document.asOf,
        newestImport: outcome.newestImport,
        data: withItems(outcome),
      });
  }
}

function listOf(outcome: Outcome<Document>): ItemList | undefined {
  if (outcome.items !== undefined) return outcome.items;
  const items = outcome.data.items;
  return isItems(items) ? items : undefined;
}

/** The command's data, with `total` and `items` of its list where it did not put them itself. */
function withItems({ data, items }: Outcome<Document>): Readonly<Record<string, unknown>> {
  if (items === undefined || 'items' in data) return data;
  return 'total' in data ? { ...data, items } : { ...data, total: items.length, items };
}

function isItems(value: unknown): value is readonly Item[] {
  return (
    Array.isArray(value) &&
    value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
  );
}
