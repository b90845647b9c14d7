import { randomBytes, randomInt, scrypt, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../core/instant.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import { type Reader, read, type Writer, write } from '../store/store.ts';

// 64 MB and about a tenth of a second a guess: a million PINs of one stolen row take a day and more on one core.
const COST = { N: 2 ** 16, r: 8, p: 1 } as const;
const COST_NAME = `scrypt N=${COST.N} r=${COST.r} p=${COST.p}`;

/** Where chance comes from. */
export interface Chance {
  /** A whole number from 0 to one below `limit`. */
  below(limit: number): number;
  bytes(count: number): Buffer;
}

/** The system's own source of chance. */
export const systemChance: Chance = {
  below: (limit) => randomInt(limit),
  bytes: (count) => randomBytes(count),
};

/** A PIN with what the store keeps of it. */
export interface MadePin {
  readonly pin: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** A new PIN of so many digits; a tenth of a second of work, so make it outside of a transaction. */
export async function makePin(digits: number, chance: Chance): Promise<MadePin> {
  const pin = String(chance.below(10 ** digits)).padStart(digits, '0');
  const salt = chance.bytes(16);
  return { pin, salt, hash: await hashOf(pin, salt) };
}

/** Gives a concern a PIN, the only time that it is known. The store keeps a salted scrypt hash (CC-04). */
export function keepPin(
  writer: Writer,
  controlNumber: string,
  { salt, hash }: MadePin,
  issued: { readonly at: Instant; readonly by: string | null },
): void {
  writer
    .prepare(
      `insert or replace into concern_pin (control_number, salt, hash, cost, issued_at, issued_by)
       values (?, ?, ?, ?, ?, ?)`,
    )
    .run(controlNumber, salt, hash, COST_NAME, issued.at, issued.by);
}

/** How a question with a PIN went; right and wrong ones are counted. */
export type PinAnswer = 'right' | 'wrong' | 'locked';

/**
 * Whether a PIN is that of a concern. The same work is done for a wrong PIN, a concern without one and a number that
 * does not exist, so that neither text nor time tells them apart; it is done outside of the transaction that counts, so
 * that guesses hold up nobody. After `wrongAttempts` within `minutes` every PIN of that number is turned away, until
 * the hour is over or a new one is issued; what is asked meanwhile counts for nothing. `at` is the system clock's time.
 */
export async function checkPin(
  storePath: string,
  controlNumber: string,
  pin: string,
  at: Instant,
  limits: ConcernsPolicy['pin'],
): Promise<PinAnswer> {
  const number = controlNumber.slice(0, 100);
  const { row, locked } = await read(storePath, async (reader) => ({
    row: await pinRow(reader, number),
    locked: await isLocked(reader, number, at, limits),
  }));
  if (locked) return 'locked';
  const kept = row?.hash ?? Buffer.alloc(32);
  const same = timingSafeEqual(await hashOf(pin.slice(0, 100), row?.salt ?? Buffer.alloc(16)), kept);
  return write(storePath, async (writer) => {
    // Of guesses made side by side no more are judged than the limit.
    if (await isLocked(writer, number, at, limits)) return 'locked';
    const now = await pinRow(writer, number);
    const passed = same && now?.hash.equals(kept) === true;
    writer
      .prepare('insert into concern_pin_attempt (control_number, at, passed) values (?, ?, ?)')
      .run(number, at, passed ? 1 : 0);
    return passed ? 'right' : 'wrong';
  });
}

async function pinRow(reader: Reader, number: string) {
  const [row] = await reader.rows({
    sql: 'select salt, hash from concern_pin where control_number = ?',
    parameters: [number],
  });
  const [salt, hash] = row ?? [];
  return salt instanceof Buffer && hash instanceof Buffer ? { salt, hash } : undefined;
}

async function isLocked(
  reader: Reader,
  number: string,
  at: Instant,
  { minutes, wrongAttempts }: ConcernsPolicy['pin'],
): Promise<boolean> {
  const [row] = await reader.rows({
    sql: `select count(*) from concern_pin_attempt where control_number = ? and at > ? and passed = 0
      and at >= coalesce((select issued_at from concern_pin where control_number = ?), 0)`,
    parameters: [number, at - minutes * 60, number],
  });
  return Number(row?.[0] ?? 0) >= wrongAttempts;
}

function hashOf(pin: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, 32, { ...COST, maxmem: 2 ** 28 }, (error, hash) => {
      if (error) reject(error);
      else resolve(hash);
    });
  });
}
