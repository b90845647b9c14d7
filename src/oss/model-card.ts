import { peopleCount } from '../core/duration.ts';
import type { LocalDate } from '../core/instant.ts';
import { FEATURES } from './models/inputs.ts';
import type { Card, Input, Model } from './models/model.ts';
import { OUTCOME_WORDS, type Outcome } from './models/outcomes.ts';
import type { Fitted } from './train.ts';

/** Titles of the four data models; the directive names none (OSS-03), so these are ours. */
const TITLES: Readonly<Record<Outcome, string>> = {
  'on-duty': 'On-duty conduct',
  'off-duty': 'Off-duty conduct',
  complaints: 'Complaint pattern',
  force: 'Force pattern',
};

const DUTY: Readonly<Partial<Record<Outcome, string>>> = {
  'on-duty':
    'Which complaints are about conduct on duty is said by the on_duty column or, where that is empty, by the category lists (oss-categories.json). With a store, rollcall oss models names those of its records.',
  'off-duty':
    'Which complaints are about conduct off duty is said by the on_duty column or, where that is empty, by the category lists (oss-categories.json). With a store, rollcall oss models names those of its records.',
};

const RARE: Readonly<Partial<Record<Outcome, string>>> = {
  'off-duty':
    'The outcome is rare: of the one in a hundred placed highest, some four in five have no such complaint in the two years that follow. A flag is a reason to look, not a finding.',
  force:
    'A use-of-force report is no misconduct: most are lawful and come with an assignment. A plain count of the reports of five years does about as well.',
};

/** The model card of fitted weights: purpose, inputs, outcome, training, what is measured, and limits. */
function cardOf(fitted: Fitted, validation: readonly string[]): Card {
  const { outcome, horizonMonths, trained, inputs } = fitted;
  const idle = inputs.filter((input) => input.weight === 0);
  const names = (some: readonly Input[]) => some.map((input) => labelOf(input.id)).join('; ');
  const constant = idle.filter((input) => input.sd === 0);
  const silent = idle.filter((input) => input.sd > 0);
  return {
    purpose: [
      'To bring a sworn member to the analyst so that support can be offered before something adverse happens (OSS-08). Not a ground for discipline (OSS-06), assignment or promotion.',
    ],
    origin: [
      "Inputs, weights and titles are rollcall's own. The Department has not published its four data models, and nothing here is taken from them.",
    ],
    inputs: [
      `${FEATURES.length} counts and times from a member's jacket (complaints, use-of-force reports, training, commendations, absences, exposures) and rates of the member's unit, as known on the day.`,
      'Never read: name, sex, race, age, and length of service, which stands in for age.',
      ...(silent.length === 0
        ? []
        : [`Given no weight by the fit, adding nothing to the others: ${names(silent)}.`]),
      ...(constant.length === 0
        ? []
        : [`Without weight, since the training data never saw them differ: ${names(constant)}.`]),
    ],
    outcome: [
      `At least one event of this kind in the ${horizonMonths} months after the day: ${OUTCOME_WORDS[outcome]}, that happened after the day and was filed by the end of the months.`,
      ...[DUTY[outcome] ?? []].flat(),
    ],
    training: [
      `Sworn members in service on ${trained.origins.join(', ')}: ${peopleCount(trained.rows)} rows, ${peopleCount(trained.withOutcome)} with the outcome. Nothing filed after ${trained.until} was looked at.`,
      `Logistic regression with a ridge of ${trained.ridge}, by Newton's method from zero: the same records give the same weights. Weights keep to one side: no complaint or report counts in favour of a member, and only time without one lowers a score.`,
    ],
    validation: validation.length === 0 ? ['Not validated yet: rollcall oss validate --model.'] : validation,
    limits: [
      'A complaint is that somebody complained. It depends on the post, on who is willing to complain and on how complaints are taken, not on conduct alone.',
      'Who works where more is reported is placed higher, whatever they do; unit rates soften this and do not remove it.',
      'The model knows what was recorded. Members whom nobody wrote about are placed low.',
      'It says who is likelier than others, not why, and not what would help.',
      ...[RARE[outcome] ?? []].flat(),
      'Practice changes: fit and validate again each year, and whenever the way in which complaints are taken changes.',
    ],
  };
}

function labelOf(id: string): string {
  return FEATURES.find((feature) => feature.id === id)?.label ?? id;
}

/** A fitted model with its name, card, owner and a term of a year from `issuedOn`. */
export function modelOf(
  fitted: Fitted,
  issued: {
    readonly on: LocalDate;
    readonly until: LocalDate;
    readonly owner: string;
    readonly version: string;
  },
  validation: readonly string[],
): Model {
  const { outcome, horizonMonths, trained, intercept, inputs } = fitted;
  return {
    id: `oss-${outcome}`,
    version: issued.version,
    title: TITLES[outcome],
    outcome,
    horizonMonths,
    owner: issued.owner,
    issuedOn: issued.on,
    expiresOn: issued.until,
    trained,
    intercept,
    inputs,
    card: cardOf(fitted, validation),
  };
}
