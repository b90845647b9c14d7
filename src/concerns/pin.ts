import { randomBytes, randomInt, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../core/instant.ts';
import type { ConcernsPolicy } from '../core/policy-topics.ts';
import type { Writer } from '../store/store.ts';

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

/** Gives a concern a new PIN; answers it, the only time that it is known. The store keeps a salted scrypt hash (CC-04). */
export function issuePin(
  writer: Writer,
  controlNumber: string,
  issued: { readonly at: Instant; readonly by: string | null; readonly digits: number },
  chance: Chance,
): string {
  const pin = String(chance.below(10 ** issued.digits)).padStart(issued.digits, '0');
  const salt = chance.bytes(16);
  writer
    .prepare(
      `insert or replace into concern_pin (control_number, salt, hash, cost, issued_at, issued_by)
       values (?, ?, ?, ?, ?, ?)`,
    )
    .run(controlNumber, salt, hashOf(pin, salt), COST_NAME, issued.at, issued.by);
  return pin;
}

/** How a question with a PIN went; every one is recorded. */
export type PinAnswer = 'right' | 'wrong' | 'locked';

/**
 * Whether a PIN is that of a concern. The same work is done for a wrong PIN, a concern without one and a number that
 * does not exist, so that neither text nor time tells them apart. After `wrongAttempts` within `minutes` every PIN of
 * that number is turned away. `at` is the system clock's time.
 */
export function checkPin(
  writer: Writer,
  controlNumber: string,
  pin: string,
  at: Instant,
  limits: ConcernsPolicy['pin'],
): PinAnswer {
  const number = controlNumber.slice(0, 100);
  const wrong = Number(
    writer
      .prepare('select count(*) from concern_pin_attempt where control_number = ? and at > ? and passed = 0')
      .get(number, at - limits.minutes * 60)?.[0] ?? 0,
  );
  const row = writer.prepare('select salt, hash from concern_pin where control_number = ?').get(number);
  const salt = row?.[0] instanceof Buffer ? row[0] : Buffer.alloc(16);
  const kept = row?.[1] instanceof Buffer ? row[1] : Buffer.alloc(32);
  const same = timingSafeEqual(hashOf(pin.slice(0, 100), salt), kept);
  const locked = wrong >= limits.wrongAttempts;
  const passed = same && row !== undefined && !locked;
  writer
    .prepare('insert into concern_pin_attempt (control_number, at, passed) values (?, ?, ?)')
    .run(number, at, passed ? 1 : 0);
  if (locked) return 'locked';
  return passed ? 'right' : 'wrong';
}

function hashOf(pin: string, salt: Buffer): Buffer {
  return scryptSync(pin, salt, 32, { ...COST, maxmem: 2 ** 28 });
}
