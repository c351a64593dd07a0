// Azurite's table service as a process: node local/tables/main.ts --port N [--blobs]
import { parseArgs } from 'node:util';
import { announceReady, endOnSignal, endWithParent, exitNotStarted, parsePort } from '../cloud/part-contract.ts';
import { createBlobServer, createTableServer } from './azurite.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '7073' },
    // Serves blobs in place of tables, for Core Tools.
    blobs: { type: 'boolean', default: false },
  },
});

const port = parsePort(values.port, '--port');
endWithParent();
try {
  const server = values.blobs ? createBlobServer(port) : createTableServer(port);
  await server.start();
  // The data is in memory and goes with the process, so there is nothing to close in order.
  endOnSignal(() => Promise.resolve());
  announceReady(Number(new URL(server.getHttpServerAddress()).port));
} catch (error) {
  exitNotStarted(values.blobs ? 'blobs' : 'tables', port, error);
}
