import type { ImportSession, RowSink } from '../import/profile.ts';
import { loadPolicy } from '../store/data-files.ts';
import { makeBytesReader } from './mirror-bytes.ts';
import { loadEmpty } from './mirror-load.ts';
import { mergeInto } from './mirror-merge.ts';
import { remarkPolice } from './mirror-police.ts';
import { makeReader, type ReadOptions } from './mirror-read.ts';
import { columnsSaid } from './mirror-row.ts';
import { openTally } from './mirror-tally.ts';
import { openWords } from './mirror-words.ts';

/**
 * The mirror of City requests: takes the rows of one 311 export into csr_request. Another agency's facts are kept as
 * they are; what is odd about them becomes one finding a kind, with its number and the first twenty records:
 *
 * - CLOSED_WITHOUT_DATE: closed by its status, no close date. closed_at is the last update where there is one, else
 *   null with is_open 0: reports count it as closed when it was created and leave it out of days to close.
 * - OPEN_WITH_CLOSE_DATE: open by its status, and a close date. is_open stays 1 and closed_at the date given.
 * - CLOSED_BEFORE_CREATED: both times stay. A close date without a time of day on the day of creation is none.
 * - BEAT_OF_OTHER_DISTRICT: both stay as they are.
 * - DUPLICATE_KEY: a number twice in one file. The last row wins; the one it replaces counts as unchanged.
 *
 * A status word that is neither known as open nor as closed is kept; the request is closed where a close date is
 * given, else open, and a note counts it. A blank district stays unknown; where the file has no district column at
 * all it is that of the beat's number. `- Dup` in the status or a true DUPLICATE marks a duplicate.
 *
 * Counts add up to the rows taken: inserted, updated (one csr_change row each), unchanged (identical, older than what
 * is there, or replaced within the file).
 */
export async function openMirror(session: ImportSession, options: ReadOptions): Promise<RowSink> {
  const { writer } = session;
  const words = openWords(writer);
  const reader = makeReader(options, words);
  const readBytes = makeBytesReader(reader, words);
  const tally = openTally();
  const empty = writer.prepare('select 1 from csr_request limit 1').get() === undefined;
  const destination = empty
    ? loadEmpty(writer, session.batchId, tally)
    : mergeInto(session, columnsSaid(options.positions, options.closedWhenUpdated), tally);

  return {
    add(fields) {
      const rejection = reader.read(fields);
      if (rejection !== null) return rejection;
      destination.put(reader.row, reader.odd, reader.notes);
      // The fate that counts is known at the end only: see counts.
      return 'inserted';
    },
    addBlock(block, reject) {
      for (let index = 0; index < block.rows; index++) {
        if (!readBytes(block, index)) {
          const rejection = reader.read(block.fields(index));
          if (rejection !== null) {
            reject(index, rejection);
            continue;
          }
        }
        destination.put(reader.row, reader.odd, reader.notes);
      }
    },
    async finish() {
      await destination.finish();
      tally.report(session, reader);
      remarkPolice(session, loadPolicy().csr().police);
    },
    counts: () => tally.fates,
  };
}
