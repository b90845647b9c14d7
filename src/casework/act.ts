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
import { loadDirectory } from '../people/directory.ts';
import { loadPolicy } from '../store/data-files.ts';
import type { Writer } from '../store/store.ts';
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
  /** Does it; throws a refusal that names rule and cite when a rule is against it. */
  act(id: string, event: CaseEvent): Promise<Decision<S>>;
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
  const book = clockBook();
  const policy = kind.policy();

  const weigh = async (id: string, event: CaseEvent): Promise<Decision<S> | null> => {
    const base = (await kind.bases(writer, [id])).get(id);
    if (base === undefined) return null;
    const history = (await loadHistories(writer, kind.system, [id])).get(id) ?? [];
    const { other } = await associationsOf(writer, kind, [...history, event]);
    const facts: CaseFacts = { book, policy, person: directory.person, other };
    const before = replayHistory(
      kind,
      base,
      history.filter((past) => past.at <= event.at),
      facts,
    );
    return decide(kind.workflow, before.state, event, facts);
  };

  return {
    weigh,
    async act(id, event) {
      const decision = await weigh(id, event);
      if (decision === null) throw usageError(`There is no ${kind.workflow.record} ${id}.`);
      refuseIfRefused(decision, id);
      const { name, at, unit, by, detail, reason } = event;
      const content = reason === null ? detail : { ...detail, reason };
      chain.append({ recordId: id, name, at, unit, actorId: by, origin: 'local', content });
      touched.add(id);
      return decision;
    },
    async finish() {
      await replayTouched(writer, kind);
    },
  };
}

/** Throws the first refusal among a decision's objections, with rule and cite (exit code 4). */
function refuseIfRefused<S extends CaseState>(decision: Decision<S>, id: string): void {
  if (!isRefused(decision)) return;
  const [first] = decision.objections.filter((objection) => objection.refuses);
  if (first === undefined) return;
  throw refusal(first.rule, loadPolicy().cite(first.rule), `${id}: ${first.text}`);
}
