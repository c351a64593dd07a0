// The table service as a process: node local/tables/main.ts --port N [--store azurite|light | --blobs]
import { parseArgs } from 'node:util';
import { announceReady, endOnSignal, endWithParent, exitNotStarted, parsePort } from '../cloud/part-contract.ts';
import { parseStore, startBlobs, startTables } from './store.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7073' },
    store: { type: 'string', default: 'azurite' },
    // Serves Azurite's blobs in place of tables, for Core Tools.
    blobs: { type: 'boolean', default: false },
  },
});

const port = parsePort(values.port, '--port');
endWithParent();
try {
  const store = parseStore(values.store);
  if (values.blobs && store !== 'azurite') throw new Error(`--blobs are Azurite's: leave --store ${store} out.`);
  const server = await (values.blobs ? startBlobs(port) : startTables(store, port));
  // The data is in memory and goes with the process, so there is nothing to close in order.
  endOnSignal(() => Promise.resolve());
  announceReady(server.port);
} catch (error) {
  exitNotStarted(values.blobs ? 'blobs' : 'tables', port, error);
}
