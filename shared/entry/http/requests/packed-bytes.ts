/** Bodies that are compressed although no header says so: their first bytes tell. */
import { problemAt } from '../../../domain/submission/findings.ts';
import type { RowProblem } from '../../../domain/api/problem.ts';

interface Packing {
  readonly begins: readonly number[];
  readonly advice: string;
}

/** Sources: RFC 1952, 2.3.1; RFC 8878, 3.1.1; PKWARE's APPNOTE, 4.3.7. None of these is the beginning of a text. */
const PACKINGS: readonly Packing[] = [
  { begins: [0x1f, 0x8b], advice: 'The body is compressed with gzip. Send it uncompressed.' },
  { begins: [0x28, 0xb5, 0x2f], advice: 'The body is compressed with zstd. Send it uncompressed.' },
  {
    begins: [0x50, 0x4b, 0x03],
    advice: 'The body is a ZIP archive; so is an Excel workbook (.xlsx). Save the sheet as "CSV UTF-8" and send that.',
  },
];

/** @param head the first bytes of a body, three where there are so many */
export function packedProblem(head: Uint8Array): RowProblem | undefined {
  const packing = PACKINGS.find(({ begins }) => begins.every((byte, index) => head[index] === byte));
  return packing === undefined ? undefined : problemAt({}, 'unsupportedContentEncoding', packing.advice);
}
