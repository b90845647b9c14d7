import type { Writer } from '../store/store.ts';

export type WordKind = 'type' | 'department' | 'status' | 'origin';

/** What a status word says. `open` is null for a word that is neither known as open nor as closed. */
export interface StatusWord {
  readonly id: number;
  readonly open: boolean | null;
  /** `Completed - Dup` and the like: the request repeats another. */
  readonly duplicate: boolean;
}

/** The repeating texts of requests as numbers; a new word is written on first sight. */
export interface Words {
  id(kind: WordKind, word: string): number;
  status(word: string): StatusWord;
}

const OPEN = /^(open|new|in progress|in process|pending|assigned|received|re-?opened)\b/i;
const CLOSED = /^(completed?|closed?|cancell?ed|resolved)\b/i;
const DUPLICATE = /-\s*dup(licate)?s?$/i;

/** What the words of 311 exports mean: open, closed or (null) neither known; and whether they mark a duplicate. */
export function statusMeaning(word: string): Omit<StatusWord, 'id'> {
  const open = OPEN.test(word) ? true : CLOSED.test(word) ? false : null;
  return { open, duplicate: DUPLICATE.test(word) };
}

/** The words of a store, read once and added to. */
export function openWords(writer: Writer): Words {
  const known = new Map<WordKind, Map<string, number>>();
  for (const kind of ['type', 'department', 'status', 'origin'] as const) known.set(kind, new Map());
  for (const [id, kind, word] of writer.prepare('select id, kind, word from csr_word').all()) {
    known.get(kind as WordKind)?.set(String(word), Number(id));
  }
  const insert = writer.prepare('insert into csr_word (kind, word) values (?, ?)');
  const statuses = new Map<string, StatusWord>();

  function id(kind: WordKind, word: string): number {
    const words = known.get(kind);
    const before = words?.get(word);
    if (before !== undefined) return before;
    const added = insert.run(kind, word).lastInsertRowid;
    words?.set(ownText(word), added);
    return added;
  }

  return {
    id,
    status(word) {
      const before = statuses.get(word);
      if (before !== undefined) return before;
      const status = { id: id('status', word), ...statusMeaning(word) };
      statuses.set(ownText(word), status);
      return status;
    },
  };
}

/** The same text in memory of its own: a text cut out of a block of a file would keep the whole block alive. */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
