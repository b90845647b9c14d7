import { addEvidence, type Evidence } from '../../casework/evidence.ts';
import { newestImport } from '../../casework/newest-import.ts';
import { districtOption, requirePlace } from '../../casework/overdue-command.ts';
import { localDate, parseLocalDate } from '../../core/calendar.ts';
import type { Command, Context, Input, Outcome } from '../../core/command.ts';
import { refusal, usageError } from '../../core/errors.ts';
import type { LocalDate } from '../../core/instant.ts';
import { resolveActor } from '../../people/identity.ts';
import type { Document } from '../../report/document.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { type Reader, write } from '../../store/store.ts';
import { directives } from '../registry.ts';
import { ruleNamed } from '../store-rule.ts';

/** Rules whose proof is that someone recorded it, of no single Work Item or request; CC-34, CC-35 of what a note names. */
const PROVED: readonly string[] = (
  'CC-34 CC-35 CC-38 CC-39 CSR-18 CSR-19 CSR-26 CSR-28 CSR-33 CSR-51 CP-06 CP-11 CP-13 CP-16 CP-17 CP-24 CP-25 CP-27 CP-28 CP-34 CP-40 CP-43 CP-46 CP-52 ' +
  'SAID-21 SRO-01 SRO-06 SRO-11'
).split(' ');

/** `rollcall evidence add <rule>`: a dated record that something a rule asks for was done. */
export const evidenceAdd: Command<Document> = {
  name: 'evidence add',
  summary: 'record the proof that a rule asks for',
  details:
    'For rules whose proof is that someone recorded it: a training, an audit, a debrief. The same evidence twice is ' +
    'one. It is kept with an event in the log, so that who entered it and when cannot be changed later. That a concern ' +
    'was addressed (CC-34, CC-35) is recorded by the executive officer of its district, or who has the role by a ' +
    'delegation (CC-36).',
  arguments: [{ name: 'rule', summary: 'rule id: CP-34', required: true }],
  options: [
    { flags: '--on <date>', summary: 'the day it was done; default the as-of day' },
    { flags: '--by <member>', summary: 'member who did it; default the actor' },
    { flags: '--district <district>', summary: 'district it was done for (005)' },
    { flags: '--note <text>', summary: 'what was done' },
    { flags: '--document <text>', summary: 'where its document is kept: a path, a number' },
  ],
  examples: [
    {
      line: 'rollcall evidence add CP-34 --on 2020-11-02 --district 005 --note "audit of the second half-year"',
      says: 'the half-yearly audit of the 005th District',
    },
  ],
  fields: {
    rule: 'rule id',
    cite: 'directive and paragraph',
    on: 'day it was done',
    by: 'member id',
    district: 'three digits; null when none is given',
    note: 'as given',
    document: 'as given',
    added: 'false when the very same was there already',
  },
  carries: [...PROVED.map((rule) => ({ rule, as: 'evidence' as const })), { rule: 'CC-36', as: 'check' }],
  writes: true,
  run,
};

async function run(context: Context, { args, options }: Input): Promise<Outcome<Document>> {
  const rule = ruleNamed(loadPolicy(context.env).rules(), String(args.rule));
  const on = dayOf(context, options.on);
  const place = typeof options.district === 'string' ? districtOption(options.district) : undefined;
  await requirePlace(context, { district: place });
  const district = place ?? '';
  const { added, evidence, newest } = await write(
    context.storePath,
    async (writer) => {
      const actor = await resolveActor(writer, context);
      if (actor === null) {
        throw refusal(
          rule.id,
          rule.cite,
          'To record evidence, rollcall must know who acts.',
          'Name the member with --actor or ROLLCALL_ACTOR.',
        );
      }
      const kept: Evidence = {
        rule: rule.id,
        on,
        by: await memberOf(writer, options.by, actor.memberId),
        district,
        note: textOf(options.note),
        document: textOf(options.document),
      };
      for (const { requireEvidence } of await directives())
        await requireEvidence?.(writer, context, actor.memberId, kept);
      return {
        added: addEvidence(writer, rule, kept, actor.memberId, context.clock()),
        evidence: kept,
        newest: await newestImport(writer, null),
      };
    },
    { dryRun: context.dryRun },
  );
  if (rule.carry !== 'evidence' && !PROVED.includes(rule.id)) {
    context.warn(
      `${rule.id} is not meant to be proved by evidence (it is a rule to ${rule.carry}); kept all the same`,
    );
  }
  const what = added ? (context.dryRun ? 'would be recorded' : 'is recorded') : 'was recorded before';
  return {
    document: {
      title: `Evidence for ${rule.id} ${what}`,
      subtitle: rule.cite,
      asOf: context.now,
      newestImport: newest,
      blocks: [
        { kind: 'prose', id: 'rule', paragraphs: [rule.text] },
        {
          kind: 'figures',
          id: 'evidence',
          figures: [
            { label: 'On', value: evidence.on },
            { label: 'By', value: evidence.by },
            { label: 'District', value: orNull(evidence.district) },
            { label: 'Note', value: orNull(evidence.note) },
            { label: 'Document', value: orNull(evidence.document) },
          ],
        },
      ],
    },
    data: {
      rule: rule.id,
      cite: rule.cite,
      on: evidence.on,
      by: evidence.by,
      district: orNull(evidence.district),
      note: orNull(evidence.note),
      document: orNull(evidence.document),
      added,
    },
    newestImport: newest,
  };
}

function dayOf(context: Context, given: unknown): LocalDate {
  const today = localDate(context.now);
  if (typeof given !== 'string') return today;
  const day = parseLocalDate(given.trim());
  if (day === null) throw usageError(`--on ${given} is no date.`, 'Write 2020-11-02.');
  if (day > today)
    throw usageError(`--on ${given} lies after the as-of day ${today}.`, 'Record it when it is done.');
  return day;
}

async function memberOf(reader: Reader, given: unknown, actorId: string): Promise<string> {
  if (typeof given !== 'string') return actorId;
  const id = given.trim();
  const member = await reader.db
    .selectFrom('member')
    .select('member_id')
    .where('member_id', '=', id)
    .executeTakeFirst();
  if (member === undefined) throw usageError(`--by ${id}: there is no such member.`, 'Import members first.');
  return id;
}

function textOf(given: unknown): string {
  return typeof given === 'string' ? given.trim() : '';
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
