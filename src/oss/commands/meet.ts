import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Asked } from '../../casework/act-command.ts';
import { dataError, usageError } from '../../core/errors.ts';
import { makeOssCommand } from '../act-spec.ts';
import { onDutyAt, saveHighlights } from '../jacket-records.ts';
import { CHECKLIST, SUPERVISOR_ROLES } from '../workflow-rules.ts';
import type { WorkItemState } from '../workflow-state.ts';

/** `rollcall oss meet <id>`: the supervisor met the member; six points, and highlights that few may read. */
export const ossMeet = makeOssCommand({
  name: 'oss meet',
  summary: 'record the meeting with the member, its checklist and its highlights',
  details:
    `The checklist: ${CHECKLIST.map(({ letter, text }) => `${letter} ${text}`).join('; ')}. A point left out is ` +
    'remarked on, not refused. Highlights are confidential (OSS-39, OSS-41): they come from a file or a terminal, ' +
    'never from the command line, and only rollcall oss highlights prints them.',
  roles: SUPERVISOR_ROLES,
  by: ['OSS-34', 'meet the member'],
  asks: [
    { flags: '--checklist <letters>', summary: 'the points that were kept: abcdef' },
    { flags: '--highlights <file>', summary: 'text file with what was said' },
    { flags: '--share', summary: 'the Area Representative may read the highlights too (OSS-39)' },
  ],
  async step(asked) {
    const { actor, answers, context, id } = asked;
    const checklist = await checklistOf(asked);
    const text = await highlightsOf(asked);
    if (answers.share === 'yes' && text === null)
      throw usageError('--share has nothing to share.', 'Add --highlights.');
    return {
      name: 'met',
      detail: { checklist, on_duty: await dutyWord(asked) },
      async beside(writer) {
        if (text === null) return;
        const share = answers.share === 'yes';
        const row = { id, at: context.now, by: actor.memberId, share, text, recordedAt: context.clock() };
        saveHighlights(writer, row);
      },
    };
  },
  says: 'has a meeting with the member',
  examples: [
    { line: 'rollcall oss meet WI-0034 --checklist abcdef --actor M0026', says: 'all six points were kept' },
    {
      line: 'rollcall oss meet WI-0034 --checklist abdef --highlights notes.txt',
      says: 'without materials; with notes',
    },
  ],
  carries: [
    { rule: 'OSS-34', as: 'block' },
    ...CHECKLIST.map(({ rule }) => ({ rule, as: 'check' as const })),
    { rule: 'OSS-41', as: 'block' },
  ],
});

async function checklistOf({ answers, context }: Asked<WorkItemState>): Promise<string> {
  const given = answers.checklist?.toLowerCase().replaceAll(/[\s,;]/g, '');
  if (given !== undefined) {
    if (!/^[a-f]+$/.test(given))
      throw usageError(`--checklist ${answers.checklist}: only the letters a to f.`, 'Write abcdef.');
    return [...new Set(given)].sort().join('');
  }
  if (!context.interactive)
    throw usageError(
      'oss meet: the checklist is missing.',
      'Add --checklist abcdef, leaving out what was not kept.',
    );
  const kept: string[] = [];
  for (const { letter, text, rule } of CHECKLIST)
    if (await context.prompt.confirm(`${letter}  ${text}? (${rule})`)) kept.push(letter);
  return kept.join('') || '-';
}

async function highlightsOf({ answers, context }: Asked<WorkItemState>): Promise<string | null> {
  const file = answers.highlights;
  if (file !== undefined) {
    try {
      return readFileSync(resolve(context.cwd, file), 'utf8').trim() || null;
    } catch {
      throw dataError(`${file}: the highlights cannot be read.`, 'Name a text file.');
    }
  }
  if (!context.interactive) return null;
  return (await context.prompt.text('Highlights (confidential; blank for none)')).trim() || null;
}

// OSS-36: what the duty roster says beside what the supervisor says; nothing where no roster was imported.
async function dutyWord({ before, context, look }: Asked<WorkItemState>): Promise<string | null> {
  const onDuty = await look((reader) => onDutyAt(reader, before.memberId, context.now));
  return onDuty === null ? null : onDuty ? 'yes' : 'no';
}
