/** Refuses compressed bodies: unpacked here they could be a thousand times as large as the platform's limit. */
import type { ArrivedRequest } from './arrived-request.ts';
import { shown } from '../../../domain/submission/findings.ts';
import { refusal } from '../../../domain/submission/problem-list.ts';
import { Refusal } from '../refusal.ts';

export function refuseCompressed({ headers }: Pick<ArrivedRequest, 'headers'>): void {
  const encoding = headers.get('content-encoding')?.trim() ?? '';
  if (encoding === '' || encoding.toLowerCase() === 'identity') return;
  throw new Refusal(
    refusal(
      'unsupportedContentEncoding',
      `The Content-Encoding ${shown(encoding)} is not one this service reads. Send the body uncompressed. ` +
        'Nothing was queued.',
    ),
  );
}
