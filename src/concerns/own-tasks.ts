import { unitForms } from '../casework/units.ts';
import type { Instant } from '../core/instant.ts';
import type { Rows } from '../store/open.ts';
import { type Moment, textOrNull } from './waiting-states.ts';

/** A running task of a unit or a supervisor, with what has been done about it. */
export interface OwnTask {
  readonly id: string;
  readonly unit: string | null;
  readonly member: string | null;
  /** Taken from its unit: it waits for the executive officer. */
  readonly untaken: boolean;
  /** When it was assigned to the unit, or last returned to it. */
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly district: string | null;
  readonly beat: string | null;
  readonly category: string | null;
  /** When its action was submitted; null while it is not. */
  readonly submittedAt: Instant | null;
  /** The member of the unit whose it is by the decision of a dispute (CC-33). */
  readonly responsible: string | null;
}

const FAR = 253_370_764_800;

/** The running investigations of a unit or a supervisor. */
export async function ownTasks(
  rows: Rows,
  owner: { readonly unit: string } | { readonly member: string },
  { now, since }: Moment,
): Promise<readonly OwnTask[]> {
  const condition =
    'unit' in owner
      ? `owner_unit in (${unitForms(owner.unit)
          .map(() => '?')
          .join(', ')})`
      : 'owner_member = ?';
  const values = 'unit' in owner ? unitForms(owner.unit) : [owner.member];
  // A step of no unit by name is each one's.
  const ofUnit = `(e.unit = '' or ltrim(e.unit, '0') = ltrim(k.owner_unit, '0'))`;
  const last = (name: string) =>
    `(select max(e.at) from event e where e.chain = 'concerns' and e.record_id = k.record_id and e.name = '${name}'
      and e.at <= ? and e.at >= k.started_at and ${ofUnit})`;
  const columns = `k.record_id, k.owner_unit, k.owner_member, k.started_at, k.due_at, k.district, k.beat, k.category,
    ${last('disapproved')}, ${last('submitted')}, k.owner_role,
    (select m.member_id from event e join member m on m.member_id = json_extract(e.content, '$.responsible')
      where e.chain = 'concerns' and e.record_id = k.record_id and e.name = 'decided' and e.at <= ?
        and e.at >= k.started_at and ltrim(m.unit, '0') = ltrim(k.owner_unit, '0')
      order by e.at desc, e.seq desc limit 1)`;
  const where = `k.system = 'concerns' and k.rule = 'CC-22' and k.opened_at <= ?`;
  // A clock that has stopped since is found only where something has happened since.
  const stoppedSince =
    since.size === 0
      ? ''
      : ` union all select ${columns} from clock k
          where k.stopped_at > ? and k.stopped_at < ${FAR} and k.${condition} and ${where}`;
  const times = [now, now, now];
  const found = await rows.rows({
    sql: `select ${columns} from clock k indexed by ${'unit' in owner ? 'clock_running_unit' : 'clock_running_member'}
      where k.stopped_at = ${FAR} and k.${condition} and ${where}${stoppedSince}`,
    parameters: [...times, ...values, now, ...(since.size === 0 ? [] : [...times, now, ...values, now])],
  });
  return found.map((row) => {
    const [id, unit, member, startedAt, dueAt, district, beat, category, ...then] = row;
    const [returned, submitted, role, responsible] = then;
    const at = (value: unknown): Instant | null => (typeof value === 'number' ? (value as Instant) : null);
    const openedAt = Math.max(Number(startedAt), at(returned) ?? 0) as Instant;
    const submittedAt = at(submitted);
    return {
      id: String(id),
      unit: textOrNull(unit),
      member: textOrNull(member),
      untaken: role === 'executive-officer',
      openedAt,
      dueAt: Number(dueAt) as Instant,
      district: textOrNull(district),
      beat: textOrNull(beat),
      category: textOrNull(category),
      submittedAt: submittedAt === null || submittedAt < openedAt ? null : submittedAt,
      responsible: textOrNull(responsible),
    };
  });
}
