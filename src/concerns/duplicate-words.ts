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
  /** By word number: the word as it was first met. */
  readonly names: readonly string[];
}

const BEYOND_ASCII = /[^ -~\s]/;

// A text as its words are read from it: accents go where there are any; everything else stays in its place.
function readable(text: string): string {
  return BEYOND_ASCII.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
}

// A letter or digit in lower case, 0 for what parts words. Letters beyond ASCII count as they are.
function letterAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 97 && code <= 122) return code;
  if (code >= 65 && code <= 90) return code + 32;
  if (code >= 48 && code <= 57) return code;
  return code > 0xbf ? code : 0;
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

/** The number of a word that says nothing of the nature of a concern. */
const SILENT = -1;
const UNSEEN = -2;

/**
 * Numbers of words by two sums of 32 bits over their letters: a word seen before needs no text of its own, which would
 * cost more than all else. That two words of a store have both sums alike is out of reach of chance.
 */
function seenWords() {
  let room = 1 << 14;
  let filled = 0;
  let ones = new Int32Array(room);
  let others = new Int32Array(room);
  let numbers = new Int32Array(room).fill(UNSEEN);
  const placeOf = (one: number, other: number): number => {
    let place = (one ^ (other >>> 7)) & (room - 1);
    while (numbers[place] !== UNSEEN && (ones[place] !== one || others[place] !== other))
      place = (place + 1) & (room - 1);
    return place;
  };
  const grow = () => {
    const old = [ones, others, numbers] as const;
    room *= 2;
    ones = new Int32Array(room);
    others = new Int32Array(room);
    numbers = new Int32Array(room).fill(UNSEEN);
    for (let i = 0; i < old[2].length; i++) {
      if (old[2][i] === UNSEEN) continue;
      put(placeOf(old[0][i] ?? 0, old[1][i] ?? 0), old[0][i] ?? 0, old[1][i] ?? 0, old[2][i] ?? 0);
    }
  };
  const put = (place: number, one: number, other: number, number: number) => {
    ones[place] = one;
    others[place] = other;
    numbers[place] = number;
  };
  return {
    /** The number of a word, or UNSEEN. */
    find: (one: number, other: number): number => numbers[placeOf(one, other)] ?? UNSEEN,
    add(one: number, other: number, number: number): void {
      put(placeOf(one, other), one, other, number);
      filled++;
      if (filled * 2 > room) grow();
    },
  };
}

/** Numbers the words of many texts. Linear in their words. */
export function wordSets(texts: readonly (string | null)[]): WordSets {
  const byStem = new Map<string, number>();
  const names: string[] = [];
  const counts: number[] = [];
  const flat: number[] = [];
  const own: number[] = [];
  const starts = new Int32Array(texts.length + 1);
  const numberOf = (raw: string): number => {
    const name = stem(raw);
    if (name === null) return SILENT;
    const known = byStem.get(name);
    if (known !== undefined) return known;
    byStem.set(name, names.length);
    // For people: as it was first written, not as it is compared.
    names.push(raw);
    counts.push(0);
    return names.length - 1;
  };
  const seen = seenWords();
  for (let i = 0; i < texts.length; i++) {
    const text = readable(texts[i] ?? '');
    let used = 0;
    let from = 0;
    let one = 0;
    let other = 0;
    for (let at = 0; at <= text.length; at++) {
      const letter = at < text.length ? letterAt(text, at) : 0;
      if (letter !== 0) {
        one = Math.imul(one ^ letter, 0x01000193);
        other = Math.imul(other + letter, 0x85ebca6b) ^ (other >>> 13);
        continue;
      }
      if (at - from >= 3) {
        let number = seen.find(one, other);
        if (number === UNSEEN) {
          number = numberOf(text.slice(from, at).toLowerCase());
          seen.add(one, other, number);
        }
        if (number !== SILENT) used = inserted(own, used, number);
      }
      from = at + 1;
      one = 0;
      other = 0;
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
  const endB = starts[b + 1] ?? 0;
  const shared: number[] = [];
  let j = starts[b] ?? 0;
  for (let i = starts[a] ?? 0; i < (starts[a + 1] ?? 0); i++) {
    const word = words[i] ?? 0;
    while (j < endB && (words[j] ?? 0) < word) j++;
    if (j < endB && words[j] === word) shared.push(word);
  }
  return shared.sort((x, y) => (weight[y] ?? 0) - (weight[x] ?? 0)).map((word) => names[word] ?? '');
}
