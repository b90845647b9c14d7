import { openChain } from '../casework/log.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { parseDistrict } from '../core/place.ts';
import { requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { type Reader, write } from '../store/store.ts';
import type { Place } from './asking.ts';
import { keptUntil, listForms } from './form-list.ts';
import { formById } from './form-records.ts';
import { ownPlace } from './own-place.ts';
import { SERGEANT } from './police-rules.ts';

/** A form whose 180 days are over. */
export interface Eligible {
  readonly id: string;
  readonly type: string;
  readonly district: string | null;
  readonly srNumber: string | null;
  readonly completedAt: Instant;
  readonly completedBy: 'form' | '311';
  readonly keptUntil: Instant;
}

/** Forms that may be listed for disposal as of `now`, and how many must still be kept (CSR-21). */
export async function eligibleForms(
  reader: Reader,
  place: Place,
  now: Instant,
): Promise<{ readonly eligible: readonly Eligible[]; readonly kept: number }> {
  const eligible: Eligible[] = [];
  let kept = 0;
  for (const form of await listForms(reader, place, now)) {
    const { id, type, district, srNumber, completedAt, completedBy } = form;
    const until = completedAt === null ? null : keptUntil(completedAt);
    if (completedAt === null || completedBy === null || until === null || now <= until) kept += 1;
    else eligible.push({ id, type, district, srNumber, completedAt, completedBy, keptUntil: until });
  }
  return { eligible, kept };
}

/**
 * Purges forms under a certificate: the row goes, the content of its events is erased, their hashes stay and so does
 * the event that says who purged it and keeps what figures of the past rest on: the 311 number (CSR-05), and the district
 * and beat where the form waited for its review (CSR-19). Nothing else of the content stays in the file. Refuses without a certificate, and before the 180 days are over (CSR-21).
 */
export async function purgeForms(
  context: Context,
  ids: readonly string[],
  certificate: string | null,
): Promise<void> {
  const cite = loadPolicy(context.env).cite('CSR-21');
  if (certificate === null)
    throw refusal(
      'CSR-21',
      cite,
      'A form is purged only under a certificate: 180 days are a floor, not a permission.',
      'Name the certificate of disposal with --certificate.',
    );
  await write(
    context.storePath,
    async (writer) => {
      const guard = { rule: 'CSR-21', cite, what: 'purge forms' };
      const actor = await requireRole(writer, context, SERGEANT, guard);
      const { eligible } = await eligibleForms(writer, { district: null, beat: null }, context.now);
      const may = new Map(eligible.map(({ id, district }) => [id, district]));
      const verb = { roles: SERGEANT, by: ['CSR-21', 'purge forms'] } as const;
      for (const id of ids) {
        const district = may.get(id);
        if (district === undefined)
          throw refusal(
            'CSR-21',
            cite,
            `${id} is not to be purged: its 180 days after completion are not over, or there is no such form.`,
            'rollcall csr retention lists those that may be.',
          );
        // The file is that of its district (CSR-27), and so is what goes from it.
        const place = parseDistrict(district ?? '')?.district ?? null;
        if (place !== null) await ownPlace(writer, context, actor, { district: place, beat: null }, verb);
      }
      const chain = openChain(writer, 'csr', context.clock());
      const erase = writer.prepare(
        `update event set content = null, erased_under = ?
         where chain = 'csr' and record_id = ? and content is not null and name <> 'purged'`,
      );
      const drop = writer.prepare('delete from csr_form where form_id = ?');
      const forget = writer.prepare("delete from finding where system = 'csr' and record_id = ?");
      for (const id of ids) {
        chain.append({
          recordId: id,
          name: 'purged',
          at: context.now,
          actorId: actor.memberId,
          role: SERGEANT[0],
          origin: 'local',
          content: { certificate, ...(await keptOf(writer, id)) },
        });
        erase.run(certificate, id);
        drop.run(id);
        forget.run(id);
      }
    },
    { dryRun: context.dryRun, erases: true },
  );
}

/** What figures of the past rest on. */
async function keptOf(reader: Reader, id: string): Promise<Readonly<Record<string, string>>> {
  const { sr_number, district, beat } = (await formById(reader, id)) ?? {};
  const kept = Object.entries({ sr_number, district, beat });
  return Object.fromEntries(kept.flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** That a form was purged: when, by whom and under which certificate, whatever the as-of; null for one that was not. */
export async function purgedForm(
  reader: Reader,
  id: string,
): Promise<{ readonly at: Instant; readonly by: string | null; readonly certificate: string | null } | null> {
  const [row] = await reader.rows({
    sql: `select at, actor_id, json_extract(content, '$.certificate') from event
      where chain = 'csr' and record_id = ? and name = 'purged'`,
    parameters: [id],
  });
  if (row === undefined) return null;
  const [at, by, certificate] = row;
  return {
    at: Number(at) as Instant,
    by: typeof by === 'string' ? by : null,
    certificate: typeof certificate === 'string' ? certificate : null,
  };
}
