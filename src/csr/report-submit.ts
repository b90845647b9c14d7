import { hash } from 'node:crypto';
import { canonical, openChain } from '../casework/log.ts';
import { localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import { requireRole } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import { write } from '../store/store.ts';
import type { CsrFigures } from './report-figures.ts';
import { placeText } from './report-json.ts';

/** A report that was archived: the SHA-256 of its data, under which it is known. */
export interface Submitted {
  readonly recordId: string;
  readonly digest: string;
}

/**
 * Archives a report whose period is over (CSR-22, CSR-26): an event `submitted` in the directive's chain and a record
 * of evidence, both with the digest of its data. Refuses other roles than the community policing sergeant's.
 */
export async function submitReport(
  context: Context,
  figures: CsrFigures,
  data: Readonly<Record<string, unknown>>,
): Promise<Submitted> {
  const cite = loadPolicy(context.env).cite('CSR-22');
  const { plan, scope, tallied } = figures;
  if (plan.soFar) {
    throw refusal('CSR-22', cite, `${plan.period.label} is not over, so its report cannot be submitted.`);
  }
  const district = placeText(scope.district, 3);
  const beat = placeText(scope.beat, 4);
  const recordId = ['report', plan.period.label, district ?? 'all', ...(beat === null ? [] : [beat])].join(
    ':',
  );
  // The head of the chain moves with this very submission: it is no part of what is submitted.
  const digest = hash('sha256', canonical({ ...data, auditHead: undefined }), 'hex');
  await write(
    context.storePath,
    async (writer) => {
      const guard = { rule: 'CSR-22', cite, what: 'submit the status report' };
      const actor = await requireRole(writer, context, ['cp-sergeant'], guard);
      openChain(writer, 'csr', context.clock()).append({
        recordId,
        name: 'submitted',
        at: context.now,
        unit: district,
        actorId: actor.memberId,
        role: 'cp-sergeant',
        origin: 'local',
        content: { period: plan.period.label, district, beat, digest, totals: tallied.totals },
      });
      await writer.write
        .insertInto('evidence')
        .values({
          rule: 'CSR-22',
          on_day: localDate(context.now),
          by_member: actor.memberId,
          district: district ?? '',
          note: `status report ${plan.period.label}${beat === null ? '' : `, beat ${beat}`} submitted`,
          document: `sha256 ${digest}`,
          batch_id: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    { dryRun: context.dryRun },
  );
  return { recordId, digest };
}
