import { expect, test } from 'vitest';
import { packIncident } from '../../src/said/incident.ts';
import { loadModel } from '../../src/said/model-file.ts';
import { openPopulation } from '../../src/said/population.ts';
import { countSubjects, eachSubject, findSubject } from '../../src/said/records.ts';
import { read, write } from '../../src/store/store.ts';
import { freshStore, storeOf } from './fixture.ts';
import { naiveScore } from './naive.ts';
import { REFERENCE_AS_OF, referencePopulation } from './reference-population.ts';

const { model } = loadModel(null, '/');

test('a population read from the store is scored as each subject alone by the plain rules', async () => {
  const people = referencePopulation(3000, 7);
  const path = freshStore();
  await write(
    path,
    async (writer) => {
      const subjects = writer.bulk('said_subject', ['subject_key', 'subject_id', 'birth_day']);
      for (const [at, { birthDay }] of people.entries()) subjects.add([at + 1, `S${at}`, birthDay]);
      subjects.flush();
      const incidents = writer.bulk('said_incident', [
        'incident_id',
        'subject_key',
        'occurred_day',
        'involvement',
        'offenses',
        'disposition',
      ]);
      for (const [at, person] of people.entries()) {
        for (const [n, { day, involvement, offenses, disposition }] of person.incidents.entries()) {
          incidents.add([`I${at}-${n}`, at + 1, day, involvement, offenses, disposition]);
        }
      }
      incidents.flush();
    },
    { create: true },
  );
  const population = await read(path, async (reader) => {
    const made = openPopulation(model, REFERENCE_AS_OF, await countSubjects(reader));
    await eachSubject(reader, (_, id, birthDay, juvenile, history, length) =>
      made.add(id, birthDay, juvenile, history, length),
    );
    return made;
  });
  const items = population.items({ tier: null, withJuveniles: true }).slice();
  expect(items).toHaveLength(3000);
  for (const { subjectId, juvenile: _, ...score } of items) {
    const person = people[Number(subjectId.slice(1))];
    expect(score).toEqual(person && naiveScore(person, model, REFERENCE_AS_OF));
  }
});

test('a history longer than any buffer is read whole', async () => {
  const path = await storeOf('subject_id,birth_date\nS1,1990-01-01\nS2,1991-01-01', longHistory(900));
  const lengths = await read(path, async (reader) => {
    const found: [string, number, number][] = [];
    await eachSubject(reader, (_, id, __, ___, history, length) => {
      found.push([id, length, history[length - 1] ?? 0]);
    });
    return found;
  });
  expect(lengths).toEqual([
    ['S1', 900, packIncident({ day: 18_262, involvement: 1, offenses: 256, disposition: 3 })],
    ['S2', 0, expect.any(Number)],
  ]);
});

function longHistory(incidents: number): string {
  const lines = Array.from({ length: incidents }, (_, n) => `I${n},S1,2020-01-01,arrestee,other`);
  return ['incident_id,subject_id,occurred_on,involvement,offense', ...lines].join('\n');
}

test('a subject is shown with district and counts, and without tier, sex or race (SAID-06)', async () => {
  const path = await storeOf(
    'subject_id,birth_date,district,sex,race\nS1,1990-01-01,005,F,B',
    'incident_id,subject_id,occurred_on,involvement,offense\nI1,S1,2020-01-01,arrestee,uuw\nI2,S1,2019-01-01,victim,shooting',
  );
  const view = await read(path, (reader) => findSubject(reader, 'S1'));
  expect(view?.facts.map(({ key, value }) => [key, value])).toEqual([
    ['birthDate', '1990-01-01'],
    ['district', '005'],
    ['victimIncidents', 1],
    ['arrests', 1],
    ['newestIncident', '2020-01-01'],
  ]);
  expect(await read(path, (reader) => findSubject(reader, 'S9'))).toBeNull();
});
