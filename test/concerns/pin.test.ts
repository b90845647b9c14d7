import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { concernsPin } from '../../src/concerns/commands/pin.ts';
import { concernsStatus } from '../../src/concerns/commands/status.ts';
import type { Context } from '../../src/core/command.ts';
import { at } from '../casework/store-of.ts';
import { as, office, row } from './office.ts';

async function issued(path: string): Promise<string> {
  const { data } = await as(path, 'SG1', '2020-11-03T10:00')(concernsPin, 'C1');
  return String(data.pin);
}

function ask(path: string, control: string, pin: string, over: Partial<Context> = {}) {
  const stdin = new PassThrough();
  stdin.end(`${pin}\n`);
  const status = as(path, null, '2020-11-04T10:00', { stdin, ...over });
  return status(concernsStatus, null, { control, pinStdin: true });
}

const wrongFor = (pin: string): string => (pin === '000000' ? '000001' : '000000');

it('shows a PIN once and keeps a hash of it; whoever has it gets the public status and nothing else', async () => {
  const path = await office([row('C1', { accepted_at: '2020-11-03T09:00:00' })]);
  const pin = await issued(path);
  expect(pin).toMatch(/^\d{6}$/);
  expect(readFileSync(path).includes(pin)).toBe(false);
  const { data, document } = await ask(path, 'C1', pin);
  expect(data).toEqual({ control: 'C1', status: 'accepted' });
  expect(document.blocks).toEqual([]);
});

it('does not say whether it was the number or the PIN that was wrong', async () => {
  const path = await office([row('C1')]);
  const other = wrongFor(await issued(path));
  const wrong = await ask(path, 'C1', other).catch((error: Error) => error.message);
  const unknown = await ask(path, 'C9', other).catch((error: Error) => error.message);
  expect(wrong).toBe(unknown);
  expect(wrong).toMatch(/CC-04/);
});

it('turns every PIN away after five wrong ones, for the rest of the hour of the system clock', {
  timeout: 90_000,
}, async () => {
  const path = await office([row('C1')]);
  const pin = await issued(path);
  const clock = (when: string) => ({ clock: () => at(when) });
  for (let i = 0; i < 5; i++)
    await expect(ask(path, 'C1', wrongFor(pin), clock('2020-11-04T10:00'))).rejects.toThrow(
      /no concern with/,
    );
  await expect(ask(path, 'C1', pin, clock('2020-11-04T10:30'))).rejects.toThrow(/Too many/);
  // Another as-of does not open it.
  const later = { ...clock('2020-11-04T10:31'), now: at('2020-11-09') };
  await expect(ask(path, 'C1', pin, later)).rejects.toThrow(/Too many/);
  // The hour is that of the fifth wrong one: asking on does not lengthen it.
  expect((await ask(path, 'C1', pin, clock('2020-11-04T11:00'))).data).toMatchObject({ status: 'received' });
});

it('a newly issued PIN lets a closed number ask again', { timeout: 90_000 }, async () => {
  const path = await office([row('C1')]);
  const pin = await issued(path);
  const clock = { clock: () => at('2020-11-04T10:00') };
  for (let i = 0; i < 5; i++) await expect(ask(path, 'C1', wrongFor(pin), clock)).rejects.toThrow();
  await expect(ask(path, 'C1', pin, clock)).rejects.toThrow(/Too many/);
  const give = as(path, 'SG1', '2020-11-04T10:10');
  const { data } = await give(concernsPin, 'C1', { replace: true });
  const later = { clock: () => at('2020-11-04T10:11') };
  expect((await ask(path, 'C1', String(data.pin), later)).data).toMatchObject({ control: 'C1' });
});

it('of guesses made side by side no more are judged than the limit', { timeout: 90_000 }, async () => {
  const path = await office([row('C1')]);
  const wrong = wrongFor(await issued(path));
  const guesses = await Promise.all(
    Array.from({ length: 6 }, () => ask(path, 'C1', wrong).catch((error: Error) => error.message)),
  );
  expect(guesses.filter((text) => /no concern with/.test(String(text)))).toHaveLength(5);
});

it('is given out by the office of the district alone (CC-10)', async () => {
  const path = await office([row('C1')]);
  await expect(as(path, 'SG7', '2020-11-03T10:00')(concernsPin, 'C1')).rejects.toThrow(/CC-10/);
});

it('is typed unseen', async () => {
  const path = await office([row('C1')]);
  const pin = await issued(path);
  const never = async () => Promise.reject(new Error('not asked'));
  const prompt = { select: never, confirm: never, text: never, secret: async () => pin };
  const asked = as(path, null, '2020-11-04T10:00', { interactive: true, prompt });
  expect((await asked(concernsStatus, null, { control: 'C1' })).data).toMatchObject({ control: 'C1' });
});

it('is for webportal concerns alone, and is replaced only when that is asked for', {
  timeout: 90_000,
}, async () => {
  const path = await office([row('C1'), row('C2', { origin: 'phone' })]);
  const give = as(path, 'SG1', '2020-11-03T10:00');
  await expect(give(concernsPin, 'C2')).rejects.toThrow(/CC-04/);
  const first = await issued(path);
  await expect(give(concernsPin, 'C1')).rejects.toThrow(/has a PIN/);
  const { data } = await give(concernsPin, 'C1', { replace: true });
  if (data.pin !== first) await expect(ask(path, 'C1', first)).rejects.toThrow(/CC-04/);
  expect((await ask(path, 'C1', String(data.pin))).data).toMatchObject({ control: 'C1' });
});
