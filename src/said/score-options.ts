import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { isoInstant } from '../core/instant.ts';
import { type District, parseDistrict } from '../core/place.ts';
import { foldKey } from '../core/text.ts';
import { TIER_LABELS, TIERS, type Tier } from './model.ts';

/** What `said score` was asked for: which subjects are counted, which of them are listed, by which model. */
export interface Wanted {
  readonly district: District | null;
  readonly tier: Tier | null;
  readonly withJuveniles: boolean;
  readonly modelPath: string | null;
}

/** The options of `said score`; throws a usage error for what is no district or no tier. */
export function parseWanted({ options }: Input): Wanted {
  const text = (name: string) => (typeof options[name] === 'string' ? options[name] : null);
  const districtText = text('district');
  const district = districtText === null ? null : (parseDistrict(districtText)?.district ?? null);
  if (districtText !== null && district === null) {
    throw usageError(`--district: "${districtText}" is no district.`, 'Write up to three digits: 005.');
  }
  const tierText = text('tier');
  const tier = TIERS.find((each) => tierText !== null && fold(each) === fold(tierText)) ?? null;
  if (tierText !== null && tier === null) {
    throw usageError(`--tier: "${tierText}" is no tier.`, 'Write very-low, low, medium, high or very-high.');
  }
  return { district, tier, withJuveniles: options.withJuveniles === true, modelPath: text('model') };
}

function fold(tier: string): string {
  return foldKey(tier).replaceAll('_', '');
}

/** `District 005, listed: very high only, juveniles counted and not listed`. */
export function scopeText({ district, tier, withJuveniles }: Wanted): string {
  const where = district === null ? 'All districts' : `District ${district}`;
  const what = tier === null ? 'all tiers' : `listed: ${TIER_LABELS[tier]} only`;
  return `${where}, ${what}${withJuveniles ? '' : ', juveniles counted and not listed'}`;
}

/** The command that gives the same output again to the member who asked. */
export function commandLine(
  { district, tier, withJuveniles, modelPath }: Wanted,
  context: Context,
  actor: string,
): string {
  return [
    'rollcall said score',
    ...(district === null ? [] : [`--district ${district}`]),
    ...(tier === null ? [] : [`--tier ${foldKey(TIER_LABELS[tier]).replace('_', '-')}`]),
    ...(modelPath === null ? [] : [`--model ${modelPath}`]),
    ...(withJuveniles ? ['--with-juveniles'] : []),
    ...(context.purpose === null ? [] : [`--purpose ${context.purpose}`]),
    `--actor ${actor}`,
    `--as-of ${isoInstant(context.now)}`,
  ].join(' ');
}
