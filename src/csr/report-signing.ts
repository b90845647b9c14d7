import type { Block, Prose, Signature } from '../report/document.ts';
import type { ReportQuestion } from '../report/question.ts';
import { signatureBlock } from '../report/signing.ts';

/** The month's report of all districts goes from the Deputy Chief to the Chief (CSR-51); null for any other. */
export function addressBlock({ period, place }: ReportQuestion): Block | null {
  if (period.kind !== 'month' || place.district !== null || place.beat !== null) return null;
  return {
    kind: 'prose',
    id: 'address',
    paragraphs: [
      'To: Chief, Bureau of Patrol. From: Deputy Chief, Office of Community Policing.',
      `Status of all police requests that came through 311, as of the end of ${period.label} (CSR-51).`,
    ],
  };
}

/** Who signs: a district's report its sergeant and commander, one of all districts the Deputy Chief and who gets it. */
export function reviewBlock(question: ReportQuestion): Prose {
  return signatureBlock({ id: 'signatures', heading: 'Review and approval' }, signersOf(question));
}

function signersOf({ period, place }: ReportQuestion): readonly Signature[] {
  if (place.district !== null || place.beat !== null) {
    return [
      { who: 'Community policing sergeant', what: 'Read for trends and chronic problems (CSR-23).' },
      { who: 'District commander', what: 'Reviewed and approved (CSR-29).' },
    ];
  }
  const who = 'Deputy Chief, Office of Community Policing';
  const chief = 'Chief, Bureau of Patrol';
  return period.kind === 'month'
    ? [
        { who, what: 'The Chief, Bureau of Patrol, was notified (CSR-51).' },
        { who: chief, what: 'Received (CSR-51).' },
      ]
    : [
        { who, what: 'Timeliness and failure to respond were monitored (CSR-50).' },
        { who: chief, what: 'Received.' },
      ];
}
