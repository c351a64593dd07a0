/** Waiting for what becomes right by itself after a deployment: the app starts, and role assignments spread. */
import type { Finding } from './finding.ts';

/** Role assignments may take ten minutes. Source: Azure RBAC documentation, "Troubleshoot Azure RBAC". */
const AT_MOST_MS = 10 * 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60_000;

export interface Patience {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** Told what is waited for, before each pause. */
  readonly say: (line: string) => void;
}

/** Looks again, with growing pauses, while something is wrong that may pass. Gives up after ten minutes. */
export async function waitUntilRight(
  look: () => Promise<readonly Finding[]>,
  { now, sleep, say }: Patience,
): Promise<readonly Finding[]> {
  const until = now() + AT_MOST_MS;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const findings = await look();
    const awaited = findings.filter(({ state, mayPass }) => state === 'wrong' && mayPass === true);
    if (awaited.length === 0 || now() + pause > until) return findings;
    say(`Waiting ${pause / 1000} s for ${awaited.map(({ about, says }) => `${about}: ${says}`).join(' And for ')}`);
    await sleep(pause);
  }
}
