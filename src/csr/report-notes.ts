import { peopleCount, peopleDate, peopleInstant, plural } from '../core/duration.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { UNKNOWN_KEY } from '../report/keys.ts';
import type { DistrictBook } from './districts.ts';
import type { CsrFigures } from './report-figures.ts';

/** What was done with data that contradict themselves, each with its count; only what happened is said. */
export function reportNotes(
  figures: CsrFigures,
  policy: CsrPolicy,
  unknownPlace: string | null,
  districts: DistrictBook,
): readonly string[] {
  const { plan, tallied, police, sources } = figures;
  const { treatments } = tallied;
  const notes: string[] = [];
  const say = (count: number, text: string): void => {
    if (count > 0) notes.push(`${plural(count, 'request')} ${text}`);
  };
  if (tallied.duplicates > 0)
    notes.push(
      `Duplicates: ${peopleCount(tallied.duplicates)} opened in the period, by a status such as Open - Dup or Completed - Dup or by a true DUPLICATE; in no other figure.`,
    );
  notes.push(...districtNotes(figures, districts));
  if (unknownPlace !== null) notes.push(`${unknownPlace} is not in the geography of this program.`);
  if (plan.soFar)
    notes.push(`The period is not over: all figures are so far, up to ${peopleInstant(plan.span.end)}.`);
  say(
    treatments.closedWithoutDate,
    'closed without a close date: counted as closed when opened, not in days to close.',
  );
  say(treatments.openWithCloseDate, 'open by status but with a close date: counted as open.');
  say(
    treatments.closedBeforeCreated,
    'closed before being created: counted as closed when created, not in days to close.',
  );
  say(
    treatments.reopeningContradicted,
    'opened again according to one import but not to a later one: not counted as reopened.',
  );
  say(
    treatments.withoutAddress,
    `of the last ${policy.chronic.months} months without an address: not looked at for chronic places.`,
  );
  say(
    figures.withoutDistrict ?? 0,
    "of the period without a district, anywhere in the city: in no district's report.",
  );
  say(
    police.onlyPolice,
    `known from police work orders only, not from 311: counted as ${policy.police.type}.`,
  );
  say(police.withoutAnyDate, 'on police work orders without any date: in no figure.');
  say(
    police.closedWithoutClock,
    'of the police closed in the period but never assigned: no clock, so in no share on time.',
  );
  const repeated = sources.reduce((sum, source) => sum + source.repeated, 0);
  if (repeated > 0)
    notes.push(
      `${plural(repeated, 'row')} of the imported files repeated a number: one request each; within a file the last row counts, and of two files the newer facts.`,
    );
  const rejected = sources.reduce((sum, source) => sum + source.rejected, 0);
  if (rejected > 0)
    notes.push(`${plural(rejected, 'row')} of the imported files were refused at import and count nowhere.`);
  if (sources.length > 0) {
    notes.push(
      'Where an export gives a closed request no close date, its last update stands for it: rollcall check counts these.',
    );
  }
  return notes;
}

/** Requests whose district is closed, is none, or is not told: each stays where the export puts it. */
function districtNotes({ plan, question, tallied }: CsrFigures, districts: DistrictBook): readonly string[] {
  const notes: string[] = [];
  const closed: string[] = [];
  const unknown: string[] = [];
  for (const { key, opened } of tallied.byDistrict) {
    const known = districts.get(key);
    if (key === UNKNOWN_KEY) {
      // Of one district nothing is unknown; what is left out of it is told apart.
      if (question.place.district === null && opened > 0)
        notes.push(
          `${plural(opened, 'request')} opened without a district: on the line ${UNKNOWN_KEY}, in no district's own report.`,
        );
    } else if (known === undefined) unknown.push(`${key} (${opened} opened)`);
    else if (known.closed !== null) closed.push(`${key} (closed ${known.closed}, ${opened} opened)`);
  }
  const stay = 'requests stay under the number that the export gives';
  if (closed.length > 0)
    notes.push(
      `Closed districts in ${plan.period.label}: ${closed.join(', ')}. Their ${stay}; none is moved to a successor.`,
    );
  if (unknown.length > 0)
    notes.push(`Not in the geography of this program: district ${unknown.join(', ')}. Their ${stay}.`);
  return notes;
}

/** The sentences by which the figures can be checked. */
export function reportDefinitions({ plan, trends }: CsrFigures, policy: CsrPolicy): readonly string[] {
  const { chronic } = policy;
  return [
    `Population: all requests located in the place named above. Duplicates are in no figure; ${policy.informationOnlyTypes.join(' and ')} are counted as information only and are in no other figure.`,
    'Open at start + opened + reopened - closed = open at end. A request counts in the second in which it was created, closed or opened again, in Chicago time.',
    'Days to close are elapsed days of 24 hours from creation to closing: the median and the 90th percentile by nearest rank, over what was closed in the period.',
    `On time is told of police requests alone, whose work orders have a due day (CSR-38, CSR-47): the last due day counts, and the member's submission meets it. City requests have no directive deadline.`,
    'Age is in calendar days since creation. Seasonal types wait for their weather and are shown apart (CSR-16).',
    `A trend is called when the exact binomial test and a comparison that allows for swings from week to week agree, both adjusted for ${plural(trends.tests, 'comparison')} (Holm, 5%); a type needs ${policy.percentageMinimumBase} requests in one of the two periods. Percentages need a base of ${policy.percentageMinimumBase}.`,
    `A chronic place has at least ${chronic.minimumRequests} requests at one address in the ${chronic.months} months up to ${peopleDate(plan.period.to)}, in at least ${chronic.minimumQuarters} quarters (CSR-23).`,
  ];
}
