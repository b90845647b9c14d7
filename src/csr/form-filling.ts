import { holdsWords, looksLikeHazard, plainWords, sameWords } from '../core/hazard.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';

/** A form as someone fills it in. */
export interface Filling {
  readonly types: readonly string[];
  /** Null only for a hazard whose place is not known yet. */
  readonly address: string | null;
  readonly department: string | null;
  readonly description: string | null;
  readonly vehicles: readonly string[];
  readonly atFacility: boolean;
}

/** What a form is. */
export interface Filled {
  readonly type: string;
  readonly vehicle: string | null;
  /** CSR-03: looks like something that cannot wait for another agency's queue. */
  readonly hazard: boolean;
  /** An abandoned vehicle is asked for. */
  readonly abandoned: boolean;
  /** What the rules remark on it, by the codes of form-workflow. */
  readonly marks: readonly FillingMark[];
}

/** What a filled-in form can be remarked on for. */
export type FillingMark =
  | 'VEHICLE_UNKNOWN'
  | 'SEVERAL_NEEDS'
  | 'SEVERAL_VEHICLES'
  | 'FACILITY'
  | 'OTHER_UNIT'
  | 'POLICE_MATTER';

/** Why a form is not for this, with what to do instead. */
export interface NotForForm {
  readonly rule: string;
  readonly mark: FillingMark;
  readonly text: string;
  readonly remedy: string;
  /** The answer that is in the way. */
  readonly field: 'type' | 'vehicle' | 'address' | 'description' | 'agency' | 'facility';
}

export interface Judged {
  readonly filled: Filled;
  /** What keeps the form out; empty for a hazard, which is kept with the marks instead (CSR-03). */
  readonly against: readonly NotForForm[];
}

/**
 * Judges a form: first whether it is an immediate hazard (CSR-03), then by CSR-08, CSR-09, CSR-13 and CSR-31. What is
 * only read out of free text is a mark and keeps no form out. `isUnit` tells the name of a police unit. Pure.
 */
export function judgeFilling(given: Filling, policy: CsrPolicy, isUnit: (words: string) => boolean): Judged {
  // What is typed as one answer is several all the same.
  const types = given.types.flatMap((type) => type.split(';').map(trimmed).filter(Boolean));
  const vehicles = given.vehicles.flatMap(platesIn);
  const filling = { ...given, types, vehicles };
  const { description, address } = filling;
  const told = [...types, description ?? ''].join(' ');
  const hazard = looksLikeHazard(types, [description, address], policy.emergency);
  const abandoned = types.some(
    (type) =>
      policy.abandonedVehicle.types.some((each) => sameWords(each, type)) ||
      holdsWords(type, ['abandoned vehicle']),
  );
  const against = objectionsTo(filling, policy, isUnit);
  const marks: FillingMark[] = hazard ? against.map(({ mark }) => mark) : [];
  if (abandoned && vehicles.length === 0) marks.push('VEHICLE_UNKNOWN');
  if (types.length === 1 && types.some(holdsNeeds)) marks.push('SEVERAL_NEEDS');
  if (
    vehicles.length <= 1 &&
    (abandoned || holdsWords(told, ['abandoned'])) &&
    tellsOfVehicles(told, vehicles)
  )
    marks.push('SEVERAL_VEHICLES');
  if (description !== null && placeOfFacility(description, policy) === 'beside') marks.push('FACILITY');
  const vehicle = vehicles.length === 0 ? null : vehicles.join(', ');
  const filled = { type: types.join('; '), vehicle, hazard, abandoned, marks: [...new Set(marks)] };
  return { filled, against: hazard ? [] : against };
}

