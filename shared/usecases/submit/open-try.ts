/** Who may submit under an idempotency key now. */
import type { JobId } from '../../domain/ids.ts';
import type { Deps } from '../deps.ts';

export type OpenTry =
  /**
   * The key is ours: `version` is what the commit must still find, and the entry may be taken over after `deadline`.
   * `startedAt` is monotonic.
   */
  | { readonly kind: 'open'; readonly version: string; readonly deadline: number; readonly startedAt: number }
  | { readonly kind: 'committed'; readonly jobId: JobId; readonly bodyHash: string | undefined }
  /** Another request with this key is still being received. */
  | { readonly kind: 'busy' };

/** How long a repeat waits for the first to end. */
const WAIT_MS = 20_000;
const POLL_MS = 250;

export async function openTry(
  deps: Pick<Deps, 'idempotency' | 'clock' | 'policy'>,
  caller: string,
  key: string,
  jobId: JobId,
): Promise<OpenTry> {
  const { idempotency, clock, policy } = deps;
  const waitUntil = clock.monotonic() + WAIT_MS;
  for (;;) {
    const startedAt = clock.monotonic();
    const deadline = clock.now() + policy.submitMaxSeconds * 1000;
    const entry = { state: 'receiving', jobId, deadline } as const;
    const inserted = await idempotency.insert(caller, key, entry);
    if (inserted !== 'changed') return { kind: 'open', version: inserted.version, deadline, startedAt };
    const current = await idempotency.read(caller, key);
    if (current === undefined) {
      if (clock.monotonic() > waitUntil) return { kind: 'busy' };
      await clock.sleep(POLL_MS);
      continue;
    }
    const { state, bodyHash } = current.value;
    if (state === 'committed') return { kind: 'committed', jobId: current.value.jobId, bodyHash };
    if (current.value.deadline < clock.now()) {
      const taken = await idempotency.replace(caller, key, entry, current.version);
      if (taken !== 'changed') return { kind: 'open', version: taken.version, deadline, startedAt };
      continue;
    }
    if (clock.monotonic() > waitUntil) return { kind: 'busy' };
    await clock.sleep(POLL_MS);
  }
}
