import type { ImportSession, RowFate } from '../import/profile.ts';
import { NOTE_TEXTS, type RequestReader } from './mirror-read.ts';
import { ODD } from './mirror-row.ts';

const SAMPLE = 20;

/** Findings of one file, one a code: how many, and the first twenty records. Half a million rows make no more. */
interface Sampled {
  count: number;
  readonly first: string[];
}

export interface Tally {
  readonly fates: Record<RowFate, number>;
  /** A row that was taken: its data-quality notes, and where it changed the store also what is odd about it. */
  taken(srNumber: string, odd: number, notes: number): void;
  /** Bits of `ODD` of a row that now stands in the store. */
  odd(srNumber: string, bits: number): void;
  /** A row whose number already stood further up in the file. */
  met(): void;
  /** A row that a later one with the same number replaced, to another effect. */
  superseded(srNumber: string): void;
  /** A row left out because the store holds a newer one. */
  older(): void;
  /** A row that tells what the store holds already. */
  same(): void;
  /** Hands notes and findings to the session. Once, at the end. */
  report(session: ImportSession, reader: RequestReader): void;
}

/** Counts for one file. */
export function openTally(): Tally {
  const fates: Record<RowFate, number> = { inserted: 0, updated: 0, unchanged: 0, keptLocal: 0 };
  const notes = new Array<number>(NOTE_TEXTS.length).fill(0);
  const closedWithoutDate: Sampled = { count: 0, first: [] };
  const openWithDate: Sampled = { count: 0, first: [] };
  const closedBeforeCreated: Sampled = { count: 0, first: [] };
  const beatOfOtherDistrict: Sampled = { count: 0, first: [] };
  const duplicateKey: Sampled = { count: 0, first: [] };
  let older = 0;
  let met = 0;
  let same = 0;

  return {
    fates,
    taken(srNumber, odd, bits) {
      if (bits !== 0) {
        for (let i = 0; i < notes.length; i++) if (bits & (1 << i)) notes[i] = (notes[i] ?? 0) + 1;
      }
      if (odd !== 0) this.odd(srNumber, odd);
    },
    odd(srNumber, bits) {
      if (bits & ODD.closedWithoutDate) sample(closedWithoutDate, srNumber);
      if (bits & ODD.openWithDate) sample(openWithDate, srNumber);
      if (bits & ODD.closedBeforeCreated) sample(closedBeforeCreated, srNumber);
      if (bits & ODD.beatOfOtherDistrict) sample(beatOfOtherDistrict, srNumber);
    },
    met() {
      met += 1;
    },
    superseded(srNumber) {
      sample(duplicateKey, srNumber);
    },
    older() {
      older += 1;
    },
    same() {
      same += 1;
    },
    report(session, reader) {
      const say = (count: number, text: string): void => {
        for (let i = 0; i < count; i++) session.note(text);
      };
      for (const [i, text] of NOTE_TEXTS.entries()) say(notes[i] ?? 0, text);
      say(reader.tally.twice, 'local times that happen twice (the clock goes back)');
      say(
        reader.tally.skipped,
        'local times that do not exist (the clock goes forward), moved on by the gap',
      );
      say(met, 'numbers that stand twice in the file: the last row is kept');
      say(older, 'rows older than what is there, left out');
      say(same, 'numbers that an earlier import told of with the same facts: one request each');
      if (reader.options.positions.status < 0) {
        session.note('no status column: a request with a close date is closed, any other open');
      }
      const find = (code: string, { count, first }: Sampled, one: string, many: string): void => {
        if (count === 0) return;
        const rest = count - first.length;
        const list = first.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
        session.finding({
          system: 'csr',
          record: count === 1 ? (first[0] ?? '') : `batch ${session.batchId}`,
          rule: null,
          code,
          at: null,
          text: `${count} ${count === 1 ? one : many}: ${list}`,
        });
      };
      find(
        'DUPLICATE_KEY',
        duplicateKey,
        'row has the number of a later row, which is the one kept',
        'rows have the number of a later row, which is the one kept',
      );
      find(
        'CLOSED_WITHOUT_DATE',
        closedWithoutDate,
        'request is closed but has no close date; its last update stands for it where there is one',
        'requests are closed but have no close date; the last update stands for it where there is one',
      );
      find(
        'OPEN_WITH_CLOSE_DATE',
        openWithDate,
        'request is open but has a close date',
        'requests are open but have a close date',
      );
      find(
        'CLOSED_BEFORE_CREATED',
        closedBeforeCreated,
        'request was closed before it was created',
        'requests were closed before they were created',
      );
      find(
        'BEAT_OF_OTHER_DISTRICT',
        beatOfOtherDistrict,
        'request has a beat of another district than its own',
        'requests have a beat of another district than their own',
      );
    },
  };
}

function sample(into: Sampled, srNumber: string): void {
  into.count += 1;
  if (into.first.length < SAMPLE) into.first.push(Buffer.from(srNumber, 'utf8').toString('utf8'));
}
