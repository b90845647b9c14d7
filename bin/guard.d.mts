/** Lints the planted violations with this checkout's biome.json; answers their number and what is wrong. */
export function proveGuard(): { readonly problems: readonly string[]; readonly planted: number };
