import { peopleInstant } from '../core/duration.ts';
import { refusal, usageError } from '../core/errors.ts';
import type { Instant } from '../core/instant.ts';
import {
  type CaseEvent,
  type CaseFacts,
  type CaseState,
  type Decision,
  decide,
  isRefused,
} from '../core/workflow.ts';
import { type Directory, loadDirectory } from '../people/directory.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Reader, Writer } from '../store/store.ts';
import { restingOn, standing, undoneBy } from './backdated.ts';
import type { CaseKind } from './kind.ts';
import { openChain } from './log.ts';
import {
  associationsOf,
  clockBook,
  loadHistories,
  openTouched,
  replayHistory,
  replayTouched,
} from './replay.ts';

/** Acts of one transaction on records of one kind. */
export interface Acts<S extends CaseState> {
  /** What would happen; nothing is written. Null when there is no such record. */
  weigh(id: string, event: CaseEvent): Promise<Decision<S> | null>;
  /**
   * Does it; throws a refusal that names rule and cite when a rule is against it or a later step or lapse would lose its
   * ground, and a usage error when that very event is recorded already, unless doing it `again` is fine.
   */
  act(id: string, event: CaseEvent, again?: 'refuse' | 'fine'): Promise<Decision<S>>;
  /** Rewrites state and clocks of what was acted on. Call once at the end. */
  finish(): Promise<void>;
}

/** Opens a transaction's acts; `recordedAt` is the system clock's time, kept beside each event's own. */
export async function openActs<S extends CaseState>(
  writer: Writer,
  kind: CaseKind<S>,
  recordedAt: Instant,
): Promise<Acts<S>> {
  const directory = await loadDirectory(writer);
  const chain = openChain(writer, kind.system, recordedAt);
  const touched = openTouched(writer);

  const weigh = async (id: string, event: CaseEvent): Promise<Decision<S> | null> => {
    const stood = await stand(writer, kind, directory, id, event.at, [event]);
    return stood === null ? null : decide(kind.workflow, stood.state, event, stood.facts);
  };

  return {
    weigh,
    async act(id, asked, again = 'refuse') {
      const event = { ...asked, enteredAt: recordedAt };
      const decision = await weigh(id, event);
      if (decision === null) throw usageError(`There is no ${kind.workflow.record} ${id}.`);
      refuseIfRefused(decision, id);
      const resting = await restingOn(writer, kind, id, event);
      const before = resting.length === 0 ? null : await standing(writer, kind, directory, resting);
      const { name, at, unit, by, detail, reason } = event;
      const content = reason === null ? detail : { ...detail, reason };
      const seq = chain.append({ recordId: id, name, at, unit, actorId: by, origin: 'local', content });
      if (seq === null && again === 'refuse') {
        throw usageError(
          `${id}: "${name}" at that very second is recorded already.`,
          'Give another time with --as-of.',
        );
      }
      // A step dated before later ones must leave them their ground: what happened since is history.
      const undone = before && undoneBy(kind, before, await standing(writer, kind, directory, resting));
      if (undone) {
        throw refusal(
          undone.rule,
          loadPolicy().cite(undone.rule),
          `${id}: "${name}" dated ${peopleInstant(at)} comes before later steps. ${undone.id}: ${undone.text}.`,
          'Record it at the time at which it is done.',
        );
      }
      touched.add(id);
      return decision;
    },
    async finish() {
      await replayTouched(writer, kind, directory);
    },
  };
}

/** A record as its history up to `at` leads to it; null when there is no such record. */
export async function recordBefore<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  id: string,
  at: Instant,
): Promise<S | null> {
  const stood = await stand(reader, kind, await loadDirectory(reader), id, at, []);
  return stood?.state ?? null;
}

async function stand<S extends CaseState>(
  reader: Reader,
  kind: CaseKind<S>,
  directory: Directory,
  id: string,
  at: Instant,
  further: readonly CaseEvent[],
): Promise<{ readonly state: S; readonly facts: CaseFacts } | null> {
  const base = (await kind.bases(reader, [id])).get(id);
  if (base === undefined) return null;
  const history = (await loadHistories(reader, kind.system, [id])).get(id) ?? [];
  const { other } = await associationsOf(reader, kind, [...history, ...further]);
  const facts: CaseFacts = { book: clockBook(), policy: kind.policy(), person: directory.person, other };
  const past = history.filter((event) => event.at <= at);
  return { state: replayHistory(kind, base, past, facts).state, facts };
}

/** Throws the first refusal among a decision's objections, with rule and cite (exit code 4). */
function refuseIfRefused<S extends CaseState>(decision: Decision<S>, id: string): void {
  if (!isRefused(decision)) return;
  const [first] = decision.objections.filter((objection) => objection.refuses);
  if (first === undefined) return;
  throw refusal(first.rule, loadPolicy().cite(first.rule), `${id}: ${first.text}`, first.remedy);
}
