import type { RecordView } from '../casework/directive.ts';
import { dateOfDay } from '../core/calendar.ts';
import type { Reader } from '../store/store.ts';
import { ARRESTEE, DAY_SHIFT, DAY_UNIT, INVOLVEMENT_UNIT, OFFENSE_UNIT, VICTIM } from './incident.ts';

/**
 * What the scorer reads: no sex, no race, no place (SAID-11). A row per subject with its history as one text of packed
 * incidents, straight from the covering index: a sixth of the rows, and less than the time, of reading them singly.
 */
export const SCORER_QUERY = `
select
  s.subject_key,
  s.subject_id,
  s.birth_day,
  s.juvenile,
  group_concat(
    (i.occurred_day + ${DAY_SHIFT}) * ${DAY_UNIT} + i.involvement * ${INVOLVEMENT_UNIT}
      + i.offenses * ${OFFENSE_UNIT} + i.disposition
  )
from said_subject as s
left join said_incident as i on i.subject_key = s.subject_key
group by s.subject_key
order by s.subject_key`;

/** One subject as the scorer meets it. `history` holds `length` packed incidents and is used again for the next. */
type VisitSubject = (
  subjectKey: number,
  subjectId: string,
  birthDay: number | null,
  juvenile: boolean,
  history: Int32Array,
  length: number,
) => void;

/** Every subject with its history, in order of key, at constant memory. */
export async function eachSubject(reader: Reader, visit: VisitSubject): Promise<void> {
  let history = new Int32Array(256);
  for await (const batch of reader.scan({ sql: SCORER_QUERY, parameters: [] }, 2000)) {
    for (const row of batch) {
      const text = row[4];
      let length = 0;
      if (typeof text === 'string') {
        if (text.length > history.length) history = new Int32Array(text.length * 2);
        length = unpackHistory(text, history);
      }
      const birthDay = row[2];
      visit(
        Number(row[0]),
        String(row[1]),
        typeof birthDay === 'number' ? birthDay : null,
        row[3] === 1,
        history,
        length,
      );
    }
  }
}

const COMMA = 44;
const ZERO = 48;

/** Writes the numbers of a comma-separated text into `into`, which must have room; answers how many there are. */
function unpackHistory(text: string, into: Int32Array): number {
  let length = 0;
  let number = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      into[length++] = number;
      number = 0;
    } else number = number * 10 + (code - ZERO);
  }
  into[length++] = number;
  return length;
}

/** How many subjects there are. */
export async function countSubjects(reader: Reader): Promise<number> {
  const row = await reader.db
    .selectFrom('said_subject')
    .select((eb) => eb.fn.countAll<number>().as('subjects'))
    .executeTakeFirstOrThrow();
  return row.subjects;
}

/** Keys of the subjects of a district: for listing alone, never handed to the scorer (SAID-11). */
export async function subjectsOfDistrict(reader: Reader, district: number): Promise<ReadonlySet<number>> {
  const query = reader.db.selectFrom('said_subject').select('subject_key').where('district', '=', district);
  const keys = new Set<number>();
  for (const row of await reader.rows(query.compile())) keys.add(Number(row[0]));
  return keys;
}

/** The secret of this store from which evaluators' pseudonyms are made. */
export async function pseudonymKey(reader: Reader): Promise<Buffer> {
  const row = await reader.db.selectFrom('said_pseudonym_key').select('key').executeTakeFirstOrThrow();
  return row.key;
}

/** One subject for `rollcall show`: district and counts, no tier (SAID-06), no sex or race. */
export async function findSubject(reader: Reader, id: string): Promise<RecordView | null> {
  const row = await reader.db
    .selectFrom('said_subject')
    .select(['subject_key', 'birth_day', 'district', 'juvenile'])
    .where('subject_id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const [counts] = await reader.rows({
    sql: `
select
  count(*) filter (where involvement = ?),
  count(*) filter (where involvement = ?),
  max(occurred_day)
from said_incident
where subject_key = ?`,
    parameters: [VICTIM, ARRESTEE, row.subject_key],
  });
  const newest = counts?.[2];
  return {
    system: 'said',
    id,
    title: `SAID subject ${id}`,
    state: row.juvenile === 1 ? 'juvenile' : 'on record',
    facts: [
      {
        key: 'birthDate',
        label: 'Birth date',
        value: row.birth_day === null ? null : dateOfDay(row.birth_day),
      },
      {
        key: 'district',
        label: 'District',
        value: row.district === null ? null : String(row.district).padStart(3, '0'),
      },
      { key: 'victimIncidents', label: 'Incidents as victim', value: Number(counts?.[0] ?? 0) },
      { key: 'arrests', label: 'Arrests', value: Number(counts?.[1] ?? 0) },
      {
        key: 'newestIncident',
        label: 'Newest incident',
        value: typeof newest === 'number' ? dateOfDay(newest) : null,
      },
    ],
  };
}
