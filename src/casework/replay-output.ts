import type { CaseState } from '../core/workflow.ts';
import { isKnownUnit } from '../people/units.ts';
import type { Writer } from '../store/store.ts';
import type { ClockLabels } from './kind.ts';
import type { LoggedEvent, Replayed } from './replay.ts';

/** Writes what replayed histories led to. */
export interface Output {
  /** Takes away what an earlier replay wrote for the touched records of this range. */
  clear(from: string, to: string): void;
  spans<S extends CaseState>(id: string, replayed: Replayed<S>, labels: ClockLabels): void;
  findings<S extends CaseState>(
    id: string,
    replayed: Replayed<S>,
    members: readonly string[],
    known: (memberId: string) => boolean,
  ): number;
  flush(): void;
}

const CLOCK_COLUMNS =
  'system, record_id, rule, clock_key, period, started_at, opened_at, due_at, stopped_at, ended_by, owner_role, owner_unit, owner_member, district, beat, category, extensions, reassignments, first_assigned_at'.split(
    ', ',
  );
const FINDING_COLUMNS = ['system', 'record_id', 'rule', 'code', 'at', 'text', 'ended_at'];

// Facts of an event that name a member.
const MEMBER_FACTS = [
  'supervisor_id',
  'area_rep_id',
  'command_id',
  'assigned_to',
  'investigator',
  'responsible',
] as const;

/** The members that an event names, each with the word that leads to them. */
function membersOf({ by, detail }: LoggedEvent): readonly (readonly [words: string, member: string])[] {
  const named: [string, string][] = by === null ? [] : [['by', by]];
  for (const fact of MEMBER_FACTS) {
    const member = detail[fact];
    if (member !== undefined) named.push(['names', member]);
  }
  return named;
}

/** Opens what a replay of a system's records writes: their clocks and findings, in place of the earlier ones. */
export function openOutput(writer: Writer, system: string): Output {
  const clocks = writer.bulk('clock', CLOCK_COLUMNS);
  const findings = writer.bulk('finding', FINDING_COLUMNS);
  const range = 'system = ? and record_id in (select record_id from touched where record_id between ? and ?)';
  const clearClocks = writer.prepare(`delete from clock where ${range}`);
  // Findings of a batch speak of its rows and stay; these are derived from the history and are made anew.
  const clearFindings = writer.prepare(`delete from finding where batch_id is null and ${range}`);
  return {
    clear(from, to) {
      clearClocks.run(system, from, to);
      clearFindings.run(system, from, to);
    },
    spans(id, replayed, labels) {
      for (const span of replayed.state.spans) {
        const counts = replayed.counts.get(span);
        clocks.add([
          system,
          id,
          span.rule,
          span.key,
          span.period,
          span.startedAt,
          span.openedAt,
          span.dueAt,
          span.stoppedAt,
          span.endedBy,
          span.owner.role,
          span.owner.unit,
          span.owner.member,
          labels.district,
          labels.beat,
          labels.category,
          counts?.extensions ?? 0,
          counts?.reassignments ?? 0,
          counts?.firstAssignedAt ?? null,
        ]);
      }
    },
    findings(id, replayed, members, known) {
      let n = 0;
      const unknown = new Set<string>();
      for (const member of members) {
        if (known(member) || unknown.has(member)) continue;
        unknown.add(member);
        findings.add([
          system,
          id,
          null,
          'UNKNOWN_MEMBER',
          null,
          `names ${member}, who is in no members file`,
          null,
        ]);
        n++;
      }
      for (const { event, objection, endedAt } of replayed.objections) {
        const { rule, code, text } = objection;
        findings.add([system, id, rule || null, code, event.at, text, endedAt]);
        if (endedAt === null) n++;
      }
      for (const event of replayed.events) {
        if (event.unit !== null && !isKnownUnit(event.unit) && !unknown.has(`unit ${event.unit}`)) {
          unknown.add(`unit ${event.unit}`);
          findings.add([
            system,
            id,
            null,
            'UNKNOWN_UNIT',
            event.at,
            `"${event.name}" names unit ${event.unit}, which is no unit`,
            null,
          ]);
          n++;
        }
        for (const [words, member] of membersOf(event)) {
          if (known(member) || unknown.has(member)) continue;
          unknown.add(member);
          findings.add([
            system,
            id,
            null,
            'UNKNOWN_MEMBER',
            event.at,
            `"${event.name}" ${words} ${member}, who is in no members file`,
            null,
          ]);
          n++;
        }
      }
      return n;
    },
    flush() {
      clocks.flush();
      findings.flush();
    },
  };
}
