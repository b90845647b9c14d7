import { addMonths, dateOfDay } from '../../src/core/calendar.ts';
import { type Incident, offenseWords } from '../../src/said/incident.ts';
import type { Model } from '../../src/said/model.ts';
import type { Score, Subject, Term } from '../../src/said/score.ts';

/** The same rules written the long way round, to be compared with the scorer: slow, clear, dates as text. */
export function naiveScore(
  subject: Subject,
  model: Model,
  asOfDay: number,
): Score | { readonly reason: string } {
  const today = dateOfDay(asOfDay);
  const date = (day: number): string => dateOfDay(day);
  const past = subject.incidents.filter((incident) => incident.day <= asOfDay);
  const recent = past.filter((incident) => date(incident.day) > addMonths(today, -model.lookBackMonths));
  const isArrest = (incident: Incident) => incident.involvement === 1;
  const arrests = recent.filter(isArrest);
  if (past.some((incident) => !isArrest(incident) && offenseWords(incident.offenses).includes('homicide'))) {
    return { reason: 'recorded as a homicide victim' };
  }
  const everArrested = past.filter(isArrest);
  if (everArrested.length === 0) return { reason: 'no arrest' };
  if (subject.birthDay === null) return { reason: 'no birth date' };
  const birthDay = subject.birthDay;
  if (birthDay > latestOf(everArrested)) {
    return { reason: 'birth date after the latest arrest' };
  }

  const weight = (day: number) =>
    date(day) <= addMonths(today, -model.lookBackMonths)
      ? 0
      : Math.round(1e6 * 0.5 ** ((asOfDay - day) / (model.halfLifeMonths * 30.436875))) / 1e6;
  const halfUp = (value: number) => Math.floor(value + 0.5 + 1e-9);
  const counted = (incidents: readonly Incident[], each: number, maximum: number) =>
    Math.min(maximum, halfUp(each * incidents.reduce((sum, incident) => sum + weight(incident.day), 0)));
  const having = (incidents: readonly Incident[], ...words: string[]) =>
    incidents.filter((incident) => offenseWords(incident.offenses).some((word) => words.includes(word)));

  const victim = recent.filter((incident) => !isArrest(incident));
  const shot = having(victim, 'shooting');
  const battered = having(victim, 'aggravated-battery', 'aggravated-assault');

  const ofArrests = (some: readonly Incident[], latest: number) => {
    const uuw = having(some, 'uuw');
    const violent = having(
      some,
      'shooting',
      'homicide',
      'aggravated-battery',
      'aggravated-assault',
      'violent',
    );
    const born = dateOfDay(birthDay);
    const then = date(latest);
    const years =
      Number(then.slice(0, 4)) - Number(born.slice(0, 4)) - (then.slice(5) < born.slice(5) ? 1 : 0);
    const yearly = [1, 2, 3, 4].map(
      (x) =>
        some.filter(
          (arrest) =>
            date(arrest.day) > addMonths(today, -12 * (5 - x)) &&
            date(arrest.day) <= addMonths(today, -12 * (4 - x)),
        ).length,
    );
    const slope = yearly.reduce((sum, y, place) => sum + (place + 1 - 2.5) * y, 0) / 5;
    return {
      years,
      slope: Math.round(slope * 10) / 10,
      uuw: uuw.length,
      violent: violent.length,
      agePoints: halfUp(
        Math.floor(line(model, (latest - birthDay) / 365.2425) * 1000 + 0.5) * weight(latest) * 0.001,
      ),
      trendPoints: Math.max(
        model.trend.minimum,
        Math.min(model.trend.maximum, halfUp(model.trend.pointsEach * slope)),
      ),
      uuwPoints: counted(uuw, model.uuwArrests.pointsEach, model.uuwArrests.maximum),
      violentPoints: counted(violent, model.violentArrests.pointsEach, model.violentArrests.maximum),
    };
  };

  const all = ofArrests(arrests, latestOf(everArrested));
  const terms: Term[] = [
    { attribute: 'intercept', value: 1, points: model.intercept },
    {
      attribute: 'shootingVictim',
      value: shot.length,
      points: counted(shot, model.shootingVictim.pointsEach, model.shootingVictim.maximum),
    },
    { attribute: 'ageAtLatestArrest', value: all.years, points: all.agePoints },
    {
      attribute: 'aggravatedVictim',
      value: battered.length,
      points: counted(battered, model.aggravatedVictim.pointsEach, model.aggravatedVictim.maximum),
    },
    { attribute: 'trend', value: all.slope, points: all.trendPoints },
    { attribute: 'uuwArrests', value: all.uuw, points: all.uuwPoints },
    { attribute: 'violentArrests', value: all.violent, points: all.violentPoints },
  ];
  const points = terms.reduce((sum, term) => sum + term.points, 0);
  const convicted = arrests.filter((arrest) => arrest.disposition === 0 && arrest.day >= 0);
  const apart = (terms[0]?.points ?? 0) + (terms[1]?.points ?? 0) + (terms[3]?.points ?? 0);
  let pointsConvictedOnly = apart;
  if (convicted.length > 0 && latestOf(convicted) >= birthDay) {
    const only = ofArrests(convicted, latestOf(convicted));
    pointsConvictedOnly += only.agePoints + only.trendPoints + only.uuwPoints + only.violentPoints;
  }
  const place = model.cutPoints.filter((from) => points >= from).length;
  const evidence = shot.length + battered.length + all.uuw + all.violent;
  return {
    tier: (['veryLow', 'low', 'medium', 'high', 'veryHigh'] as const)[place] ?? 'veryLow',
    points,
    pointsConvictedOnly,
    basis: evidence > 0 || arrests.length >= model.sufficientArrests ? 'sufficient' : 'insufficient',
    terms,
  };
}

function latestOf(incidents: readonly Incident[]): number {
  return Math.max(...incidents.map((incident) => incident.day));
}

function line(model: Model, years: number): number {
  const knots = model.ageAtLatestArrest.knots;
  const after = knots.findIndex(([at]) => years < at);
  if (after === 0) return knots[0]?.[1] ?? 0;
  const [a, p] = knots[(after < 0 ? knots.length : after) - 1] ?? [0, 0];
  const [b, q] = knots[after] ?? [a + 1, p];
  return p + ((q - p) * (years - a)) / (b - a);
}
