/** Words that discipline, and phrases in which they do not: `suspension`; `self discipline`. Lower case. */
export interface DisciplineWords {
  readonly disciplinary: readonly string[];
  readonly supportive: readonly string[];
}

/** Whether a text of an Action Plan speaks of discipline (OSS-06): by whole words, harmless phrases left out. */
export function disciplines(text: string, { disciplinary, supportive }: DisciplineWords): boolean {
  const rest = supportive.reduce((left, phrase) => left.replaceAll(wordsOf(phrase), ' | '), wordsOf(text));
  return disciplinary.some((word) => rest.includes(wordsOf(word)));
}

// Lower case without accents between single blanks, so that one text holds another only by whole words.
function wordsOf(text: string): string {
  return ` ${text
    .normalize('NFKD')
    .replaceAll(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .join(' ')} `.replaceAll(/ +/g, ' ');
}
