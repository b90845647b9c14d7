import { tellsOfHazard } from './hazard-words.ts';
import type { EmergencyPolicy } from './policy-topics.ts';
import type { Objection } from './workflow.ts';

/** When and how OEMC and the supervisor were told of a hazard; null for not yet (CSR-03). */
export interface HazardNotices {
  readonly oemc: string | null;
  readonly supervisor: string | null;
}

/**
 * Whether what is reported looks like something that cannot wait for anyone's queue (CSR-03): by its type, or by words
 * of any text of it, the address among them. Pure.
 */
export function looksLikeHazard(
  types: readonly string[],
  texts: readonly (string | null)[],
  policy: EmergencyPolicy,
): boolean {
  return (
    types.some((type) => policy.types.some((each) => sameWords(each, type))) ||
    tellsOfHazard([...types, ...texts].join(' '), policy)
  );
}

/**
 * What of the place of a hazard was not told, in words; empty where all of it was. A beat of no geography is named as it
 * was told.
 */
export function missingPlace({
  address,
  beat,
  strangeBeat = null,
}: {
  readonly address: string | null;
  readonly beat: string | null;
  readonly strangeBeat?: string | null;
}): readonly string[] {
  const noBeat = strangeBeat === null ? 'beat' : `known beat (${strangeBeat} was told)`;
  return [
    ...(address === null ? ['address'] : []),
    ...(beat === null || strangeBeat !== null ? [noBeat] : []),
  ];
}

/**
 * What CSR-03 remarks on a hazard that is kept as a form or a concern (`record`), with what of its place is missing; it
 * never refuses one.
 */
export function hazardRemarks(
  notices: HazardNotices,
  record: string,
  place: readonly string[],
): readonly Objection[] {
  const remark = (code: string, text: string) => ({ rule: 'CSR-03', code, text, refuses: false });
  return [
    remark(
      'HAZARD',
      `looks like an immediate hazard, which needs no ${record}: tell OEMC and the supervisor`,
    ),
    ...missingNotices(notices).map((whom) => remark(WITHOUT_NOTICE, noNotice(whom))),
    ...(place.length === 0
      ? []
      : [remark('HAZARD_WITHOUT_PLACE', `where it is was not fully told: no ${place.join(' and no ')}`)]),
  ];
}

/** Whether a remark on a hazard still holds: that of a missing notice does until the notice is given. Pure. */
export function noticeRemarkStands(notices: HazardNotices, { code, text }: Objection): boolean {
  return code !== WITHOUT_NOTICE || missingNotices(notices).some((whom) => text === noNotice(whom));
}

const WITHOUT_NOTICE = 'HAZARD_WITHOUT_NOTICE';

function noNotice(whom: string): string {
  return `no notice to ${whom} is recorded`;
}

/** Who was not told of a hazard yet, in words. */
export function missingNotices({ oemc, supervisor }: HazardNotices): readonly string[] {
  return [...(oemc === null ? ['OEMC'] : []), ...(supervisor === null ? ['the supervisor'] : [])];
}

/** A text for looking for words in it: lower case, single spaces, one at either end. */
export function plainWords(text: string): string {
  return ` ${text.toLowerCase().replace(/\s+/g, ' ')} `;
}

/** Whether a text holds one of these lower-case words. */
export function holdsWords(text: string, words: readonly string[]): boolean {
  const lower = plainWords(text);
  return words.some((word) => lower.includes(word));
}

/** Whether two words are one but for their case and the spaces around them. */
export function sameWords(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}
