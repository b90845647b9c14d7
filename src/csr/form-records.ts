import { sql } from 'kysely';
import type { Base, CaseKind } from '../casework/kind.ts';
import { normalAddress } from '../core/address.ts';
import type { Instant } from '../core/instant.ts';
import type { Reader, Writer } from '../store/store.ts';
import { sameVehicle } from './form-filling.ts';
import {
  FORM_FIELDS,
  type FormFields,
  type FormState,
  formRemarkStands,
  formWorkflow,
  newForm,
} from './form-workflow.ts';
import { isSameService } from './same-service.ts';

/** Forms CPD-21.208 for act and replay. */
export const formKind: CaseKind<FormState> = {
  workflow: formWorkflow,
  system: 'csr',
  table: { name: 'csr_form', key: 'form_id' },
  policy: () => ({}),
  async bases(reader, ids) {
    const rows = await reader.db
      .selectFrom('csr_form')
      .select(['form_id', 'type', 'address', 'department', 'beat', 'district', 'description', 'vehicle'])
      .select(['oemc_notified as oemc', 'supervisor_notified as supervisor'])
      .where('form_id', 'in', sql<string>`(select value from json_each(${JSON.stringify(ids)}))`)
      .execute();
    const first = await firstFillings(reader, ids);
    const bases = new Map<string, Base<FormState>>();
    for (const { form_id: formId, ...fields } of rows) {
      const labels = { district: fields.district, beat: fields.beat, category: fields.type };
      bases.set(formId, { state: newForm({ formId, ...fields, ...first.get(formId) }), labels });
    }
    return bases;
  },
  saver(writer) {
    const update = writer.prepare(
      `update csr_form set state = ?, sr_number = ?, submitted_at = ?, entered_at = ?, completed_at = ?,
         reported_ocp_at = ?, returns = ?, hazard = ?, type = ?, address = ?, department = ?, beat = ?, district = ?,
         description = ?, vehicle = ?, oemc_notified = ?, supervisor_notified = ? where form_id = ?`,
    );
    return (id, state) => {
      const { srNumber, submittedAt, enteredAt, completedAt, reportedOcpAt, returns, hazard } = state;
      const fields = FORM_FIELDS.map((field) => state[field]);
      const times = [submittedAt, enteredAt, completedAt, reportedOcpAt];
      update.run(state.state, srNumber, ...times, returns, hazard ? 1 : 0, ...fields, id);
    };
  },
  stands: formRemarkStands,
  counts: () => ({ extensions: 0, reassignments: 0, firstAssignedAt: null }),
};

/** What stood on forms before the first change of each field, which tells what it changed. */
async function firstFillings(
  reader: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Partial<FormFields>>> {
  const rows = await reader.rows({
    sql: `select record_id, content from event where chain = 'csr' and name in ('form-amended', 'hazard-told')
      and record_id in (select value from json_each(?)) and content is not null order by at, seq`,
    parameters: [JSON.stringify(ids)],
  });
  const first = new Map<string, Record<string, string | null>>();
  for (const [id, content] of rows) {
    const known = first.get(String(id)) ?? {};
    const told: Readonly<Record<string, string>> = JSON.parse(String(content));
    for (const field of FORM_FIELDS) {
      if (told[field] !== undefined && !(field in known)) known[field] = told[`${field}_was`] ?? null;
    }
    first.set(String(id), known);
  }
  return first;
}

/**
 * What stands of every form that there was, those purged since among them, as a table of SQL. Earlier versions kept
 * nothing of a purged form: of such a one nothing can be judged.
 */
export const FORMS_EVER = `(select form_id, sr_number, district, beat from csr_form
  union all select record_id, content ->> '$.sr_number', content ->> '$.district', content ->> '$.beat'
    from event where chain = 'csr' and record_id >= 'F' and record_id < 'G' and name = 'purged'
      and coalesce(content ->> '$.sr_number', content ->> '$.district', content ->> '$.beat') is not null)`;

/** One form as it stands, or undefined. */
export async function formById(reader: Reader, id: string) {
  return reader.db.selectFrom('csr_form').selectAll().where('form_id', '=', id).executeTakeFirst();
}

/** The form that bears a 311 number, also one purged since; null for none. */
export async function formOfNumber(reader: Reader, number: string): Promise<string | null> {
  const [row] = await reader.rows({
    sql: `select form_id from ${FORMS_EVER} where sr_number = ?`,
    parameters: [number],
  });
  return row === undefined ? null : String(row[0]);
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

/** What a form asks for. */
interface Need {
  readonly type: string;
  readonly address: string | null;
  readonly vehicle: string | null;
}

/**
 * Another form for the same need that is not done by `now`, on the form or in 311; the oldest, undefined for none. Types,
 * addresses and plates are compared whatever way they are written.
 */
export async function sameNeed(
  reader: Reader,
  { type, address, vehicle }: Need,
  now: Instant,
  except = '',
): Promise<string | undefined> {
  if (address === null) return undefined;
  const rows = await reader.db
    .selectFrom('csr_form as f')
    .leftJoin('csr_request as r', (join) =>
      join.onRef('r.sr_number', '=', 'f.sr_number').on('r.is_open', '=', 0),
    )
    .select(['f.form_id', 'f.type', 'f.address', 'f.vehicle'])
    .where('f.form_id', '<>', except)
    .where('f.address', 'is not', null)
    .where('f.created_at', '<=', now)
    .where(sql<boolean>`coalesce(f.completed_at, r.closed_at, r.updated_at, ${now} + 1) > ${now}`)
    .orderBy('f.created_at')
    .orderBy('f.form_id')
    .execute();
  const place = normalAddress(address);
  // Two vehicles at one address are two needs (CSR-13).
  return rows.find(
    (row) =>
      isSameService(row.type, type) &&
      normalAddress(row.address ?? '') === place &&
      (vehicle === null || row.vehicle === null || sameVehicle(row.vehicle, vehicle)),
  )?.form_id;
}
