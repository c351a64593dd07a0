/** Addresses of a guest that were seen or written a short while ago, and that a lagging read may not show yet. */
/** Written beside a guest's claim by an attempt that changes emails. */
export interface AddressMemory {
  readonly addresses: readonly string[];
  readonly at: number;
}

export function isFresh(memory: AddressMemory | undefined, lagSeconds: number, now: number): memory is AddressMemory {
  return memory !== undefined && memory.at >= now - lagSeconds * 1000;
}
