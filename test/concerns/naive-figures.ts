/** A row of an export as texts. */
export type Row = Readonly<Record<string, string>>;

interface Task {
  readonly unit: string;
  readonly from: string;
  /** From when on which day was the due one. */
  readonly dues: { readonly since: string; readonly day: string }[];
  readonly lapses: { period: number; readonly at: string }[];
  readonly done: { readonly at: string; readonly late: boolean }[];
  state: 'open' | 'done' | 'moved' | 'tied';
  ended: string;
}

interface Story {
  readonly id: string;
  readonly submitted: string;
  readonly tasks: readonly Task[];
  readonly ways: readonly { readonly at: string; readonly way: string }[];
  readonly extensions: readonly {
    readonly at: string;
    readonly how: 'granted' | 'late' | 'refused';
    readonly unit: string;
  }[];
  readonly returns: readonly string[];
}

const COLUMNS: Readonly<Record<string, string>> = {
  not_accepted_at: 'not-accepted',
  assigned_at: 'assigned',
  completed_at: 'completed',
  closed_at: 'closed',
};

/** A day of an export so many days later; reckoned on the calendar alone. */
function later(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * What became of each concern, told from the texts of the exports as they are and apart from the product: times are
 * compared as texts, since all of these files are local and of one form. `asOf` is such a time.
 */
export function stories(concerns: readonly Row[], events: readonly Row[], asOf: string): readonly Story[] {
  return concerns.map((row) => story(row, events, asOf));
}

function story(row: Row, events: readonly Row[], asOf: string): Story {
  const id = row.control_number ?? '';
  const steps = [
    ...Object.entries(COLUMNS).flatMap(([column, event]) =>
      row[column] ? [{ event, at: row[column] ?? '', unit: row.assigned_unit ?? '' }] : [],
    ),
    // The column tells no time: the concern hung under its primary from the last time that its row tells.
    ...(row.primary_control_number ? [{ event: 'associated', at: lastTime(row), unit: '' }] : []),
    ...events
      .filter(({ control_number, at = '' }) => control_number === id && at <= asOf)
      .map(({ event = '', at = '', unit = '' }) => ({ event, at, unit })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const tasks: Task[] = [];
  const ways: { at: string; way: string }[] = [];
  const extensions: Story['extensions'][number][] = [];
  const returns: string[] = [];
  let open = true;
  const out = (at: string, way: string): void => {
    if (open) ways.push({ at, way });
    open = false;
  };
  const back = (at: string): void => {
    if (!open) ways.push({ at, way: 'reopened' });
    open = true;
  };
  for (const { event, at, unit } of steps) {
    const running = tasks.filter(({ state }) => state === 'open');
    const own = unit === '' ? running : running.filter((task) => task.unit === unit);
    switch (event) {
      case 'assigned':
        back(at);
        if (own.length === 0) tasks.push(begin(unit, at));
        break;
      case 'reassigned': {
        back(at);
        if (unit === '') break;
        const leaving = running.at(-1);
        if (leaving) end(leaving, at, 'moved');
        tasks.push(begin(unit, at));
        break;
      }
      case 'extended':
        for (const task of own) extensions.push({ at, unit: task.unit, how: extend(task, at) });
        break;
      case 'completed':
        for (const task of own) {
          end(task, at, 'done');
          task.done.push({ at, late: task.lapses.length > 0 });
        }
        break;
      case 'disapproved':
        back(at);
        returns.push(at);
        for (const task of tasks.filter((each) => each.state === 'done' && Number(each.unit) <= 25)) {
          task.state = 'open';
          if (at > dueEnd(task)) lapse(task, at);
        }
        break;
      case 'associated':
        out(at, 'associated');
        for (const task of running) end(task, at, 'tied');
        break;
      case 'separated':
        back(at);
        for (const task of tasks.filter(({ state }) => state === 'tied')) {
          task.state = 'open';
          if (at > dueEnd(task)) lapse(task, at);
        }
        break;
      case 'not-accepted':
        out(at, 'notAccepted');
        break;
      case 'closed':
        out(at, 'closed');
        break;
    }
  }
  for (const task of tasks) if (task.state === 'open' && asOf > dueEnd(task)) lapse(task, dueEnd(task));
  return { id, submitted: row.submitted_at ?? '', tasks, ways, extensions, returns };
}

function lastTime(row: Row): string {
  const times = [row.submitted_at, row.accessed_at, row.accepted_at, row.assigned_at, row.completed_at];
  return (
    times
      .map((time = '') => time)
      .sort()
      .at(-1) ?? ''
  );
}

function begin(unit: string, at: string): Task {
  const dues = [{ since: at, day: later(at.slice(0, 10), 7) }];
  return { unit, from: at, dues, lapses: [], done: [], state: 'open', ended: '' };
}

function dueEnd(task: Task): string {
  return `${task.dues.at(-1)?.day}T23:59:59`;
}

function lapse(task: Task, at: string): void {
  const period = task.dues.length;
  if (!task.lapses.some((each) => each.period === period)) task.lapses.push({ period, at });
}

function end(task: Task, at: string, state: Task['state']): void {
  if (at > dueEnd(task)) lapse(task, dueEnd(task));
  task.state = state;
  task.ended = at;
}

function extend(task: Task, at: string): 'granted' | 'late' | 'refused' {
  const due = task.dues.at(-1)?.day ?? '';
  if (task.dues.length > 1 && at.slice(0, 10) < due) return 'refused';
  const late = at > dueEnd(task);
  if (late) lapse(task, dueEnd(task));
  task.dues.push({ since: at, day: later(due, 7) });
  // Granted past its own due day, it leaves the delay as one.
  const delay = task.lapses.at(-1);
  if (late && delay && at > dueEnd(task)) delay.period = task.dues.length;
  return late ? 'late' : 'granted';
}

/** The figures of the days from `first` to `last`, as a report names them. */
export function naiveFigures(all: readonly Story[], first: string, last: string) {
  const start = `${first}T00:00:00`;
  const finish = `${last}T23:59:59`;
  const inside = (at: string) => at >= start && at <= finish;
  const count = <T>(list: readonly T[], test: (each: T) => boolean) => list.filter(test).length;
  const known = all.filter(({ submitted }) => submitted <= finish);
  const ways = known.flatMap((each) => each.ways);
  const openAt = (at: string) =>
    count(known, (each) => {
      const way = each.ways.filter((one) => one.at <= at).at(-1)?.way ?? 'reopened';
      return each.submitted <= at && way === 'reopened';
    });
  const tasks = known.flatMap((each) => each.tasks).filter(({ from }) => from <= finish);
  const done = tasks.flatMap((task) => task.done).filter(({ at }) => inside(at));
  const due = tasks.filter((task) => {
    const day = task.dues.findLast(({ since }) => since <= finish)?.day ?? '';
    const withdrawn = (task.state === 'moved' || task.state === 'tied') && task.ended <= finish;
    return day >= first && day <= last && !withdrawn;
  });
  const extensions = known.flatMap((each) => each.extensions).filter(({ at }) => inside(at));
  const late = count(due, (task) => task.lapses.some(({ at }) => at <= finish));
  const refused = count(extensions, ({ how }) => how === 'refused');
  return {
    openAtStart: openAt(`${later(first, -1)}T23:59:59`),
    submitted: count(known, ({ submitted }) => inside(submitted)),
    reopened: count(ways, ({ at, way }) => way === 'reopened' && inside(at)),
    closed: count(ways, ({ at, way }) => way === 'closed' && inside(at)),
    notAccepted: count(ways, ({ at, way }) => way === 'notAccepted' && inside(at)),
    associated: count(ways, ({ at, way }) => way === 'associated' && inside(at)),
    openAtEnd: openAt(finish),
    investigated: {
      closedInPeriod: { onTime: count(done, (each) => !each.late), total: done.length },
      dueInPeriod: { onTime: due.length - late, total: due.length },
    },
    lapses: count(
      tasks.flatMap((task) => task.lapses),
      ({ at }) => inside(at),
    ),
    extensions: {
      granted: extensions.length - refused,
      late: count(extensions, ({ how }) => how === 'late'),
      refused,
    },
    returned: count(
      known.flatMap(({ returns }) => returns),
      inside,
    ),
  };
}
