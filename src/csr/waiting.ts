import type { Viewer, Waiting } from '../casework/waiting.ts';
import type { Instant } from '../core/instant.ts';
import type { Query, Rows, SqlValue } from '../store/open.ts';
import type { FormState } from './form-workflow.ts';
import type { PoliceRequestState } from './workflow.ts';

/** What is read from the store at a moment; the maps hold the records that have changed since, as they stood. */
export interface Moment {
  readonly now: Instant;
  readonly police: ReadonlyMap<string, PoliceRequestState>;
  readonly forms: ReadonlyMap<string, FormState>;
}

/** An open police request on its SRSWO. */
interface Request {
  readonly id: string;
  readonly state: string;
  readonly createdAt: Instant;
  readonly beat: string | null;
  readonly category: string | null;
  readonly assignedTo: string | null;
  readonly submittedAt: Instant | null;
  readonly moreTimeAskedAt: Instant | null;
  readonly extensions: number;
  readonly district: string | null;
}

const COLUMNS = `s.sr_number, s.state, coalesce(s.created_at, 0), s.beat, s.category, s.assigned_to, s.submitted_at,
  s.more_time_asked_at, s.extensions, s.district`;
const OF_DISTRICT = '(s.district = ? or s.district is null)';

/** The open police requests of a district, by the index srswo_waiting; exported for a test of its plan. */
export function requestsQuery(states: readonly string[], district: string): Query {
  const list = states.map((state) => `'${state}'`).join(', ');
  return {
    sql: `select ${COLUMNS} from srswo s indexed by srswo_waiting
      where s.state <> 'closed' and s.state in (${list}) and ${OF_DISTRICT}`,
    parameters: [district],
  };
}

/** The SRSWOs that a member has; exported for a test of its plan. */
export function assignedQuery(memberId: string): Query {
  return {
    sql: `select ${COLUMNS} from srswo s indexed by srswo_member
      where s.state in ('assigned', 'returned') and s.assigned_to = ?`,
    parameters: [memberId],
  };
}

/** Police requests of the mirror that are open and on no SRSWO: how many, the oldest, since when, and whether one is of no known district. */
export function untakenQuery(type: string, district: string, now: Instant): Query {
  return {
    sql: `select count(*), r.sr_number, min(r.created_at), max(r.district is null) from csr_request r indexed by csr_request_open
      where r.is_open = 1 and r.duplicate = 0 and r.created_at <= ?
        and r.type_id = (select id from csr_word where kind = 'type' and word = ?)
        and (r.district = ? or r.district is null)
        and not exists (select 1 from srswo s where s.sr_number = r.sr_number)`,
    parameters: [now, type, Number(district)],
  };
}

/** What waits for a member in police requests by the roles held, by plain SQL on indexes; oldest first. */
export async function policeWaiting(
  rows: Rows,
  { memberId, roles, district }: Viewer,
  moment: Moment,
  type: string,
): Promise<readonly Waiting[]> {
  const found: Waiting[] = [];
  const mine = await requests(rows, assignedQuery(memberId), moment, null);
  found.push(...(await ownOrders(rows, mine, memberId, moment.now)));
  if (district === null) return found;
  if (roles.has('cp-officer')) found.push(...(await newRequests(rows, type, district, moment)));
  if (!roles.has('cp-sergeant') && !roles.has('district-commander')) return found;
  const open = await requests(rows, requestsQuery(OPEN, district), moment, district);
  if (roles.has('cp-sergeant')) found.push(...open.flatMap(forSergeant));
  if (roles.has('district-commander')) found.push(...open.flatMap(forCommander));
  return found;
}

const OPEN = ['opened', 'printed', 'assigned', 'returned', 'submitted'];
const WORKING = ['assigned', 'returned'];

// `district` null is anywhere.
async function requests(
  rows: Rows,
  query: Query,
  { police }: Moment,
  district: string | null,
): Promise<readonly Request[]> {
  const found = new Map((await rows.rows(query)).map((row) => [String(row[0]), requestOf(row)]));
  if (police.size > 0) {
    const changed = await rows.rows({
      sql: `select ${COLUMNS} from srswo s where s.sr_number in (select value from json_each(?))
        and (? is null or ${OF_DISTRICT})`,
      parameters: [JSON.stringify([...police.keys()]), district, district],
    });
    for (const row of changed) found.set(String(row[0]), requestOf(row));
  }
  return [...found.values()].map((request) => {
    const then = police.get(request.id);
    if (then === undefined) return request;
    const { state, assignedTo, submittedAt, moreTimeAskedAt, extensions } = then;
    return { ...request, state, assignedTo, submittedAt, moreTimeAskedAt, extensions };
  });
}

