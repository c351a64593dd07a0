import { renameSync, rmSync, writeFileSync } from 'node:fs';

export interface Address {
  readonly url: string;
  readonly pid: number;
}

/**
 * What runs where. A part that died keeps its old process id until it is up again; `api.pid` is the launcher.
 * `api.url` ends in `/api`; a host's url is the bare origin.
 */
export interface CloudState {
  readonly api: Address;
  readonly graph: Address;
  readonly tables: Address;
  readonly broker: Address;
  readonly hosts: readonly Address[];
}

/** Replaces the file in one step, so that a reader never sees half of it. */
export function writeState(file: string, state: CloudState): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, file);
}

export function removeState(file: string): void {
  rmSync(file, { force: true });
}
