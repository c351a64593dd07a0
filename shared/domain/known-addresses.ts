/** Addresses of a guest that were seen or written a short while ago, and that a lagging read may not show yet. */
import type { ResetRecord } from './reset.ts';

/** Written beside a guest's claim by an attempt that changes emails. */
export interface AddressMemory {
  readonly addresses: readonly string[];
  readonly at: number;
}

/** What this reset itself saw and added at its last attempt, while the directory may still lag behind that. */
export function ownMemory({ sent }: ResetRecord, lagSeconds: number, now: number): readonly string[] {
  if (sent === undefined || !sent.addsEmail || sent.at < now - lagSeconds * 1000) return [];
  return [...(sent.mail === null ? [] : [sent.mail]), ...sent.otherMails, sent.address];
}

export function isFresh(memory: AddressMemory | undefined, lagSeconds: number, now: number): memory is AddressMemory {
  return memory !== undefined && memory.at >= now - lagSeconds * 1000;
}