function objectionsTo(
  { types, vehicles, department, address, description, atFacility }: Filling,
  policy: CsrPolicy,
  isUnit: (words: string) => boolean,
): readonly NotForForm[] {
  const found: NotForForm[] = [];
  if (types.length > 1)
    found.push({
      rule: 'CSR-13',
      mark: 'SEVERAL_NEEDS',
      text: `One form is for one need; this one has ${types.length}: ${types.join(', ')}.`,
      remedy: 'Fill in a form for each.',
      field: 'type',
    });
  if (vehicles.length > 1)
    found.push({
      rule: 'CSR-13',
      mark: 'SEVERAL_VEHICLES',
      text: `One form is for one abandoned vehicle; this one names ${vehicles.length}.`,
      remedy: 'Fill in a form for each vehicle; what one looks like goes into --description.',
      field: 'vehicle',
    });
  const inText = description !== null && placeOfFacility(description, policy) === 'in';
  if (atFacility || inText || holdsWords(address ?? '', policy.form.facilities.words))
    found.push({
      rule: policy.form.facilities.rule,
      mark: 'FACILITY',
      text: 'The form is not for problems in Department facilities.',
      remedy: "Use the Department's own repair request.",
      field: atFacility ? 'facility' : inText ? 'description' : 'address',
    });
  if (department !== null && (holdsWords(department, policy.form.units.words) || isUnit(department)))
    found.push({
      rule: policy.form.units.rule,
      mark: 'OTHER_UNIT',
      text: `The form is not for help from other police units (${department}).`,
      remedy: 'Use an Intra-Departmental Support Service Request: rollcall csr idssr.',
      field: 'agency',
    });
  if (types.some((type) => sameWords(type, policy.police.type)))
    found.push({
      rule: 'CSR-31',
      mark: 'POLICE_MATTER',
      text: 'Members do not enter police requests in 311.',
      remedy: 'Take it in as a Community Concern.',
      field: 'type',
    });
  return found;
}

const BESIDE = /\b(near|outside|across|behind|beside|opposite|by|past|next|front|corner|block)\b/;

/** Whether a text speaks of a Department facility as the place itself, or of something beside one; null for neither. */
function placeOfFacility(text: string, policy: CsrPolicy): 'in' | 'beside' | null {
  const lower = plainWords(text);
  const at = policy.form.facilities.words.map((word) => lower.indexOf(word)).find((found) => found >= 0);
  if (at === undefined) return null;
  return BESIDE.test(lower.slice(Math.max(0, at - 40), at)) ? 'beside' : 'in';
}

const NEED =
  /\b(complaint|request|removal|violation|inspection|outage|light out|lights out|pothole|graffiti|rodents?|missed pickup|trim|tow|repair|dumping)\b/i;

/** Two needs written as one: `Street Light Out and Pothole`. */
function holdsNeeds(type: string): boolean {
  return type.split(/[;,&+|]|\band\b/i).filter((part) => NEED.test(part)).length > 1;
}

const VEHICLES =
  /\b(two|three|four|five|six|seven|eight|nine|ten|several|many|multiple|[2-9]|\d\d)\s+(?:[\w-]+\s+){0,2}(vehicles|cars|trucks|vans|autos|automobiles|motorcycles)\b/i;

const BETWEEN_VEHICLES = /[;,&+|/]|\band\b/i;
const PLATE = /^(?=.*\d)[a-z0-9]{1,4}[ -]?[a-z0-9]{1,7}$/i;

/** The plates that one answer names; the answer itself unless it names several. */
function platesIn(answer: string): readonly string[] {
  const plates = answer
    .split(BETWEEN_VEHICLES)
    .map(trimmed)
    .filter((part) => PLATE.test(part));
  return plates.length > 1 ? plates : [answer];
}

const CALLED = /^(?:(?:ILLINOIS|IL) )?(?:LICENSE )?PLATES? (?:NUMBER |NO )?(?=.*\d)/;
const STATE = /^(?:ILLINOIS|IL) (?=.*\d)|(?<=\d.*) (?:ILLINOIS|IL)$/;
/** What a plate may have: with the state's letters it is more, and so those are none of its own. */
const LONGEST_PLATE = 7;

/** Letters and digits of a plate alone, without what says that it is one and of which state. */
function barePlate(plate: string): string {
  const words = (plate.toUpperCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
  const named = words.replace(CALLED, '');
  const joined = (text: string) => text.replaceAll(' ', '');
  return joined(joined(named).length > LONGEST_PLATE ? named.replace(STATE, '') : named);
}

/** Whether two answers name one vehicle: plates are compared by their letters and digits alone. */
export function sameVehicle(a: string, b: string): boolean {
  const bare = (answer: string) => platesIn(answer).map(barePlate);
  const others = bare(b);
  return bare(a).some((plate) => others.includes(plate));
}

function trimmed(text: string): string {
  return text.trim();
}

/** Two numbers in one answer, or a text that counts more than one vehicle (A-CSR-10). */
function tellsOfVehicles(told: string, vehicles: readonly string[]): boolean {
  const parts = (vehicles[0] ?? '').split(BETWEEN_VEHICLES).filter((part) => /\d/.test(part));
  return parts.length > 1 || VEHICLES.test(told);
}
