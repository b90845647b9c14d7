import type { Instant } from '../core/instant.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import type { Reader } from '../store/store.ts';
import type { Place } from './asking.ts';
import { type ListedForm, listForms } from './form-list.ts';
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
  return { mismatches: found, orders: orders.length, mirrored: mirror.size, forms: forms.length };
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

// Forms use words of their own: `Pothole` is 311's `Pothole in Street Complaint`, `Pot Holes` as well.
function isSameService(one: string, other: string): boolean {
  const words = [serviceWords(one), serviceWords(other)].sort((a, b) => a.length - b.length);
  const [few = [], many = []] = words;
  return few.every((word) => many.includes(word)) || many.join('').includes(few.join(''));
}

function serviceWords(type: string): readonly string[] {
  return (type.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    .filter((word) => word !== 'request' && word !== 'complaint')
    .map((word) => word.replace(/s$/, ''));
}
