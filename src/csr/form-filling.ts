import type { CsrPolicy } from '../core/policy-topics.ts';

/** A form as someone fills it in. */
export interface Filling {
  readonly types: readonly string[];
  readonly address: string;
  readonly department: string | null;
  readonly description: string | null;
  readonly vehicles: readonly string[];
  readonly atFacility: boolean;
}

/** What a form is, once no rule refuses it. */
export interface Filled {
  readonly type: string;
  readonly vehicle: string | null;
  /** CSR-03: looks like something that cannot wait for another agency's queue. */
  readonly hazard: boolean;
  /** CSR-13 with A-CSR-10: an abandoned vehicle that nothing identifies. */
  readonly vehicleMissing: boolean;
}

/** Why a form is not for this, with what to do instead. */
export interface NotForForm {
  readonly rule: string;
  readonly text: string;
  readonly remedy: string;
}

/** Judges a form by CSR-08, CSR-09, CSR-13 and CSR-31. `isUnit` tells a police unit's number. Pure. */
export function judgeFilling(
  filling: Filling,
  policy: CsrPolicy,
  isUnit: (word: string) => boolean,
): NotForForm | Filled {
  const { types, vehicles, department } = filling;
  const [type = ''] = types;
  if (types.length > 1)
    return {
      rule: 'CSR-13',
      text: `One form is for one need; this one has ${types.length}: ${types.join(', ')}.`,
      remedy: 'Fill in a form for each.',
    };
  if (vehicles.length > 1)
    return {
      rule: 'CSR-13',
      text: `One form is for one abandoned vehicle; this one names ${vehicles.length}.`,
      remedy: 'Fill in a form for each vehicle.',
    };
  if (filling.atFacility || holds(filling.address, policy.form.facilities.words))
    return {
      rule: policy.form.facilities.rule,
      text: 'The form is not for problems in Department facilities.',
      remedy: "Use the Department's own repair request.",
    };
  if (department !== null && (holds(department, policy.form.units.words) || isUnit(bareUnit(department))))
    return {
      rule: policy.form.units.rule,
      text: `The form is not for help from other police units (${department}).`,
      remedy: 'Use an Intra-Departmental Support Service Request: rollcall csr idssr.',
    };
  if (same(type, policy.police.type))
    return {
      rule: 'CSR-31',
      text: 'Members do not enter police requests in 311.',
      remedy: 'Take it in as a Community Concern.',
    };
  const told = `${type} ${filling.description ?? ''}`;
  const abandoned =
    policy.abandonedVehicle.types.some((each) => same(each, type)) || holds(type, ['abandoned vehicle']);
  const hazard =
    policy.emergency.types.some((each) => same(each, type)) || holds(told, policy.emergency.words);
  return { type, vehicle: vehicles[0] ?? null, hazard, vehicleMissing: abandoned && vehicles.length === 0 };
}

function holds(text: string, words: readonly string[]): boolean {
  const lower = ` ${text.toLowerCase().replace(/\s+/g, ' ')} `;
  return words.some((word) => lower.includes(word));
}

function same(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

function bareUnit(department: string): string {
  return department.trim().replace(/^unit\s+/i, '');
}
