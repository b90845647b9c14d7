import type { Context, Input } from '../core/command.ts';
import { usageError } from '../core/errors.ts';

/** Origins of concerns that members enter; webportal ones are imported. */
export const ORIGINS_BY_HAND = ['beat-meeting', 'phone', 'email', 'in-person', 'other'];

/** What was told of a new concern. */
export interface Intake {
  readonly origin: string;
  readonly category: string;
  readonly description: string;
  readonly address: string;
  readonly beat: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly submitted: string | null;
  readonly meeting: string | null;
}

/** The options of `concerns add`, or answers on a terminal; a missing one elsewhere is a usage error. */
export async function intakeOf(context: Context, input: Input): Promise<Intake> {
  const { options } = input;
  const given = (key: string): string | null => {
    const value = options[key];
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const asked = async (key: string, question: string): Promise<string> => {
    const value = given(key);
    if (value !== null) return value;
    if (!context.interactive) throw usageError(`concerns add needs --${key}.`, `Add --${key}.`);
    return (await context.prompt.text(question, { required: true })).trim();
  };
  const origin =
    given('origin') ??
    (context.interactive
      ? await context.prompt.select(
          'How did it come?',
          ORIGINS_BY_HAND.map((value) => ({ value, label: value })),
        )
      : null);
  if (origin === null)
    throw usageError('concerns add needs --origin.', `One of ${ORIGINS_BY_HAND.join(', ')}.`);
  return {
    origin,
    category: await asked('category', 'What is it about (category)?'),
    description: await asked('description', 'What was told?'),
    address: await asked('address', 'Where?'),
    beat: await asked('beat', 'Which beat?'),
    latitude: degrees(given('latitude'), '--latitude', 90),
    longitude: degrees(given('longitude'), '--longitude', 180),
    submitted: given('submitted'),
    meeting: given('meeting'),
  };
}

function degrees(text: string | null, option: string, most: number): number | null {
  if (text === null) return null;
  const value = Number(text);
  if (Number.isFinite(value) && Math.abs(value) <= most) return value;
  throw usageError(`${option} ${text} is no number of degrees.`, 'Example: 41.7037.');
}
