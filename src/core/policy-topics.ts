/** Settings of City service requests: `data/policy/csr.json`. Types are SR_TYPE values; limits are local and printed. */
export interface CsrPolicy {
  /** In a line of their own and out of every other figure. */
  readonly informationOnlyTypes: readonly string[];
  readonly seasonal: { readonly rule: string; readonly types: readonly string[] };
  readonly emergency: EmergencyPolicy;
  /** CSR-30: their type and who enters them; CSR-31: origins that tell of Department members instead. */
  readonly police: {
    readonly rule: string;
    readonly type: string;
    readonly creator: string;
    readonly members: { readonly rule: string; readonly origins: readonly string[] };
  };
  /** CSR-05: words of 311 for requests that came from the police or from the City itself; any other is the community. */
  readonly origins: {
    readonly rule: string;
    readonly police: readonly string[];
    readonly city: readonly string[];
  };
  readonly abandonedVehicle: { readonly rule: string; readonly types: readonly string[] };
  /** CPD-21.208: how a 311 number is written, and lower-case words that tell of what the form is not for. */
  readonly form: {
    readonly numberPattern: string;
    readonly facilities: { readonly rule: string; readonly words: readonly string[] };
    readonly units: { readonly rule: string; readonly words: readonly string[] };
  };
  /** A chronic place: at least so many requests in so many months, spread over so many quarters. */
  readonly chronic: {
    readonly rule: string;
    readonly minimumRequests: number;
    readonly months: number;
    readonly minimumQuarters: number;
  };
  /** Whole days of age, both ends included; the last bucket is open (`to` null). */
  readonly ageing: { readonly rule: string; readonly buckets: readonly AgeBucket[] };
  /** Below this base a percentage is not printed. */
  readonly percentageMinimumBase: number;
  /** Counts below this are suppressed where a small cell could point at a person. */
  readonly smallCellLimit: number;
  /** Local targets in days per type, labelled "local target, not directive" (A-CSR-1); none are shipped. */
  readonly localTargets: readonly { readonly type: string; readonly days: number }[];
}

/** CSR-03: hazards that need no form. A word stands for its plural too; with `*` at its end for all that begin so. */
export interface EmergencyPolicy {
  readonly rule: string;
  readonly types: readonly string[];
  /** Phrases that tell of a hazard whatever else is said. */
  readonly words: readonly string[];
  /** Phrases that tell of one unless something harmless is named. */
  readonly unless: { readonly words: readonly string[]; readonly harmless: readonly string[] };
  /** One of `first` and then one of `then` among the next `within` words. */
  readonly near: readonly {
    readonly first: readonly string[];
    readonly then: readonly string[];
    readonly within: number;
  }[];
  /** Phrases that are passed over, as if they were not there. */
  readonly ignored: readonly string[];
}

export interface AgeBucket {
  readonly label: string;
  readonly from: number;
  readonly to: number | null;
}

export interface CodedReason {
  readonly code: string;
  readonly label: string;
  readonly rule?: string;
  /** Other words that begin a free text of the same meaning. */
  readonly also?: readonly string[];
}

/** Settings of Community Concerns: `data/policy/concerns.json`. */
export interface ConcernsPolicy {
  /** CC-16: a category that holds one of these lower-case words goes to this unit. */
  readonly building: { readonly rule: string; readonly unit: string; readonly words: readonly string[] };
  readonly notAcceptedReasons: readonly CodedReason[];
  readonly reassignment: { readonly rule: string; readonly moreThan: number };
  readonly associationMetres: { readonly rule: string; readonly suggestWithin: number };
  /**
   * CC-06: which pairs are proposed as one. Shares of the score add up to 1; `threshold` is the least score. It is higher
   * where one of the two is associated or has associates, and where the earlier one is only proposed under another.
   */
  readonly duplicates: {
    readonly rule: string;
    readonly days: number;
    readonly threshold: number;
    readonly thresholdTied: number;
    readonly thresholdProposed: number;
    readonly shares: {
      readonly words: number;
      readonly category: number;
      readonly distance: number;
      readonly time: number;
    };
  };
  /** A chronic place, as for City requests; the figures are local. */
  readonly chronic: CsrPolicy['chronic'];
  /** Whole days of age, both ends included; the last bucket is open (`to` null). */
  readonly ageing: CsrPolicy['ageing'];
  /** Below this base a percentage is not printed, and no trend is looked for. */
  readonly percentageMinimumBase: number;
  /** CC-04: digits of a PIN, and how many wrong ones are answered within so many minutes. */
  readonly pin: {
    readonly rule: string;
    readonly digits: number;
    readonly wrongAttempts: number;
    readonly minutes: number;
  };
}

/** Settings of the Officer Support System: `data/policy/oss.json`. Dates are Chicago days, the first included. */
export interface OssPolicy {
  readonly scope: readonly {
    readonly rule: string;
    readonly district: string;
    readonly from: string;
    readonly to: string | null;
  }[];
  readonly staffing: {
    readonly rule: string;
    readonly analysts: number;
    readonly areaRepresentatives: number;
    readonly representativesPerArea: number;
    readonly sergeants: number;
  };
  /** How many data models there are, and the names by which Work Items cite them. */
  readonly modelCount: { readonly rule: string; readonly models: number; readonly names: readonly string[] };
  /** Shares of the members scored that one model may flag: unless another is asked for, and at most. */
  readonly generation: { readonly rule: string; readonly share: number; readonly atMost: number };
  readonly forbiddenRoles: { readonly rule: string; readonly names: readonly string[] };
  /** Suggestions; with `freeText` any other reason is taken as well (A-OSS-3). */
  readonly invalidReasons: {
    readonly reading: string;
    readonly freeText: boolean;
    readonly reasons: readonly CodedReason[];
  };
  readonly banner: { readonly rule: string; readonly text: string };
  /**
   * Supports to choose from; words that are no support and phrases in which they are harmless (lower case, matched as
   * whole words); questions of the Action Plan, of which some ask for facts: what was is no part of the plan.
   */
  readonly plan: {
    readonly supports: readonly CodedReason[];
    readonly disciplinary: readonly string[];
    readonly supportive: readonly string[];
    readonly questions: readonly { readonly code: string; readonly text: string; readonly facts?: boolean }[];
  };
  /** One supervisor with at least so many, and more than such a share, of a district's items of others' members. */
  readonly concentration: { readonly rule: string; readonly atLeast: number; readonly share: number };
  /** Counts from 1 up to this, itself excluded, are suppressed in reports that leave the unit. */
  readonly smallCellLimit: number;
}

export type Severity = 'warn' | 'refuse';

/** Settings of SAID: `data/policy/said.json`. */
export interface SaidPolicy {
  readonly horizon: { readonly rule: string; readonly months: number };
  readonly review: { readonly rule: string; readonly every: string };
  readonly unvalidatedModel: Severity;
  readonly untrainedActor: Severity;
  readonly trainingMaxAgeMonths: number;
  readonly tierRoles: {
    readonly rule: string;
    readonly full: readonly string[];
    readonly deidentified: readonly string[];
  };
  readonly tierPurposes: {
    readonly reading: string;
    readonly shown: readonly string[];
    readonly hidden: readonly string[];
  };
  readonly banner: readonly { readonly rule: string; readonly text: string }[];
}
