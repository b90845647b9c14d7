import { logAccess } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { parseLocalDate, startOfDay } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { usageError } from '../../core/errors.ts';
import type { Instant } from '../../core/instant.ts';
import { parseAsOf } from '../../core/parse-time.ts';
import { requireRole } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { read } from '../../store/store.ts';
import { sightOf } from '../record-check.ts';
import type { DirectiveList } from '../record-find.ts';
import { hiddenRecords } from '../record-reach.ts';
import { directives } from '../registry.ts';
import { accessEntries, eventEntries, type LogFilter, logItem, logTable } from '../store-log.ts';

const READERS = [
  'isd-admin',
  'executive-officer',
  'district-commander',
  'ocp-deputy-chief',
  'ossu-supervisor',
];
const GUARD = { rule: 'OSS-58, CC-10', cite: 'D20-04 V.C, S02-03-03 VI.C', what: 'read the logs' };
const LIMIT = 200;

/** `rollcall audit log` over the given directives; tests give their own. */
export function makeAuditLogCommand(list: DirectiveList): Command<Document> {
  return {
    name: 'audit log',
    summary: 'events and accesses as they were recorded',
    details:
      'The event log (who changed what) or, with --access, the access log (who looked at what, for which purpose), in ' +
      'the order of recording: names, ids and times, never the content. SAID subjects are named to those who may see ' +
      'them and give a purpose, and Work Items to those who see all of them. Reading the logs is logged too.',
    options: [
      { flags: '--access', summary: 'who looked, in place of who changed' },
      { flags: '--system <system>', summary: 'only one system: oss, concerns, csr, said, desk' },
      { flags: '--record <id>', summary: 'only one record' },
      { flags: '--member <member>', summary: 'only what this member did' },
      { flags: '--since <when>', summary: 'only what was recorded from then on: 2020-11-05' },
      { flags: '--limit <n>', summary: `at most so many, the newest; default ${LIMIT}` },
    ],
    examples: [
      { line: 'rollcall audit log --record CC-1001 --actor ISD01', says: 'who entered what about a concern' },
      { line: 'rollcall audit log --access --system oss --actor ISD01', says: 'who looked at Work Items' },
    ],
    fields: {
      'items[].log': 'event or access',
      'items[].seq': 'number in that log; null for an actor from whom records are hidden',
      'items[].recordedAt': 'instant it was recorded',
      'items[].system': 'oss, concerns, csr, said, desk or audit',
      'items[].what': 'name of the event, or the command that looked',
      'items[].subject': 'record id, or what was looked at; null when it is not for this actor',
      'items[].actor': 'member id; null when nobody was known',
      'items[].at': 'instant the event happened; null for a look',
      'items[].origin': 'local or import; null for a look',
      'items[].batch': 'import it came with',
      'items[].osUser': 'login name of a look',
      'items[].purpose': 'purpose of a look',
      total: 'number of items',
    },
    carries: [
      { rule: 'OSS-13', as: 'evidence' },
      { rule: 'CC-03', as: 'evidence' },
    ],
    run: (context, input) => run(list, context, input),
  };
}

/** `rollcall audit log`. */
export const auditLog = makeAuditLogCommand(directives);

async function run(list: DirectiveList, context: Context, { options }: Input): Promise<Outcome<Document>> {
  const log = options.access === true ? 'access' : 'event';
  const filter: LogFilter = {
    system: textOption(options.system),
    record: textOption(options.record),
    actor: textOption(options.member),
    since: typeof options.since === 'string' ? sinceOption(options.since) : undefined,
    until: context.asOfGiven ? context.now : undefined,
    limit: limitOption(options.limit),
  };
  const known = await list();
  const { entries, newest, actor } = await read(context.storePath, async (reader) => {
    const reading = await requireRole(reader, context, READERS, GUARD);
    const sight = await sightOf(reader, context, known);
    // Who administers the store can read the file itself.
    const hidden = reading.roles.has('isd-admin') ? undefined : await hiddenRecords(reader, context, known);
    const hiddenEvents =
      hidden &&
      new Map(known.map((each) => [each.system as string, each.hiddenEvents?.(context, reading) ?? []]));
    const shut = known.flatMap(({ system, readsLog }) =>
      readsLog?.(context, reading) === false ? [system] : [],
    );
    const asked = { ...filter, closed: shut, hidden, hiddenEvents, reader: reading.memberId };
    const found = await (log === 'access' ? accessEntries : eventEntries)(reader, asked);
    const closed = new Set<string>(
      sight.confidential
        .filter(({ system, needsPurpose }) => needsPurpose && !sight.sees.has(system))
        .map(({ system }) => system),
    );
    // Asked for by its id, an entry would tell by being there that someone is a subject.
    const listed = filter.record === undefined ? found : found.filter(({ system }) => !closed.has(system));
    return {
      entries: listed.map((entry) => (closed.has(entry.system) ? { ...entry, subject: null } : entry)),
      newest: await newestImport(reader, null),
      actor: reading,
    };
  });
  await logAccess(context, {
    system: filter.system ?? 'audit',
    command: 'audit log',
    subject: filter.record ?? (log === 'access' ? 'accesses' : 'events'),
    actorId: actor.memberId,
  });
  const items = entries.map((entry) => logItem(log, entry));
  const full =
    entries.length === filter.limit ? [`Only the newest ${filter.limit}: --limit shows more.`] : [];
  return {
    document: {
      title: log === 'access' ? 'Access log' : 'Event log',
      subtitle: `${entries.length} ${entries.length === 1 ? 'entry' : 'entries'}`,
      asOf: context.now,
      newestImport: newest,
      blocks: [logTable(log, entries)],
      notes: [...full, 'Whether they are as they were written: rollcall audit verify'],
    },
    data: { items, total: items.length },
    items,
    newestImport: newest,
  };
}

function textOption(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function sinceOption(text: string): Instant {
  const day = parseLocalDate(text.trim());
  // A bare day is meant from its beginning here, not to its end.
  return day === null ? parseAsOf(text, '--since') : startOfDay(day);
}

function limitOption(value: unknown): number {
  if (typeof value !== 'string') return LIMIT;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1)
    throw usageError(`--limit ${value} is no number of entries.`, 'Give 50.');
  return limit;
}
