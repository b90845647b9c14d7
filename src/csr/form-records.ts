import { sql } from 'kysely';
import type { Base, CaseKind } from '../casework/kind.ts';
import type { Reader, Writer } from '../store/store.ts';
import { type FormState, formWorkflow, newForm } from './form-workflow.ts';

/** Forms CPD-21.208 for act and replay. */
export const formKind: CaseKind<FormState> = {
  workflow: formWorkflow,
  system: 'csr',
  table: { name: 'csr_form', key: 'form_id' },
  policy: () => ({}),
  async bases(reader, ids) {
    const rows = await reader.db
      .selectFrom('csr_form')
      .select(['form_id', 'type', 'district', 'beat'])
      .where('form_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
      .execute();
    const bases = new Map<string, Base<FormState>>();
    for (const { form_id: formId, type, district, beat } of rows) {
      const labels = { district, beat, category: type };
      bases.set(formId, { state: newForm({ formId, type, district }), labels });
    }
    return bases;
  },
  saver(writer) {
    const update = writer.prepare(
      `update csr_form set state = ?, sr_number = ?, submitted_at = ?, entered_at = ?, completed_at = ?,
         reported_ocp_at = ?, returns = ? where form_id = ?`,
    );
    return (id, state) => {
      const { srNumber, submittedAt, enteredAt, completedAt, reportedOcpAt, returns } = state;
      update.run(state.state, srNumber, submittedAt, enteredAt, completedAt, reportedOcpAt, returns, id);
    };
  },
  counts: () => ({ extensions: 0, reassignments: 0, firstAssignedAt: null }),
};

/** One form as it stands, or undefined. */
export async function formById(reader: Reader, id: string) {
  return reader.db.selectFrom('csr_form').selectAll().where('form_id', '=', id).executeTakeFirst();
}

/** The number for the next form of a year: `F21-00042`. */
export function nextFormId(writer: Writer, year: number): string {
  const prefix = `F${String(year % 100).padStart(2, '0')}-`;
  const last = writer
    .prepare(
      // purged forms keep their numbers: the chain still knows them
      `select max(id) from (select form_id as id from csr_form where form_id glob ?
         union all select record_id from event where chain = 'csr' and record_id glob ?)`,
    )
    .get(`${prefix}[0-9]*`, `${prefix}[0-9]*`);
  const before = typeof last?.[0] === 'string' ? Number(last[0].slice(prefix.length)) : 0;
  return `${prefix}${String(before + 1).padStart(5, '0')}`;
}

/** Another form for the same need that is not done yet, the oldest; undefined for none. */
export async function sameNeed(
  reader: Reader,
  type: string,
  address: string,
  vehicle: string | null,
): Promise<string | undefined> {
  let query = reader.db
    .selectFrom('csr_form')
    .select('form_id')
    .where('state', '<>', 'completed')
    .where(sql<boolean>`lower(type) = lower(${type}) and lower(address) = lower(${address})`)
    .orderBy('created_at');
  // Two vehicles at one address are two needs (CSR-13).
  if (vehicle !== null)
    query = query.where(sql<boolean>`(vehicle is null or lower(vehicle) = lower(${vehicle}))`);
  return (await query.executeTakeFirst())?.form_id;
}
