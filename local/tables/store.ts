/** Which service holds the tables: Azurite, or the light store that measurements set beside it. */
import { createBlobServer, createTableServer, type AzuriteServer } from './azurite.ts';
import { startLightTables } from './light/server.ts';

export const TABLE_STORES = ['azurite', 'light'] as const;
export type TableStore = (typeof TABLE_STORES)[number];

export interface RunningTables {
  readonly port: number;
  close(): Promise<void>;
}

/** On the loopback address; rejects when the port is busy. */
export function startTables(store: TableStore, port: number): Promise<RunningTables> {
  return store === 'light' ? startLightTables(port) : start(createTableServer(port));
}

/** Azurite's, for Core Tools. */
export const startBlobs = (port: number): Promise<RunningTables> => start(createBlobServer(port));

async function start(server: AzuriteServer): Promise<RunningTables> {
  await server.start();
  return { port: Number(new URL(server.getHttpServerAddress()).port), close: () => server.close() };
}

/** Throws with the choices when it is none. */
export function parseStore(text: string): TableStore {
  const store = TABLE_STORES.find((name) => name === text);
  if (store === undefined) throw new Error(`--store must be ${TABLE_STORES.join(' or ')}, not "${text}".`);
  return store;
}
