import { NOTICE_ASKS, noticeOptions, noticesGiven } from '../../casework/hazard-notices.ts';
import { usageError } from '../../core/errors.ts';
import { looksLikeHazard, missingNotices } from '../../core/hazard.ts';
import { loadPolicy } from '../../store/data-files.ts';
import { makeConcernsCommand } from '../act-spec.ts';
import { concernById } from '../records.ts';

/** `rollcall concerns hazard <control>`: records that OEMC and the supervisor were told of an immediate hazard (CSR-03). */
export const concernsHazard = makeConcernsCommand({
  name: 'concerns hazard',
  summary: 'record that OEMC and the supervisor were told of a hazard',
  details:
    'For a concern that reports an immediate hazard: it needs no concern, and whoever learns of it tells OEMC and the ' +
    'supervisor (CSR-03). rollcall concerns add takes the same two options. How the concern stands is told only to those ' +
    'who may see it (CC-10); one that does not look like a hazard is remarked on.',
  says: 'has the notices of its hazard on record',
  roles: null,
  onAny: true,
  by: ['CSR-03', 'record the notices of a hazard'],
  asks: NOTICE_ASKS,
  examples: [
    {
      line: 'rollcall concerns hazard CC-2020-000001 --oemc-notified "10:05 by radio" --supervisor-notified "M0026 10:06"',
      says: 'both were told',
    },
  ],
  carries: [{ rule: 'CSR-03', as: 'evidence' }],
  async step({ context, look, id, answers, before }) {
    const { oemc, supervisor } = noticesGiven(answers);
    if (oemc === null && supervisor === null)
      throw usageError(
        `${id}: no notice is told.`,
        'Add --oemc-notified <text>, --supervisor-notified <text> or both.',
      );
    const row = await look((reader) => concernById(reader, id));
    const { emergency } = loadPolicy(context.env).csr();
    const texts = [row?.description ?? null, row?.address ?? null];
    const like = before.hazard || looksLikeHazard([before.category ?? ''], texts, emergency);
    return { name: 'hazard-told', detail: { oemc, supervisor, hazard: like ? null : 'no' } };
  },
  notes: ({ id }, after) =>
    missingNotices(after).length === 0
      ? []
      : [
          `Still to be told: ${missingNotices(after).join(' and ')}: rollcall concerns hazard ${id} ${noticeOptions(after)}`,
        ],
});
