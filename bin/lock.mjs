// A lock between processes of one checkout: a file that holds the id of the process that has it.
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';

const POLL_MILLISECONDS = 100;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryTake(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    // A link appears with its content or not at all: nobody reads an empty lock.
    linkSync(own, path);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  } finally {
    unlinkSync(own);
  }
}

/** Removes the lock of a process that died with it. */
function clearDead(path) {
  let holder;
  try {
    holder = readFileSync(path, 'utf8');
  } catch {
    return;
  }
  if (isAlive(Number(holder))) return;
  const aside = `${path}.${process.pid}.dead`;
  try {
    renameSync(path, aside);
    // Another process may have cleared and taken it between the two lines above: give it back.
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, path);
  } catch {
    // Somebody else was faster.
  } finally {
    rmSync(aside, { force: true });
  }
}

/** Runs `work` while no other process holds the lock at `path`; waits for it, calling `waiting` once. */
export async function withLock(path, work, waiting = () => {}) {
  let told = false;
  while (!tryTake(path)) {
    clearDead(path);
    if (!told) waiting();
    told = true;
    await new Promise((done) => setTimeout(done, POLL_MILLISECONDS));
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}
