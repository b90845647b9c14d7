import { instantOrNull } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { ImportSession } from '../import/profile.ts';

/**
 * Police requests of the mirror that Department members entered themselves, by their origin: each is a finding, told
 * once (CSR-31). Who may enter them are the operators of 311 (CSR-30). No scan where no such origin is on record.
 */
export function remarkPolice(
  session: Pick<ImportSession, 'writer' | 'finding'>,
  { type, creator, members }: CsrPolicy['police'],
): void {
  const { writer } = session;
  const words = writer.prepare(
    'select id, word from csr_word where kind = ? and lower(word) in (select lower(value) from json_each(?))',
  );
  const origins = new Map(
    words.all('origin', JSON.stringify(members.origins)).map(([id, word]) => [Number(id), String(word)]),
  );
  const [police] = words.all('type', JSON.stringify([type]));
  if (origins.size === 0 || police === undefined) return;
  const entered = writer.prepare(
    `select r.sr_number, r.created_at, r.origin_id from csr_request r
      where r.type_id = ? and r.origin_id in (select value from json_each(?)) and r.duplicate = 0
        and not exists (select 1 from finding f where f.system = 'csr' and f.record_id = r.sr_number
          and f.code = 'ENTERED_BY_MEMBERS')
      order by r.sr_number`,
  );
  for (const [number, at, origin] of entered.all(Number(police[0]), JSON.stringify([...origins.keys()]))) {
    session.finding({
      system: 'csr',
      record: String(number),
      rule: members.rule,
      code: 'ENTERED_BY_MEMBERS',
      at: instantOrNull(Number(at)),
      text: `its origin is ${origins.get(Number(origin))}: ${type} is entered by a ${creator}; what members receive is a Community Concern`,
    });
  }
}
