import type { Ask } from '../casework/act-asking.ts';
import { refuseBy, type Step } from '../casework/act-verb.ts';
import { OFFICE } from './own-district.ts';
import { policeRequestById } from './police-records.ts';
import type { AskedStep } from './steps.ts';

/** The option by which the office enters what a member wrote on paper. */
export const WRITTEN_BY: Ask = {
  flags: '--written-by <member>',
  summary: 'the investigating member who wrote it, when the office enters it',
};

/** A step in the words of the investigating member; of the office, which enters it for another, the name is asked. */
export async function inTheirWords(
  { answers: { writtenBy }, actor, context, ids, look }: AskedStep,
  rule: string,
  step: Step,
): Promise<Step> {
  const [id = ''] = ids;
  if (writtenBy === undefined && OFFICE.some((role) => actor.roles.has(role))) {
    const member = (await look((reader) => policeRequestById(reader, id)))?.assigned_to ?? null;
    if (member !== null && member !== actor.memberId) {
      throw refuseBy(
        context,
        rule,
        `${actor.memberId} does not investigate ${id}: that is for ${member} to write.`,
        `What ${member} wrote on paper is entered with --written-by ${member}.`,
      );
    }
  }
  return { ...step, detail: { ...step.detail, written_by: writtenBy } };
}
