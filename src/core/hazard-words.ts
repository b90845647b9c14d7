import type { EmergencyPolicy } from './policy-topics.ts';

/** A text as the words that it is made of, which punctuation and hyphens part: `isn't` is one, `cave-in` two. */
type Words = readonly string[];

/**
 * Whether a text tells of a hazard in the words of the policy: by a phrase, or by two that stand near one another. A
 * word is also its plural; one that ends in `*` is any that begins so. Pure.
 */
export function tellsOfHazard(text: string, { words, unless, near, ignored }: EmergencyPolicy): boolean {
  const told = without(wordsOf(text), ignored);
  const tells = (phrases: readonly string[]) => phrases.some((phrase) => placesOf(told, phrase).length > 0);
  return (
    tells(words) ||
    (tells(unless.words) && !tells(unless.harmless)) ||
    near.some(({ first, then, within }) =>
      first.some((one) =>
        placesOf(told, one).some((at) => {
          const next = at + wordsOf(one).length;
          return then.some((other) =>
            placesOf(told, other).some((place) => place >= next && place < next + within),
          );
        }),
      ),
    )
  );
}

function wordsOf(text: string): Words {
  return text
    .toLowerCase()
    .replace(/['\u2019]/g, '')
    .split(/[^\p{L}\p{N}*]+/u)
    .filter((word) => word !== '')
    .map(singular);
}

// The same is done to both sides, so a word that only ends in s is still itself.
function singular(word: string): string {
  return word.length > 2 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** Where a phrase begins in a text. */
function placesOf(told: Words, phrase: string): readonly number[] {
  const sought = wordsOf(phrase);
  return told.flatMap((_, at) => (sought.every((word, i) => isWord(told[at + i], word)) ? [at] : []));
}

function isWord(told: string | undefined, sought: string): boolean {
  if (told === undefined) return false;
  return sought.endsWith('*') ? told.startsWith(sought.slice(0, -1)) : told === sought;
}

function without(told: Words, phrases: readonly string[]): Words {
  const gone = new Set(
    phrases.flatMap((phrase) =>
      placesOf(told, phrase).flatMap((at) => wordsOf(phrase).map((_, i) => at + i)),
    ),
  );
  return told.filter((_, at) => !gone.has(at));
}
