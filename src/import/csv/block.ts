/**
 * The regular rows of one stretch of a file: UTF-8 bytes and where each field lies in them.
 * Valid until the next batch is asked for; nothing of it may be kept but the texts of `fields`.
 */
export interface RowBlock {
  /** Number of rows. */
  readonly rows: number;
  /** Fields a row: as many as the header has. */
  readonly width: number;
  readonly bytes: Uint8Array;
  /**
   * Field `column` of row `row` is `bytes[bounds[i]]` up to, not including, `bytes[bounds[i + 1]]`, with
   * `i = 2 * (row * width + column)`. Surrounding quotes are outside; doubled quotes inside are still doubled.
   */
  readonly bounds: Int32Array;
  /** Line of the file at which each row starts, from 1. */
  readonly lines: Int32Array;
  /** The text of one field. It may hold on to the memory of the whole block: bind it, do not keep it. */
  text(row: number, column: number): string;
  /** All texts of one row, verbatim, in a new array that may be kept. */
  fields(row: number): string[];
}

/** A record that is no row: wrong number of fields, broken quote, NUL. csv-parse is the judge of each. */
export interface Irregular {
  /** Line of the file at which it starts, from 1. */
  readonly line: number;
  /** Column it is about, from 0; null for the record as a whole. */
  readonly column: number | null;
  readonly reason: string;
  /** Its fields where it can be cut into fields, else empty. */
  readonly fields: readonly string[];
  /** The record as it stands in the file, without its line end. */
  readonly text: string;
}

/** One stretch of a file. */
export interface CsvBatch {
  readonly block: RowBlock;
  readonly irregular: readonly Irregular[];
}
