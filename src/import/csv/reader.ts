import type { CsvBatch } from './block.ts';

export type { CsvBatch, Irregular, RowBlock } from './block.ts';

/** An open CSV file whose header has been read. */
export interface CsvSource {
  readonly file: string;
  /** Header cells, trimmed. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly encoding: Encoding;
  /** Bytes of the file on disk, null when unknown (standard input). */
  readonly bytesTotal: number | null;
  /** Bytes of the file taken in so far, as they are in the file (compressed ones for .gz). */
  bytesRead(): number;
  /** SHA-256 (hex) of the bytes as they are in the file. Call it after the last batch. */
  sha256(): string;
  /** The records after the header. Once only. */
  batches(): AsyncIterable<CsvBatch>;
  close(): Promise<void>;
}

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];
