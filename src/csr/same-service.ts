/**
 * Whether two types ask for one service. Forms use words of their own: `Pothole` is 311's `Pothole in Street Complaint`,
 * `Pot Holes` as well; a word is compared whole.
 */
export function isSameService(one: string, other: string): boolean {
  const words = [serviceWords(one), serviceWords(other)].sort((a, b) => a.length - b.length);
  const [few = [], many = []] = words;
  if (few.length === 0) return one.trim().toLowerCase() === other.trim().toLowerCase();
  return few.every((word) => many.includes(word)) || holdsRun(many, few.join(''));
}

function serviceWords(type: string): readonly string[] {
  return (type.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => word !== 'request' && word !== 'complaint')
    .map((word) => word.replace(/s$/, ''));
}

/** Whether some words in a row, written as one, are `joined`. */
function holdsRun(words: readonly string[], joined: string): boolean {
  return words.some((_, from) =>
    words.slice(from).some((_, more) => words.slice(from, from + more + 1).join('') === joined),
  );
}
