import { peopleCount, peopleDate, peopleInstant, plural } from '../core/duration.ts';
import type { CsrPolicy } from '../core/policy-topics.ts';
import { UNKNOWN_KEY } from '../report/keys.ts';
import { comparisonNotes } from '../report/question.ts';
import type { DistrictBook } from './districts.ts';
import type { CsrFigures } from './report-figures.ts';

/** What was done with data that contradict themselves, each with its count; only what happened is said. */
export function reportNotes(
  figures: CsrFigures,
  policy: CsrPolicy,
  districts: DistrictBook,
): readonly string[] {
  const { plan, tallied, police, sources } = figures;
  const { treatments } = tallied;
  const notes: string[] = [...comparisonNotes(figures.question)];
  const say = (count: number, text: string): void => {
    if (count > 0) notes.push(`${plural(count, 'request')} ${text}`);
  };
  notes.push(
    `Duplicates: ${peopleCount(tallied.duplicates)} opened in the period, by a status such as Open - Dup or Completed - Dup or by a true DUPLICATE; in no other figure.`,
    ...districtNotes(figures, districts),
    'Repeated numbers: all rows of one number are one request. Within a file the last row counts, of two files the newer facts. The Source lines say how many rows told of a number again.',
  );
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
    treatments.beatOfOtherDistrict,
    'with a beat of another district than their own: counted under both as the export says.',
  );
  say(police.notIn311, `known from police work orders only, not from 311: counted as ${policy.police.type}.`);
  say(police.withoutAnyDate, 'on police work orders without any date: in no figure.');
  say(
    police.closedHereOpenIn311,
    'of the police closed on the work order and open in 311 at the end: counted as closed. rollcall csr crossref lists them (CSR-34).',
  );
  say(
    police.openHereClosedIn311,
    'of the police closed in 311 and open on the work order at the end: counted as open, since what was done is not on record (CSR-34).',
  );
  say(
    police.closedWithoutClock,
    'of the police closed in the period but never assigned: no clock, so in no share on time.',
  );
  if (sources.some(({ rejected }) => rejected > 0))
    notes.push('Rows that were refused at import count nowhere: the Source lines say how many.');
  if (sources.length > 0) {
    notes.push(
      'Where an export gives a closed request no close date, its last update stands for it: rollcall check counts these.',
    );
  }
  return notes;
}

/** Requests whose district is closed, is none, or is not told: each stays where the export puts it. */
function districtNotes(
  { plan, question: { place }, tallied, withoutDistrict }: CsrFigures,
  districts: DistrictBook,
): readonly string[] {
  const own = place.district;
  const lines = new Map(tallied.groups.byDistrict.map((group) => [group.key, group]));
  const counts = (key: string): string => {
    const { opened, closed, openAtEnd } = lines.get(key) ?? { opened: 0, closed: 0, openAtEnd: 0 };
    return `${peopleCount(opened)} opened, ${peopleCount(closed)} closed, ${peopleCount(openAtEnd)} open at end`;
  };
  const everywhere = own === null && place.beat === null;
  const closed = [...districts].filter(
    ([key, { closed: year }]) => year !== null && (everywhere || key === own || lines.has(key)),
  );
  const unknown = [...lines.keys()].filter((key) => key !== UNKNOWN_KEY && !districts.has(key));
  const stay = 'requests stay under the number that the export gives';
  const notes: string[] = [];
  if (closed.length > 0) {
    const told = closed.map(([key, { closed: year }]) => `${key} (closed ${year}) ${counts(key)}`);
    notes.push(
      `Closed districts in ${plan.period.label}: ${told.join('; ')}. Their ${stay}; none is moved to a successor.`,
    );
  }
  if (unknown.length > 0) {
    const told = unknown.map((key) => `${key} ${counts(key)}`);
    notes.push(`Not in the geography of this program: district ${told.join('; ')}. Their ${stay}.`);
  }
  const where = everywhere ? `on the line ${UNKNOWN_KEY}, ` : '';
  notes.push(
    `Requests without a district: ${peopleCount(withoutDistrict)} opened in the period, anywhere in the city; ${where}in no district's own report.`,
  );
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
    'Asked by (CSR-05): police where a form CPD-21.208 holds the number or 311 says so, the City where 311 says so, else the community. 311 operators take police requests from the community (CSR-30).',
    'A police request on a work order counts as that says, any other as 311 says.',
    'Unit: the City department that 311 names; of a police request the unit of the member who has it.',
    'Age is in calendar days since creation. Seasonal types wait for their weather and are shown apart (CSR-16).',
    `A trend is called when the exact binomial test and a comparison that allows for swings from week to week agree, both adjusted for ${plural(trends.tests, 'comparison')} (Holm, 5%); a type needs ${policy.percentageMinimumBase} requests in one of the two periods. Percentages need a base of ${policy.percentageMinimumBase}.`,
    `A chronic place has at least ${chronic.minimumRequests} requests at one address in the ${chronic.months} months up to ${peopleDate(plan.period.to)}, in at least ${chronic.minimumQuarters} quarters (CSR-23).`,
    'The records behind any figure: the command below with --rows <section:key>, such as byType:<type>:closed, ageing:91+, police:lapses or chronic:<address>.',
  ];
}
