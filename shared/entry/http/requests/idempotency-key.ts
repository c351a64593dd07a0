/** The `Idempotency-Key` header. Source: the IETF draft of that name; bare keys are in use too. */
import { createHash } from 'node:crypto';
import { problem } from '../../../domain/api/problem.ts';
import { Refusal } from '../refusal.ts';

const MAX_CHARS = 255;

/** The key as it is kept: the text is anybody's, and stays longer than what else is known of its job. */
export function idempotencyKey(header: string | null): string | undefined {
  if (header === null) return undefined;
  const key = /^"(.*)"$/.exec(header.trim())?.[1] ?? header.trim();
  if (key === '' || key.length > MAX_CHARS) {
    throw new Refusal(problem('invalidIdempotencyKey', `Give 1 to ${MAX_CHARS} characters, or leave the header out.`));
  }
  return createHash('sha256').update(key).digest('hex');
}
