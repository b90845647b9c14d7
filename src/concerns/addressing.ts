import type { Evidence } from '../casework/evidence.ts';
import { endOfDay, localDate, startOfDay } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import { districtsActedFor } from '../people/acting-districts.ts';
import { actorById } from '../people/identity.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader } from '../store/store.ts';

/** The exceptions that the executive officer addresses. */
const ADDRESSED: readonly string[] = ['CC-34', 'CC-35'];
const EXECUTIVE_OFFICER = 'executive-officer';

/**
 * CC-34, CC-35: that a concern was addressed is recorded by the executive officer of its district, or by whoever a
 * delegation lends the role to (CC-36), as done by one who held it that day; refuses (exit code 4) anyone else.
 */
export async function requireAddressing(
  reader: Reader,
  context: Context,
  actorId: string,
  { rule, on, by, district, note }: Evidence,
): Promise<void> {
  if (!ADDRESSED.includes(rule)) return;
  const districts = await districtsNamed(reader, note);
  if (district !== '') districts.set(district, `district ${district}`);
  await requireOfficer(reader, context, rule, actorId, [context.now], districts);
  // A delegation may have begun or ended within the day.
  if (by !== actorId)
    await requireOfficer(reader, context, rule, by, [startOfDay(on), endOfDay(on)], districts);
}

async function requireOfficer(
  reader: Reader,
  context: Context,
  rule: string,
  memberId: string,
  times: readonly Instant[],
  districts: ReadonlyMap<string, string>,
): Promise<void> {
  const refuse = (text: string, remedy?: string): Error =>
    refusal(rule, loadPolicy(context.env).cite(rule), text, remedy);
  const acted = new Set<string>();
  let held = false;
  for (const at of times) {
    const member = await actorById(reader, memberId, at);
    if (!member?.roles.has(EXECUTIVE_OFFICER)) continue;
    held = true;
    for (const each of (await districtsActedFor(reader, memberId, [EXECUTIVE_OFFICER], at)) ?? [])
      acted.add(each);
  }
  if (!held)
    throw refuse(
      `${memberId} may not address an exception: it takes the role ${EXECUTIVE_OFFICER}.`,
      'In an absence the district commander has it by a recorded delegation (CC-36).',
    );
  for (const [district, what] of districts)
    if (!acted.has(district))
      throw refuse(
        `${memberId} acts for ${[...acted].join(' and ') || 'no known district'}, not for ${what}.`,
      );
}

// The districts of the concerns that a note names, each with what is of it.
async function districtsNamed(reader: Reader, note: string): Promise<Map<string, string>> {
  const rows = await reader.rows({
    sql: `select district, min(control_number) from concern
      where control_number in (select value from json_each(?)) and district is not null group by district`,
    parameters: [JSON.stringify(idsIn(note))],
  });
  return new Map(rows.map(([district, id]) => [String(district), `${id} of district ${district}`]));
}

/** The day on which an exception of a rule that began then was addressed; null for not yet. */
export type Addressed = (rule: string, id: string, began: Instant) => string | null;

/**
 * When the executive officer recorded that an exception was taken up: by evidence of its own rule, dated no earlier than
 * the day on which it began. What was imported proves it of nobody.
 */
export async function addressedOn(reader: Reader, now: Instant): Promise<Addressed> {
  const rows = await reader.rows({
    sql: `select distinct rule, note, on_day from evidence where rule in (select value from json_each(?))
      and batch_id is null and on_day <= ? order by on_day`,
    parameters: [JSON.stringify(ADDRESSED), localDate(now)],
  });
  const days = new Map<string, string[]>();
  for (const [rule, note, day] of rows) {
    for (const id of idsIn(String(note))) {
      const key = `${rule} ${id}`;
      const known = days.get(key);
      if (known) known.push(String(day));
      else days.set(key, [String(day)]);
    }
  }
  return (rule, id, began) => days.get(`${rule} ${id}`)?.find((day) => day >= localDate(began)) ?? null;
}

// Control numbers may stand among words.
function idsIn(note: string): readonly string[] {
  return note.split(/[\s,;]+/).filter((id) => id !== '');
}
