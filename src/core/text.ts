// Everything but plain ASCII, so that most text is passed on after one look.
const NEEDS_CARE = /[^\x20-\x7e]/;

const SPACES = /\r\n|[\t\n\v\f\r\x85\u2028\u2029\u2800]|\p{Zs}/gu;

// Bidi marks, zero-width characters, tags, selectors, fillers, annotation marks: drawn as nothing.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufff9-\ufffb]/gu;

/**
 * Text that is safe to print on a terminal, on one line. Control characters (an ANSI escape's ESC among them) become
 * their visible pictures (`␛`), tab and line breaks a space, lone surrogates `\ufffd`; bidi marks, zero-width and other
 * invisible characters are removed. Letters of every script, combining marks and emoji stay.
 */
export function cleanForScreen(text: string): string {
  if (!NEEDS_CARE.test(text)) return text;
  const drawn = text
    .toWellFormed()
    .replace(SPACES, ' ')
    .replace(/\p{Cc}/gu, picture);
  // What is removed may have been what kept its neighbour, so look again until nothing more goes.
  for (let before = drawn; ; ) {
    const after = before.replace(UNSEEN, (found: string, at: number, whole: string) =>
      shapes(found, at, whole) ? found : '',
    );
    if (after === before) return after;
    before = after;
  }
}

// U+2400 is the picture of NUL, and so on to 1F; 2421 is that of DEL. The C1 controls have none of their own.
function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

const EMOJI_END = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f)$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const SELECTABLE_END = /\p{Emoji}$/u;
// Scripts in which joiners are part of spelling, by one block from Arabic to Sinhala.
const JOINING_END = /(?=[\u0600-\u0dff])[\p{L}\p{M}]$/u;
const JOINING_START = /^(?=[\u0600-\u0dff])[\p{L}\p{M}]/u;

// Joiners and emoji selectors shape what they stand in; anywhere else they only hide something.
function shapes(found: string, at: number, whole: string): boolean {
  const before = whole.slice(Math.max(0, at - 2), at);
  const after = whole.slice(at + 1, at + 3);
  if (found === '\ufe0e' || found === '\ufe0f') return SELECTABLE_END.test(before);
  if (found !== '\u200c' && found !== '\u200d') return false;
  if (JOINING_END.test(before)) return JOINING_START.test(after);
  return found === '\u200d' && EMOJI_END.test(before) && EMOJI_START.test(after);
}

/** A header or code for comparing: trimmed, lower case, each run of spaces, hyphens and underscores one `_`. */
export function foldKey(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');
}

/**
 * The word that was probably meant, for "did you mean"; null when none is near. Near is one slip (a letter missing,
 * added, wrong, or two swapped) for every three letters, at least one; the earliest of equals wins.
 */
export function nearest(word: string, words: readonly string[]): string | null {
  const wanted = foldKey(word);
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  let best: string | null = null;
  let bestSlips = limit + 1;
  for (const candidate of words) {
    const key = foldKey(candidate);
    // The beginning of a long word counts as one slip: `quart` for `quarterly`.
    const begun = wanted.length >= 3 && key.startsWith(wanted);
    const count = begun && key !== wanted ? 1 : slips(wanted, key, bestSlips);
    if (count < bestSlips) {
      best = candidate;
      bestSlips = count;
    }
  }
  return best;
}

// Damerau-Levenshtein distance (adjacent swaps), or `cap` when it is at least that.
function slips(a: string, b: string, cap: number): number {
  if (Math.abs(a.length - b.length) >= cap) return cap;
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (older[j - 2] ?? 0) + 1 : cap,
      );
    }
    older = previous;
    previous = row;
  }
  return Math.min(cap, previous[b.length] ?? cap);
}
