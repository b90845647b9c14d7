import { type Answers, type Ask, answersOf, choicesOf } from '../casework/act-asking.ts';
import { askedNotices, NOTICE_ASKS, noticesGiven } from '../casework/hazard-notices.ts';
import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';
import { type HazardNotices, looksLikeHazard } from '../core/hazard.ts';
import { loadPolicy } from '../store/data-files.ts';
import { ORIGINS } from './state.ts';

/** Origins of concerns that members enter; webportal ones are imported. */
const ORIGINS_BY_HAND = ORIGINS.filter((origin) => origin !== 'webportal');

/** What was told of a new concern. */
export interface Intake {
  readonly origin: string;
  readonly category: string;
  readonly description: string;
  /** Null only for a hazard whose place is not known yet. */
  readonly address: string | null;
  readonly beat: string | null;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly submitted: string | null;
  readonly meeting: string | null;
  /** It looks like an immediate hazard (CSR-03). */
  readonly hazard: boolean;
  readonly notices: HazardNotices;
}

/** What `concerns add` asks; `unplaced` tells of what may be kept before its place is known. */
export const intakeAsks = (unplaced: NonNullable<Ask['optional']>): readonly Ask[] => [
  {
    flags: '--origin <origin>',
    summary: 'how it came',
    question: 'How did it come?',
    choices: choicesOf(ORIGINS_BY_HAND),
  },
  { flags: '--category <category>', summary: 'what it is about', question: 'What is it about (category)?' },
  { flags: '--description <text>', summary: 'what was told', question: 'What was told?' },
  { flags: '--address <address>', summary: 'where', question: 'Where?', optional: unplaced },
  { flags: '--beat <beat>', summary: 'the beat, 0511', question: 'Which beat?', optional: unplaced },
  { flags: '--latitude <degrees>', summary: 'for finding like concerns' },
  { flags: '--longitude <degrees>', summary: 'for finding like concerns' },
  { flags: '--submitted <when>', summary: 'when it was told; else now' },
  { flags: '--meeting <id>', summary: 'the beat meeting it comes from (CC-12)' },
  ...NOTICE_ASKS,
];

/** The options of `concerns add`, or answers on a terminal; a missing one elsewhere is a usage error. */
export async function intakeOf(context: Context, input: Input): Promise<Intake> {
  const { emergency } = loadPolicy(context.env).csr();
  const looks = ({ category = '', description = '', address = '' }: Answers) =>
    looksLikeHazard([category], [description, address], emergency);
  const { answers } = await answersOf('concerns add', intakeAsks(looks), context, input);
  const { origin = '', category = '', description = '' } = answers;
  const hazard = looks(answers);
  if ((answers.latitude === undefined) !== (answers.longitude === undefined))
    throw usageError('A place takes --latitude and --longitude.', 'Give both, or neither.');
  return {
    origin,
    category,
    description,
    address: answers.address ?? null,
    beat: answers.beat ?? null,
    latitude: degrees(answers.latitude, '--latitude', 90),
    longitude: degrees(answers.longitude, '--longitude', 180),
    submitted: answers.submitted ?? null,
    meeting: answers.meeting ?? (await meetingOf(context, origin)),
    hazard,
    notices: await (hazard ? askedNotices(context, answers, 'concern') : noticesGiven(answers)),
  };
}

// CC-12: asked for on a terminal; elsewhere one that is missing is remarked on and the concern is kept.
async function meetingOf(context: Context, origin: string): Promise<string | null> {
  if (origin !== 'beat-meeting' || !context.interactive) return null;
  const told = (await context.prompt.text('Which beat meeting (its id)?')).trim();
  return told === '' ? null : told;
}

function degrees(text: string | undefined, option: string, most: number): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && Math.abs(value) <= most) return value;
  throw usageError(`${option} ${text} is no number of degrees.`, 'Example: 41.7037.');
}
