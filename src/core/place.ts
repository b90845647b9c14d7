declare const beatBrand: unique symbol;
declare const districtBrand: unique symbol;

/** A beat: four digits, `0511`. Well-formed, not necessarily one of today's geography. */
export type Beat = string & { readonly [beatBrand]: true };

/** A police district: three digits, `005`. Well-formed, not necessarily one of today's geography. */
export type District = string & { readonly [districtBrand]: true };

/** What had to be mended to read a place: zeros were put in front, or a spreadsheet's `.0` was dropped. */
export interface Mended {
  readonly padded: boolean;
  readonly decimal: boolean;
}

/**
 * A beat of four digits or, when a spreadsheet has eaten the zero, three; `832.0` is read as 832, since exports hold
 * tens of thousands of those and none with another decimal. Null for anything else.
 */
export function parseBeat(text: string): ({ readonly beat: Beat } & Mended) | null {
  const parts = /^(\d{3,4})(\.0)?$/.exec(text.trim());
  if (parts === null) return null;
  const beat = (parts[1] ?? '').padStart(4, '0') as Beat;
  return { beat, padded: parts[1]?.length !== 4, decimal: parts[2] !== undefined };
}

/** A district of one to three digits (`8`, `05`, `008`), `.0` as for beats. Null for anything else. */
export function parseDistrict(text: string): ({ readonly district: District } & Mended) | null {
  const parts = /^(\d{1,3})(\.0)?$/.exec(text.trim());
  if (parts === null) return null;
  const district = (parts[1] ?? '').padStart(3, '0') as District;
  return { district, padded: parts[1]?.length !== 3, decimal: parts[2] !== undefined };
}

/** The district in a beat's number: its first two digits, `005` of `0511`. */
export function districtOfBeat(beat: Beat): District {
  return `0${beat.slice(0, 2)}` as District;
}

/** The sector in a beat's number, one digit: `1` of `0511`. */
export function sectorOfBeat(beat: Beat): string {
  return beat.slice(2, 3);
}

/** A unit's number without leading zeros: exports write 5, 05 and 005. */
export function bareUnit(unit: string): string {
  return unit.trim().replace(/^0+(?=\d)/, '');
}

/** A place kept as a number, as text: a district of three digits, a beat of four; null for none. */
export function placeText(value: number | null, digits: 3 | 4): string | null {
  return value === null ? null : String(value).padStart(digits, '0');
}
