// Words that say nothing of the nature of a concern.
const STOP = new Set(
  (
    'the and for are was were has have had not but with that this these those there they them their from into onto ' +
    'near out off over under all any each every some very more most than then when where which who why how what ' +
    'will would can could should may might must been being about after again also always before between down during ' +
    'his her its our your you she him because until while just only still too one two'
  ).split(' '),
);

/** Texts as sets of word numbers, each set ascending and once, with how rare each word is. */
export interface WordSets {
  /** Word numbers of text `i`: `words` from `starts[i]` to below `starts[i + 1]`. */
  readonly words: Int32Array;
  readonly starts: Int32Array;
  /** By word number: the rarer among the texts, the more it counts. */
  readonly weight: Float64Array;
  /** By text: the weights of its words together. */
  readonly total: Float64Array;
  readonly names: readonly string[];
}

const BEYOND_ASCII = /[^ -~\s]/;

/** The words of a text as they stand, in lower case and without accents, of three letters or digits and more. */
function rawWords(text: string): readonly string[] {
  if (!BEYOND_ASCII.test(text)) return text.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [];
  const bare = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** A word without its plural or verb ending; null for one that says nothing of the nature of a concern. */
function stem(word: string): string | null {
  return STOP.has(word) ? null : cut(word);
}

function cut(word: string): string {
  const length = word.length;
  if (length > 5 && word.endsWith('ing')) return undoubled(word.slice(0, -3));
  if (length > 4 && word.endsWith('ed')) return undoubled(word.slice(0, -2));
  if (length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (length > 3 && word.endsWith('s') && !word.endsWith('ss')) return undoubled(word.slice(0, -1));
  return undoubled(word);
}

// `stopped` and `stop`, `gathered` and `gathere`: one ending letter less on both sides.
function undoubled(word: string): string {
  const last = word.length - 1;
  if (last > 2 && word[last] === word[last - 1]) return word.slice(0, last);
  return last > 2 && word[last] === 'e' ? word.slice(0, last) : word;
}

/** Numbers the words of many texts. Linear in their words. */
export function wordSets(texts: readonly (string | null)[]): WordSets {
  // By the word as it stands, so that each is looked at once; -1 for those that say nothing.
  const byRaw = new Map<string, number>();
  const byStem = new Map<string, number>();
  const names: string[] = [];
  const counts: number[] = [];
  const flat: number[] = [];
  const own: number[] = [];
  const starts = new Int32Array(texts.length + 1);
  const numberOf = (raw: string): number => {
    const name = stem(raw);
    const number = name === null ? -1 : (byStem.get(name) ?? names.length);
    if (name !== null && number === names.length) {
      byStem.set(name, number);
      names.push(name);
      counts.push(0);
    }
    byRaw.set(raw, number);
    return number;
  };
  for (let i = 0; i < texts.length; i++) {
    let used = 0;
    for (const raw of rawWords(texts[i] ?? '')) {
      const number = byRaw.get(raw) ?? numberOf(raw);
      if (number >= 0) used = inserted(own, used, number);
    }
    for (let at = 0; at < used; at++) {
      const number = own[at] ?? 0;
      flat.push(number);
      counts[number] = (counts[number] ?? 0) + 1;
    }
    starts[i + 1] = flat.length;
  }
  const words = Int32Array.from(flat);
  const weight = Float64Array.from(counts, (count) => Math.log(1 + texts.length / count));
  const total = new Float64Array(texts.length);
  for (let i = 0; i < texts.length; i++) {
    for (let at = starts[i] ?? 0; at < (starts[i + 1] ?? 0); at++) {
      total[i] = (total[i] ?? 0) + (weight[words[at] ?? 0] ?? 0);
    }
  }
  return { words, starts, weight, total, names };
}

// Keeps the first `used` numbers ascending, each once; answers how many there are then. A text has few.
function inserted(own: number[], used: number, number: number): number {
  let at = used;
  while (at > 0 && (own[at - 1] ?? 0) > number) at--;
  if (at > 0 && own[at - 1] === number) return used;
  for (let move = used; move > at; move--) own[move] = own[move - 1] ?? 0;
  own[at] = number;
  return used + 1;
}

/** How much of their words two texts share, 0 to 1: twice the weight in common over both weights (Dice). */
export function likeness(sets: WordSets, a: number, b: number): number {
  const { words, starts, weight, total } = sets;
  const both = (total[a] ?? 0) + (total[b] ?? 0);
  if (both === 0) return 0;
  let i = starts[a] ?? 0;
  let j = starts[b] ?? 0;
  const endI = starts[a + 1] ?? 0;
  const endJ = starts[b + 1] ?? 0;
  let common = 0;
  while (i < endI && j < endJ) {
    const left = words[i] ?? 0;
    const right = words[j] ?? 0;
    if (left === right) {
      common += weight[left] ?? 0;
      i++;
      j++;
    } else if (left < right) i++;
    else j++;
  }
  return (2 * common) / both;
}

/** The words that two texts share, rarest first. */
export function sharedWords(sets: WordSets, a: number, b: number): readonly string[] {
  const { words, starts, weight, names } = sets;
  const own = words.subarray(starts[a], starts[a + 1]);
  return [...words.subarray(starts[b], starts[b + 1])]
    .filter((word) => own.includes(word))
    .sort((x, y) => (weight[y] ?? 0) - (weight[x] ?? 0))
    .map((word) => names[word] ?? '');
}
