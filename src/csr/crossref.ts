import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { listForms } from './form-list.ts';
import { listPolice } from './police-list.ts';
import { mirroredPolice } from './police-mirror.ts';

/** One place where two records of the same thing do not agree. */
export interface Mismatch {
  readonly id: string;
  readonly code:
    | 'NO_ORDER'
    | 'CLOSED_WITHOUT_ORDER'
    | 'NOT_PRINTED'
    | 'NOT_IN_311'
    | 'CLOSED_HERE_ONLY'
    | 'CLOSED_THERE_ONLY'
    | 'FORM_NOT_IN_311';
  readonly rule: string;
  readonly beat: string | null;
  readonly text: string;
}

/** What the cross-reference compared, and where it found a difference. */
export interface Crossed {
  readonly mismatches: readonly Mismatch[];
  readonly orders: number;
  /** Police requests of the 311 mirror; without any, nothing is said about its side. */
  readonly mirrored: number;
  readonly forms: number;
}

/** Matches SRSWOs with police requests of 311 (CSR-42), and forms with their 311 numbers (CSR-27), as of `now`. */
export async function crossReference(
  reader: Reader,
  place: Place,
  now: Instant,
  policy: CsrPolicy,
): Promise<Crossed> {
  const mirror = await mirroredPolice(reader, place, now, policy.police.type);
  const listed = await listPolice(reader, place, now, policy);
  const orders = listed.filter(({ onOrder }) => onOrder);
  const forms = await listForms(reader, place, now);
  const found: Mismatch[] = [];
  for (const { id, beat, state, onOrder } of listed) {
    if (onOrder) continue;
    found.push(
      state === 'new'
        ? { id, beat, code: 'NO_ORDER', rule: 'CSR-40', text: 'in 311 and without a work order' }
        : {
            id,
            beat,
            code: 'CLOSED_WITHOUT_ORDER',
            rule: 'CSR-40',
            text: 'closed in 311 without a work order',
          },
    );
  }
  for (const { id, beat, state, printed } of orders) {
    const add = (code: Mismatch['code'], rule: string, text: string): void => {
      found.push({ id, beat, code, rule, text });
    };
    if (!printed && state !== 'closed')
      add('NOT_PRINTED', 'CSR-42', `${state}, but its SRSWO was never printed`);
    const there = mirror.get(id);
    if (there === undefined) {
      if (mirror.size > 0) add('NOT_IN_311', 'CSR-42', 'has a work order, but 311 does not know it');
    } else if (state === 'closed' && there.open)
      add('CLOSED_HERE_ONLY', 'CSR-34', 'closed here, open in 311: the disposition is to be entered there');
    else if (state !== 'closed' && !there.open)
      add('CLOSED_THERE_ONLY', 'CSR-34', `closed in 311, ${state} here: what was done is not on record`);
  }
  for (const { id, beat, mirrored, srNumber } of forms) {
    if (mirrored === false)
      found.push({
        id,
        beat,
        code: 'FORM_NOT_IN_311',
        rule: 'CSR-27',
        text: `entered as ${srNumber}, which the 311 export does not hold`,
      });
  }
  return { mismatches: found, orders: orders.length, mirrored: mirror.size, forms: forms.length };
}
