/** What nobody has read of a body when its answer is known. */
import type { ArrivedRequest } from './arrived-request.ts';

/** A sender that needs longer for the rest may lose the answer; one that never ends must not be waited for. */
const MAX_MS = 20_000;

/**
 * Reads the rest and drops it. A connection that is closed while the other side still sends loses the answer on its
 * way, and the caller sees a broken gateway instead of a refusal. The platform's limit of a body is the limit here.
 */
export async function dropRestOfBody({ body }: Pick<ArrivedRequest, 'body'>): Promise<void> {
  if (body === null || body.locked) return;
  const reader = body.getReader();
  const late = setTimeout(() => void reader.cancel().catch(() => undefined), MAX_MS);
  try {
    while (!(await reader.read()).done);
  } catch {
    // The sender is gone; nobody waits for the answer.
  } finally {
    clearTimeout(late);
    reader.releaseLock();
  }
}
