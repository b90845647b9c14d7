import type { Reader } from '../store/store.ts';
import { type History, type MemberRow, openHistory } from './models/history.ts';

// Columns of the officer's own person (name, sex, race, age) are never read here: they are no input of a model.
const MEMBERS = 'select member_id, appointed_on, resigned_on, sworn from member order by member_id';
const ACTIVITY = `select member_id, occurred_at, filed_at, closed_at, kind, category, finding, on_duty, case_id
  from member_activity`;
const SPELLS = 'select member_id, unit, starts_on, ends_on from unit_spell';

/** Members, their activity and their units as the store holds them, column by column. */
export async function loadHistory(reader: Reader): Promise<History> {
  const members = (await reader.rows({ sql: MEMBERS, parameters: [] })).map(
    ([id, appointed, resigned, sworn]): MemberRow => ({
      id: String(id),
      appointed: text(appointed),
      resigned: text(resigned),
      sworn: sworn === 1,
    }),
  );
  const history = openHistory(members);
  for await (const batch of reader.scan({ sql: ACTIVITY, parameters: [] }, 4096)) {
    for (const [member, occurred, filed, closed, kind, category, finding, onDuty, caseId] of batch) {
      history.activity(
        String(member),
        Number(occurred),
        number(filed),
        number(closed),
        String(kind),
        text(category),
        text(finding),
        number(onDuty),
        text(caseId),
      );
    }
  }
  for await (const batch of reader.scan({ sql: SPELLS, parameters: [] }, 4096)) {
    for (const [member, unit, starts, ends] of batch)
      history.spell(String(member), String(unit), String(starts), text(ends));
  }
  return history.done();
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
