/** Runs `work` while no other process holds the lock at `path`; waits for it, calling `waiting` once. */
export function withLock<T>(path: string, work: () => T | Promise<T>, waiting?: () => void): Promise<T>;
