import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** SHA-256 over bytes as they are read. */
export interface Digest {
  /** The next bytes of the file. */
  add(bytes: Uint8Array): void;
  /** The digest in hex, after the last bytes. */
  finish(): Promise<string>;
  /** Gives up: no digest will be asked for. */
  drop(): void;
}

/** Hashes on this thread. */
export function digestHere(): Digest {
  const hash = createHash('sha256');
  return {
    add(bytes) {
      hash.update(bytes);
    },
    finish: async () => hash.digest('hex'),
    drop() {},
  };
}

// It follows the reader through the file, which the system still has in memory. Plain text, so that it needs no file
// of its own beside the program.
const FOLLOWER = `
const { parentPort, workerData } = require('node:worker_threads');
const { readSync } = require('node:fs');
const hash = require('node:crypto').createHash('sha256');
const buffer = Buffer.allocUnsafe(256 * 1024);
let at = 0;
parentPort.on('message', ({ upTo, last }) => {
  while (at < upTo) {
    const read = readSync(workerData, buffer, 0, Math.min(buffer.length, upTo - at), at);
    if (read === 0) throw new Error('the file became shorter while it was read');
    hash.update(buffer.subarray(0, read));
    at += read;
  }
  if (last) parentPort.postMessage(hash.digest('hex'));
});
`;

/**
 * Hashes an open file on a thread of its own, while this one reads its rows: hashing takes a tenth of a large import.
 * The bytes are read again at the same places, so the file must be one that can be read anywhere.
 */
export function digestBeside(fd: number): Digest {
  const worker = new Worker(FOLLOWER, { eval: true, workerData: fd });
  const done = new Promise<string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  // Its failure is met by finish(); until then nobody waits for it.
  done.catch(() => undefined);
  let upTo = 0;
  return {
    add(bytes) {
      upTo += bytes.length;
      worker.postMessage({ upTo, last: false });
    },
    async finish() {
      worker.postMessage({ upTo, last: true });
      try {
        return await done;
      } finally {
        await worker.terminate();
      }
    },
    drop() {
      void worker.terminate();
    },
  };
}
