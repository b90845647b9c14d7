import type { RowBlock } from './block.ts';

const LF = 10;
const CR = 13;
const QUOTE = 34;

// Classes of bytes: all that can end or spoil a field, and what a one-byte text cannot hold.
const PLAIN = 0;
const BREAK = 1;
const DELIMITER = 2;
const QUOTES = 3;
const NUL = 4;
const WIDE = 5;

// What a row holds besides plain ASCII.
const HAS_WIDE = 1;
const HAS_DOUBLED = 2;

/** What is wrong with a record that the scanner does not take. */
export type Trouble = 'count' | 'quote' | 'nul';

/** Where an irregular record lies: `bytes[start..end)`, its line end included. */
export interface Spoiled {
  readonly trouble: Trouble;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** Cuts bytes into rows, block after block; the arrays of a block are used again for the next. */
export interface Scanner extends RowBlock {
  /**
   * Takes the records of `bytes[from..to)`; `last` when nothing follows them. `bytes[to]` is overwritten. A quote that
   * opens in the record at `giveUpAt` and is open at the end counts as broken. Answers where the first unfinished
   * record starts.
   */
  run(bytes: Buffer, from: number, to: number, last: boolean, giveUpAt?: number): number;
  readonly spoiled: readonly Spoiled[];
  /** Line of the file at which the next record starts. */
  nextLine(): number;
}

function classesOf(delimiter: string): Uint8Array {
  const classes = new Uint8Array(256).fill(WIDE, 128);
  classes[0] = NUL;
  classes[LF] = BREAK;
  classes[CR] = BREAK;
  classes[QUOTE] = QUOTES;
  classes[delimiter.charCodeAt(0)] = DELIMITER;
  return classes;
}

/**
 * A scanner for rows of `width` fields of UTF-8. It reads well-formed rows alone; any other record is handed on for
 * csv-parse to judge: whole when only its number of fields is wrong, its first line when a quote is broken.
 */
export function makeScanner(delimiter: string, width: number, firstLine: number): Scanner {
  const classes = classesOf(delimiter);
  let bounds = new Int32Array(2 * width * 512);
  let lines = new Int32Array(512);
  let flags = new Uint8Array(512);
  let bytes: Buffer = Buffer.alloc(0);
  let filled = 0;
  let whole: string | null = null;
  let spoiled: Spoiled[] = [];
  let rows = 0;
  let nextLine = firstLine;

  function double(): void {
    const wider = new Int32Array(bounds.length * 2);
    wider.set(bounds);
    bounds = wider;
    const moreLines = new Int32Array(lines.length * 2);
    moreLines.set(lines);
    lines = moreLines;
    const moreFlags = new Uint8Array(flags.length * 2);
    moreFlags.set(flags);
    flags = moreFlags;
  }

  function run(buffer: Buffer, from: number, to: number, last: boolean, giveUpAt = -1): number {
    // A line end behind the last byte stops every loop, so that none has to look where the bytes end.
    buffer[to] = LF;
    bytes = buffer;
    filled = to;
    whole = null;
    spoiled = [];
    rows = 0;
    let cuts = bounds;
    let line = nextLine;
    let p = from;
    while (p < to) {
      const start = p;
      const startLine = line;
      if (rows === lines.length) {
        double();
        cuts = bounds;
      }
      let at = 2 * rows * width;
      const full = at + 2 * width;
      let flag = 0;
      let nul = false;
      let broken = false;
      let surplus = false;
      for (;;) {
        // One field; p is at its first byte.
        let begin = p;
        let end = p;
        let kind = classes[buffer[p] as number] as number;
        if (kind !== QUOTES) {
          while (kind === PLAIN) kind = classes[buffer[++p] as number] as number;
          while (kind >= NUL || kind === PLAIN) {
            if (kind === WIDE) flag |= HAS_WIDE;
            else if (kind === NUL) nul = true;
            kind = classes[buffer[++p] as number] as number;
          }
          end = p;
          broken = kind === QUOTES;
        } else {
          begin = ++p;
          for (;;) {
            kind = classes[buffer[p] as number] as number;
            if (kind === PLAIN || kind === DELIMITER) p++;
            else if (kind === QUOTES) {
              if (buffer[p + 1] !== QUOTE || p + 1 === to) break;
              flag |= HAS_DOUBLED;
              p += 2;
            } else if (p === to) break;
            else {
              if (kind === WIDE) flag |= HAS_WIDE;
              else if (kind === NUL) nul = true;
              else if (buffer[p] === LF || buffer[p + 1] !== LF) line++;
              p++;
            }
          }
          end = p;
          if (p === to) {
            broken = last || giveUpAt === start;
            if (!broken) break;
          } else {
            kind = classes[buffer[++p] as number] as number;
            broken = kind !== DELIMITER && kind !== BREAK;
          }
        }
        if (broken) break;
        if (at < full) {
          cuts[at] = begin;
          cuts[at + 1] = end;
          at += 2;
        } else surplus = true;
        if (kind !== DELIMITER) break;
        p++;
      }
      // A broken quote spoils the first line of its record alone: what follows is read afresh.
      if (broken) {
        p = start;
        while (classes[buffer[p] as number] !== BREAK) p++;
      }
      // Unfinished: the end may be missing, or the second half of a line end.
      if (!last && (p >= to || (buffer[p] === CR && p + 1 === to))) {
        nextLine = startLine;
        return start;
      }
      const blank = p === start;
      if (p < to) p += buffer[p] === CR && buffer[p + 1] === LF && p + 1 < to ? 2 : 1;
      if (broken) {
        line = startLine + 1;
        spoiled.push({ trouble: 'quote', start, end: p, line: startLine });
        continue;
      }
      line++;
      if (blank) continue;
      if (nul || surplus || at < full) {
        spoiled.push({ trouble: nul ? 'nul' : 'count', start, end: p, line: startLine });
        continue;
      }
      lines[rows] = startLine;
      flags[rows] = flag;
      rows++;
    }
    nextLine = line;
    return p;
  }

  function text(row: number, column: number): string {
    const at = 2 * (row * width + column);
    const start = bounds[at] ?? 0;
    const end = bounds[at + 1] ?? 0;
    if (start === end) return '';
    const flag = flags[row] ?? 0;
    if (flag === 0) {
      // One text for the whole block, made when the first is asked for: a call for each costs several times as much.
      whole ??= bytes.toString('latin1', 0, filled);
      return whole.substring(start, end);
    }
    const verbatim = bytes.toString('utf8', start, end);
    return flag & HAS_DOUBLED && bytes[start - 1] === QUOTE ? verbatim.replaceAll('""', '"') : verbatim;
  }

  return {
    width,
    nextLine: () => nextLine,
    run,
    text,
    fields(row) {
      const fields = new Array<string>(width);
      if (flags[row] !== 0) {
        for (let column = 0; column < width; column++) fields[column] = text(row, column);
        return fields;
      }
      // One text a row, cut into its fields: quicker than one call a field, and it keeps no more than the row alive.
      let at = 2 * row * width;
      const base = bounds[at] ?? 0;
      const line = bytes.toString('latin1', base, bounds[at + 2 * width - 1] ?? base);
      for (let column = 0; column < width; column++, at += 2) {
        fields[column] = line.substring((bounds[at] ?? 0) - base, (bounds[at + 1] ?? 0) - base);
      }
      return fields;
    },
    get rows() {
      return rows;
    },
    get bytes() {
      return bytes;
    },
    get bounds() {
      return bounds;
    },
    get lines() {
      return lines;
    },
    get spoiled() {
      return spoiled;
    },
  };
}
