import { hash } from 'node:crypto';
import { actorOf } from '../../casework/act-verb.ts';
import { addEvidence } from '../../casework/evidence.ts';
import { canonical } from '../../casework/log.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { localDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { isoOrNull } from '../../core/instant.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Reader, read, write } from '../../store/store.ts';
import { listedPlace, type Place } from '../asking.ts';
import { OFFICE } from '../own-district.ts';
import { ownPlace, placeOfReader } from '../own-place.ts';
import { listPolice } from '../police-list.ts';
import { queryDocument } from '../query-document.ts';
import { lookOfTour } from '../tour-look.ts';

/** `rollcall csr query-report`: the Service Request Query Report, by beat. */
export const csrQueryReport: Command<Document> = {
  name: 'csr query-report',
  summary: 'the Service Request Query Report: police requests by beat',
  details:
    'Every police request of a place that is not closed, by beat, with its member and due day (CSR-40, CSR-41), also ' +
    'those of the 311 export that have no SRSWO yet; --all also the closed ones. Without --district or --beat it is that of the ' +
    'own district and of what is of no known one; a district that is named is that district alone. --forward records as evidence that it went to the executive officer.',
  options: [
    { flags: '--district <district>', summary: 'of this district, 005' },
    { flags: '--beat <beat>', summary: 'of this beat, 0511' },
    { flags: '--all', summary: 'also closed requests' },
    { flags: '--awaiting-extension', summary: 'only where more time was asked for and nobody has answered' },
    { flags: '--forward', summary: 'record that it went to the executive officer (CSR-41)' },
  ],
  examples: [
    { line: 'rollcall csr query-report --district 005', says: 'what is open, by beat' },
    {
      line: 'rollcall csr query-report --district 005 --forward -o query.pdf --actor M0019',
      says: 'for the XO',
    },
  ],
  fields: {
    'items[].id': 'SR number',
    'items[].beat': 'four digits',
    'items[].state': 'new, opened, printed, assigned, returned, submitted or closed, as of then',
    'items[].printed': 'true when its SRSWO was printed',
    'items[].assignedTo': 'investigating member',
    'items[].dueAt': 'due instant of the last period',
    'items[].overdue': 'true when its clock runs past that',
    'items[].onOrder': 'false where 311 has it and no SRSWO was made of it yet (CSR-40)',
    'items[].moreTimeAskedAt': 'when more time was asked for; null where nothing waits (CSR-48)',
    'items[].moreTimeReason': 'and why',
    'items[].extensions': 'extensions on record',
    'items[].ageDays': 'calendar days since 311 took it',
    total: 'number of items',
    overdue: 'how many are overdue',
    unassigned: 'how many have no member',
    awaitingExtension: 'how many wait for more time',
    unknownDistrictLeftOut: 'how many of no known district a named one leaves out',
    forwarded: 'with --forward: sha256 of the items',
  },
  carries: [
    { rule: 'CSR-35', as: 'report' },
    { rule: 'CSR-37', as: 'check' },
    { rule: 'CSR-40', as: 'check' },
    { rule: 'CSR-41', as: 'report' },
  ],
  writes: true,
  run,
};

async function run(context: Context, input: Input): Promise<Outcome<Document>> {
  const asked = await listedPlace(context, input);
  const policy = loadPolicy(context.env).csr();
  const forwards = input.options.forward === true;
  const { all, place, newest } = await read(context.storePath, async (reader) => {
    // What is forwarded is the report of the own district.
    const place = forwards
      ? await forwardedPlace(reader, context, asked)
      : await placeOfReader(reader, context, asked);
    const wider = place.district !== null && place.beat === null ? { ...place, unplaced: true } : place;
    const all = await listPolice(reader, wider, context.now, policy);
    return { all, place, newest: await newestImport(reader, 'csr') };
  });
  await lookOfTour(context, 'csr query-report', input.options.awaitingExtension === true ? null : place);
  const fitting = all.filter(
    ({ state, moreTimeAskedAt }) =>
      (input.options.all === true || state !== 'closed') &&
      (input.options.awaitingExtension !== true || moreTimeAskedAt !== null),
  );
  const exact = place.district !== null && place.unplaced !== true;
  const listed = exact ? fitting.filter(({ district }) => district !== null) : fitting;
  const leftOut = fitting.length - listed.length;
  const items = listed.map((request) => ({
    ...request,
    createdAt: isoOrNull(request.createdAt),
    openedAt: isoOrNull(request.openedAt),
    assignedAt: isoOrNull(request.assignedAt),
    submittedAt: isoOrNull(request.submittedAt),
    closedAt: isoOrNull(request.closedAt),
    dueAt: isoOrNull(request.dueAt),
    stoppedAt: isoOrNull(request.stoppedAt),
    moreTimeAskedAt: isoOrNull(request.moreTimeAskedAt),
  }));
  const forwarded = forwards ? await forward(context, place, items) : null;
  const overdue = listed.filter((request) => request.overdue).length;
  const unassigned = listed.filter(({ assignedAt }) => assignedAt === null).length;
  const askMore = listed.filter(({ moreTimeAskedAt }) => moreTimeAskedAt !== null).length;
  return {
    document: queryDocument(context, place, listed, newest, {
      overdue,
      unassigned,
      askMore,
      forwarded,
      leftOut,
    }),
    data: {
      items,
      total: items.length,
      overdue,
      unassigned,
      awaitingExtension: askMore,
      unknownDistrictLeftOut: leftOut,
      ...(forwarded === null ? {} : { forwarded }),
    },
    items,
    newestImport: newest,
  };
}

const FORWARD = { roles: OFFICE, by: ['CSR-41', 'forward the query report'] } as const;

async function forwardedPlace(reader: Reader, context: Context, asked: Place): Promise<Place> {
  return ownPlace(reader, context, await actorOf(reader, context, FORWARD), asked, FORWARD);
}

async function forward(context: Context, place: Place, items: readonly unknown[]): Promise<string> {
  const digest = hash('sha256', canonical(items), 'hex');
  await write(
    context.storePath,
    async (writer) => {
      const actor = await actorOf(writer, context, FORWARD);
      const evidence = {
        rule: 'CSR-41',
        on: localDate(context.now),
        by: actor.memberId,
        district: place.district ?? '',
        note: `query report of ${items.length} police requests forwarded to the executive officer`,
        document: `sha256 ${digest}`,
      };
      addEvidence(writer, { id: 'CSR-41', system: 'csr' }, evidence, actor.memberId, context.clock());
    },
    { dryRun: context.dryRun },
  );
  return digest;
}
