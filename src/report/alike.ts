import type { Block, Table } from './document.ts';

/** A table with the rows of all that are laid out as it is: what its columns are measured by. */
export function measuredBy(blocks: readonly Block[], table: Table): Table {
  if (table.alike === undefined) return table;
  return { ...table, rows: group(blocks, table).flatMap(({ rows }) => rows) };
}

/** True for the last of the tables that are laid out alike, and for one that stands alone. */
export function isLastAlike(blocks: readonly Block[], table: Table): boolean {
  return table.alike === undefined || group(blocks, table).at(-1) === table;
}

function group(blocks: readonly Block[], { alike }: Table): readonly Table[] {
  return blocks.filter((block) => block.kind === 'table').filter((each) => each.alike === alike);
}
