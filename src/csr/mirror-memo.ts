/** Remembers a value by the bytes of a field, so that a repeating word costs no text. Holds few thousand at most. */
export interface ByteMemo<T> {
  get(bytes: Uint8Array, start: number, end: number): T | undefined;
  set(bytes: Uint8Array, start: number, end: number, value: T): void;
}

const SLOTS = 8192;
const MOST = 4096;
const ENDS = 6;

/** An empty memo. Once it holds 4,096 values it takes no more: such a column does not repeat itself. */
export function byteMemo<T>(): ByteMemo<T> {
  const slots = new Int32Array(SLOTS).fill(-1);
  const keys: Uint8Array[] = [];
  const values: T[] = [];

  function slotOf(bytes: Uint8Array, start: number, end: number): number {
    // Beginning and end tell words apart well enough; `same` looks at all of them.
    let hash = end - start;
    const head = Math.min(end, start + ENDS);
    for (let i = start; i < head; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    for (let i = Math.max(head, end - ENDS); i < end; i++)
      hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (;;) {
      const entry = slots[slot] as number;
      if (entry === -1 || same(keys[entry] as Uint8Array, bytes, start, end)) return slot;
      slot = (slot + 1) & (SLOTS - 1);
    }
  }

  return {
    get(bytes, start, end) {
      const entry = slots[slotOf(bytes, start, end)] as number;
      return entry === -1 ? undefined : values[entry];
    },
    set(bytes, start, end, value) {
      if (keys.length >= MOST) return;
      const slot = slotOf(bytes, start, end);
      if (slots[slot] !== -1) return;
      slots[slot] = keys.length;
      keys.push(Uint8Array.prototype.slice.call(bytes, start, end));
      values.push(value);
    },
  };
}

function same(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (key.length !== end - start) return false;
  for (let i = 0; i < key.length; i++) if (key[i] !== bytes[start + i]) return false;
  return true;
}

/** Whether a key may have been seen before: never wrong when it says no; fixed memory at any number of keys. */
export interface SeenFilter {
  /** True when the key may have been added before; adds it. */
  add(key: string): boolean;
}

const FILTER_BITS = 1 << 26;

/** A Bloom filter of 8 MB with two probes: at a million keys about one in a thousand is suspected wrongly. */
export function seenFilter(): SeenFilter {
  const bits = new Uint32Array(FILTER_BITS / 32);
  return {
    add(key) {
      let a = 0x811c9dc5;
      let b = 0x9747b28c;
      for (let i = 0; i < key.length; i++) {
        const code = key.charCodeAt(i);
        a = Math.imul(a ^ code, 0x01000193);
        b = (Math.imul(b, 33) ^ code) | 0;
      }
      b = Math.imul(b ^ (b >>> 15), 0x85ebca6b);
      const first = (a ^ (a >>> 13)) & (FILTER_BITS - 1);
      const second = (b ^ (b >>> 13)) & (FILTER_BITS - 1);
      const firstMask = 1 << (first & 31);
      const secondMask = 1 << (second & 31);
      const firstWord = bits[first >>> 5] as number;
      const seen = (firstWord & firstMask) !== 0 && ((bits[second >>> 5] as number) & secondMask) !== 0;
      if (!seen) {
        bits[first >>> 5] = firstWord | firstMask;
        bits[second >>> 5] = (bits[second >>> 5] as number) | secondMask;
      }
      return seen;
    },
  };
}
