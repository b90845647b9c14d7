import type { HiddenClocks } from '../casework/overdue.ts';
import type { Context } from '../core/command.ts';
import type { Rows } from '../store/open.ts';
import { directives } from './registry.ts';

/** What a list of the clocks of all directives leaves out for the acting member; null for nothing (OSS-12). */
export async function hiddenClocks(rows: Rows, context: Context): Promise<HiddenClocks | null> {
  for (const directive of await directives()) {
    const hidden = await directive.hiddenClocks?.(rows, context);
    if (hidden) return hidden;
  }
  return null;
}