function requestOf(row: readonly SqlValue[]): Request {
  const [id, state, createdAt, beat, category, assignedTo, submittedAt, asked, extensions, district] = row;
  return {
    id: String(id),
    state: String(state),
    createdAt: Number(createdAt) as Instant,
    beat: text(beat),
    category: text(category),
    assignedTo: text(assignedTo),
    submittedAt: instant(submittedAt),
    moreTimeAskedAt: instant(asked),
    extensions: Number(extensions),
    district: text(district),
  };
}

async function ownOrders(
  rows: Rows,
  all: readonly Request[],
  memberId: string,
  now: Instant,
): Promise<readonly Waiting[]> {
  const own = all.filter(({ state, assignedTo }) => WORKING.includes(state) && assignedTo === memberId);
  if (own.length === 0) return [];
  const due = await rows.rows({
    sql: `select k.record_id, k.due_at from json_each(?) j join clock k on k.system = 'csr' and k.record_id = j.value
      where k.opened_at <= ? and k.stopped_at > ?`,
    parameters: [JSON.stringify(own.map(({ id }) => id)), now, now],
  });
  const dueAt = new Map(due.map(([id, at]) => [String(id), Number(at) as Instant]));
  return own.map((request) => {
    const { id, state, createdAt } = request;
    const command = `rollcall csr submit ${id} --action <text>`;
    const [rule, what] =
      state === 'returned'
        ? ['CSR-49', 'returned: look again and answer']
        : ['CSR-38', 'investigate it and hand in the answer'];
    return waits(request, rule, what, command, createdAt, dueAt.get(id) ?? null);
  });
}

async function newRequests(
  rows: Rows,
  type: string,
  district: string,
  moment: Moment,
): Promise<readonly Waiting[]> {
  const orders = (await requests(rows, requestsQuery(['new'], district), moment, district)).filter(
    ({ state, createdAt }) => state === 'new' && createdAt <= moment.now,
  );
  const [untaken] = await rows.rows(untakenQuery(type, district, moment.now));
  const [count = 0, number, since, unplaced] = untaken ?? [];
  const list = orders.map(({ id, createdAt }) => ({ id, createdAt }));
  if (Number(count) > 0) list.push({ id: String(number), createdAt: Number(since) as Instant });
  const [oldest] = list.toSorted((a, b) => a.createdAt - b.createdAt);
  if (oldest === undefined) return [];
  const more = orders.length + Number(count) - 1;
  const what = more === 0 ? 'open it: it is new' : `open it and ${more} more that are new`;
  const request = { id: oldest.id, beat: null, category: type };
  const command = officeCommand(
    'open',
    district,
    unplaced === 1 || orders.some((order) => order.district === null),
  );
  return [waits(request, 'CSR-36', what, command, oldest.createdAt, null)];
}

/** A command for a district's office; it takes what is of no known district only where none is named. */
export function officeCommand(verb: string, district: string, unplaced: boolean): string {
  return `rollcall csr ${verb}${unplaced ? '' : ` --district ${district}`}`;
}

function forSergeant(request: Request): readonly Waiting[] {
  const { id, state, createdAt, submittedAt, moreTimeAskedAt, extensions } = request;
  if (state === 'opened' || state === 'printed') {
    const command = `rollcall csr assign ${id} --to <member>`;
    return [waits(request, 'CSR-37', 'give it to a member', command, createdAt, null)];
  }
  if (state === 'submitted') {
    const command = `rollcall csr close ${id} --disposition <text>`;
    return [
      waits(
        request,
        'CSR-44',
        'review the answer: close or return it',
        command,
        submittedAt ?? createdAt,
        null,
      ),
    ];
  }
  return extensions === 0 && moreTimeAskedAt !== null && WORKING.includes(state)
    ? [moreTime(request, 'CSR-45', moreTimeAskedAt)]
    : [];
}

function forCommander(request: Request): readonly Waiting[] {
  const { state, moreTimeAskedAt, extensions } = request;
  return extensions > 0 && moreTimeAskedAt !== null && WORKING.includes(state)
    ? [moreTime(request, 'CSR-47', moreTimeAskedAt)]
    : [];
}

function moreTime(request: Request, rule: string, since: Instant): Waiting {
  return waits(
    request,
    rule,
    'decide on more time',
    `rollcall csr extend ${request.id} --reason <text>`,
    since,
    null,
  );
}

function waits(
  { id, beat, category }: Pick<Request, 'id' | 'beat' | 'category'>,
  rule: string,
  what: string,
  command: string,
  since: Instant,
  dueAt: Instant | null,
): Waiting {
  return { system: 'csr', id, rule, what, command, since, dueAt, unit: null, beat, category };
}

function text(value: SqlValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function instant(value: SqlValue | undefined): Instant | null {
  return typeof value === 'number' ? (value as Instant) : null;
}
