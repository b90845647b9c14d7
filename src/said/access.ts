import { addMonths, localDate } from '../core/calendar.ts';
import type { Context } from '../core/command.ts';
import { refusal } from '../core/errors.ts';
import type { Policy } from '../core/policy-files.ts';
import { type Actor, requirePurpose, requireRole } from '../people/identity.ts';
import type { Reader } from '../store/store.ts';
import type { Model } from './model.ts';

/** Who looks at tiers, and whether ids must be replaced by pseudonyms for them. */
export interface Viewer {
  readonly actor: Actor;
  readonly deidentified: boolean;
}

/**
 * The acting member, who may see tiers for the purpose given. Throws a usage error without a purpose, and a refusal
 * for another role or for a purpose that hides tiers (A-SAID-1).
 */
export async function requireTierViewer(reader: Reader, context: Context, policy: Policy): Promise<Viewer> {
  const { tierRoles, tierPurposes } = policy.said();
  const purpose = requirePurpose(context);
  const actor = await requireRole(reader, context, [...tierRoles.full, ...tierRoles.deidentified], {
    rule: tierRoles.rule,
    cite: policy.cite(tierRoles.rule),
    what: 'see risk tiers',
  });
  if (!tierPurposes.shown.includes(purpose)) {
    throw refusal(
      'SAID-05, SAID-06',
      policy.cite('SAID-05'),
      `Risk tiers are not shown for the purpose ${purpose}: they are no ground for a stop or an arrest.`,
      `They are shown for ${tierPurposes.shown.join(', ')}.`,
    );
  }
  return { actor, deidentified: !tierRoles.full.some((role) => actor.roles.has(role)) };
}

/**
 * What every output has to warn of. Throws a refusal instead where the policy says so for a model that nobody
 * validated (SAID-14) or a member without current training.
 */
export function tierWarnings(
  model: Model,
  actor: Actor,
  context: Context,
  policy: Policy,
): readonly string[] {
  const said = policy.said();
  const today = localDate(context.now);
  const warnings: string[] = [];
  if (model.validatedAt === null || model.validatedAt < model.issuedOn) {
    const text = `Model ${model.id} ${model.version} has no validation newer than itself: nobody has shown that its tiers tell risk`;
    const cite = policy.cite('SAID-14');
    if (said.unvalidatedModel === 'refuse')
      throw refusal('SAID-14', cite, text, 'Name a validated one with --model.');
    warnings.push(`${text} (SAID-14, ${cite}).`);
  }
  if (model.expiresOn < today) {
    warnings.push(
      `Model ${model.id} ${model.version} expired on ${model.expiresOn}; its owner is ${model.owner}.`,
    );
  }
  const trained = actor.trainedOn;
  if (trained === null || trained < addMonths(today, -said.trainingMaxAgeMonths)) {
    const since = trained === null ? 'has no recorded training' : `was last trained on ${trained}`;
    const text = `${actor.memberId} ${since}; reading tiers takes training within ${said.trainingMaxAgeMonths} months.`;
    if (said.untrainedActor === 'refuse') {
      throw refusal('SAID-09', policy.cite('SAID-09'), text, 'Record the training in members.trained_on.');
    }
    warnings.push(text);
  }
  warnings.push(
    'The Department ended its CVRM program on 1 Nov 2019: this is a reference implementation of S09-11 with a scorecard of our own.',
  );
  return warnings;
}
