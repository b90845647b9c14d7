import type { Prose, Signature } from './document.ts';

const LINE = '______________________';
const DATE = '____________';

/** Lines to sign and date: on paper and in html as such, elsewhere in words, and with who has signed where one has. */
export function signatureBlock(
  { id, heading }: Pick<Prose, 'id' | 'heading'>,
  signatures: readonly Signature[],
): Prose {
  return { kind: 'prose', id, heading, paragraphs: signatures.map(inWords), signatures };
}

function inWords({ who, what, signed }: Signature): string {
  const line = signed === undefined ? `${LINE}  Date: ${DATE}` : `${signed.by}  Date: ${signed.on}`;
  return `${what === '' ? '' : `${what} `}${who}: ${line}`;
}
