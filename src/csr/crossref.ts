import { localDate, localDay } from '../core/calendar.ts';
import { peopleDate } from '../core/duration.ts';
import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { type ListedForm, listForms } from './form-list.ts';
import { listPolice } from './police-list.ts';
import { mirroredPolice } from './police-mirror.ts';
import { type In311, isOpenThere, type PoliceOrder, policeOrders } from './police-orders.ts';
import { reopeningsByRequest } from './records.ts';
import { isSameService } from './same-service.ts';

/** One place where two records of the same thing do not agree. */
export interface Mismatch {
  readonly id: string;
  readonly code:
    | 'NO_ORDER'
    | 'CLOSED_WITHOUT_ORDER'
    | 'NOT_PRINTED'
    | 'NOT_IN_311'
    | 'DUPLICATE_IN_311'
    | 'OTHER_TYPE_IN_311'
    | 'ORDER_DIFFERS'
    | 'CLOSED_HERE_ONLY'
    | 'CLOSED_THERE_ONLY'
    | 'FORM_NOT_IN_311'
    | 'FORM_DIFFERS';
  readonly rule: string;
  readonly beat: string | null;
  readonly text: string;
}

/** What the cross-reference compared, and where it found a difference. */
export interface Crossed {
  readonly mismatches: readonly Mismatch[];
  readonly orders: number;
  /** Requests of the 311 mirror, of the police or on a work order; without any, nothing is said about its side. */
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
  const known = new Map([...(await policeOrders(reader))].filter(([, { in311 }]) => isBy(in311, now)));
  const reopenings = await reopeningsByRequest(reader);
  const mirrored = new Set([...mirror.keys(), ...orders.map(({ id }) => id).filter((id) => known.has(id))])
    .size;
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
    const order = known.get(id);
    const there = order?.in311 ?? null;
    if (order === undefined || there === null) {
      if (mirrored > 0) add('NOT_IN_311', 'CSR-42', 'has a work order, but 311 does not know it');
    } else if (there.duplicate)
      add('DUPLICATE_IN_311', 'CSR-42', `${state} here, but 311 holds it as a duplicate`);
    else if (there.type !== policy.police.type)
      add('OTHER_TYPE_IN_311', 'CSR-42', `has a work order, but 311 holds it as ${there.type}`);
    else {
      const text = orderDifference(order, there);
      if (text !== null) add('ORDER_DIFFERS', 'CSR-42', text);
      const open = isOpenThere(there, reopenings, now);
      if (state === 'closed' && open)
        add('CLOSED_HERE_ONLY', 'CSR-34', 'closed here, open in 311: the disposition is to be entered there');
      else if (state !== 'closed' && !open)
        add('CLOSED_THERE_ONLY', 'CSR-34', `closed in 311, ${state} here: what was done is not on record`);
    }
  }
  for (const form of forms) {
    const { id, beat, mirrored, srNumber } = form;
    const text = formDifference(form);
    if (text !== null) found.push({ id, beat, code: 'FORM_DIFFERS', rule: 'CSR-27', text });
    if (mirrored === false)
      found.push({
        id,
        beat,
        code: 'FORM_NOT_IN_311',
        rule: 'CSR-27',
        text: `entered as ${srNumber}, which the 311 export does not hold`,
      });
  }
  return { mismatches: found, orders: orders.length, mirrored, forms: forms.length };
}

function isBy(in311: In311 | null, now: Instant): boolean {
  return in311 !== null && in311.createdAt <= now;
}

/** Where or when a request arose by its work order, and otherwise by 311; null where they agree, as far as both tell. */
function orderDifference({ own }: PoliceOrder, there: In311): string | null {
  const parts: string[] = [];
  if (own.beat !== null && there.beat !== null) {
    if (own.beat !== there.beat) parts.push(`of beat ${own.beat} on the work order, ${there.beat} in 311`);
  } else if (own.district !== null && there.district !== null && own.district !== there.district)
    parts.push(`of district ${own.district} on the work order, ${there.district} in 311`);
  if (own.createdAt !== null && localDay(own.createdAt) !== localDay(there.createdAt)) {
    const [here, other] = [own.createdAt, there.createdAt].map((at) => peopleDate(localDate(at)));
    parts.push(`created ${here} on the work order, ${other} in 311`);
  }
  return parts.length === 0 ? null : parts.join('; ');
}

/** What a form asks for that 311 does not say under its number; null where they agree, as far as both tell. */
function formDifference({ type, beat, srNumber, inMirror }: ListedForm): string | null {
  if (inMirror === null) return null;
  const parts: string[] = [];
  if (!isSameService(type, inMirror.type)) parts.push(`the form asks for ${type}, 311 says ${inMirror.type}`);
  if (beat !== null && inMirror.beat !== null && beat !== inMirror.beat)
    parts.push(`the form is of beat ${beat}, 311 says ${inMirror.beat}`);
  return parts.length === 0 ? null : `entered as ${srNumber}: ${parts.join('; ')}`;
}
