import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { writeFileWhole, writeStream } from '../../src/cli/streams.ts';

const KILOBYTE = 'x'.repeat(1023).concat('\n');

describe('a stream', () => {
  test('is written no faster than it is read', async () => {
    let pending = 0;
    let most = 0;
    let bytes = 0;
    const slow = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _, done) {
        bytes += chunk.length;
        setImmediate(() => {
          pending -= chunk.length;
          done();
        });
      },
    });
    function* many() {
      for (let i = 0; i < 1000; i++) {
        pending += KILOBYTE.length;
        most = Math.max(most, pending);
        yield KILOBYTE;
      }
    }
    expect(await writeStream(slow, many())).toBe(true);
    expect(bytes).toBe(1000 * 1024);
    expect(most).toBeLessThan(200 * 1024);
  });

  test('whose reader went away is no failure', async () => {
    const closed = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('gone'), { code: 'EPIPE' }));
      },
    });
    expect(await writeStream(closed, [KILOBYTE, KILOBYTE])).toBe(false);
  });

  test('on a full disk is a failure that says so', async () => {
    const full = new Writable({
      write(_chunk, _encoding, done) {
        done(Object.assign(new Error('full'), { code: 'ENOSPC' }));
      },
    });
    await expect(writeStream(full, [KILOBYTE])).rejects.toThrow(/the disk is full/);
  });

  test('passes a failure of the renderer on', async () => {
    function* broken() {
      yield 'a';
      throw new TypeError('of the renderer');
    }
    const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
    await expect(writeStream(sink, broken())).rejects.toThrow('of the renderer');
  });
});

test('a file stays as it was when its new content fails half way', async ({ onTestFinished }) => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'r.csv');
  writeFileSync(path, 'before');
  function* broken() {
    yield KILOBYTE.repeat(100);
    throw new Error('half way');
  }
  await expect(writeFileWhole(path, broken())).rejects.toThrow('half way');
  expect(readFileSync(path, 'utf8')).toBe('before');
  expect(readdirSync(folder)).toEqual(['r.csv']);
  await writeFileWhole(path, ['after']);
  expect(readFileSync(path, 'utf8')).toBe('after');
  expect(existsSync(join(folder, '.r.csv.tmp'))).toBe(false);
});
