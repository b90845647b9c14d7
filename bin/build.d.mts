/** Builds unless dist/ is fresh; answers whether it built. */
export function buildIfStale(say?: (text: string) => void): Promise<boolean>;
