/**
 * Loads an app once, in a process that has loaded nothing else, and runs one function twice: `node load-child.ts
 * APP_DIR http|worker JOB_ID`.
 */
import { randomUUID } from 'node:crypto';
import { get } from 'node:http';
import { createInvocations } from '../../local/host/app/invocations.ts';
import { traceContextFrom } from '../../local/host/app/trace-context.ts';
import { loadApp, type LoadedApp } from '../../local/host/app/load-app.ts';
import { toRpc } from '../../local/host/app/rpc.ts';
import { startHttp } from '../../local/host/http/server.ts';
import { createLog } from '../../local/host/log.ts';
import { applySettings, readLocalSettings } from '../../local/host/settings.ts';
import { measureLoading } from './loading-time.ts';

export interface LoadTimes {
  /** `require` of the app, and what the library does at the start of one. */
  readonly startMs: number;
  /** Modules that the function's first run loaded. */
  readonly laterMs: number;
  /** From before `require` to the end of the function's first run. */
  readonly firstMs: number;
  readonly secondMs: number;
}

const [appDir = '', kind = '', jobId = ''] = process.argv.slice(2);
const log = createLog('error', (line) => process.stderr.write(line));
applySettings(readLocalSettings(process.cwd()), process.env);

const startedAt = performance.now();
const app = await loadApp(appDir, log);
const startMs = performance.now() - startedAt;
const loadingMs = measureLoading();
const listensAt = performance.now();
const run = kind === 'http' ? await httpFunction(app) : worker(app);
// The server is the local host's, and no part of the app.
const hostMs = performance.now() - listensAt;
await run();
const firstMs = performance.now() - startedAt - hostMs;
const laterMs = loadingMs();
const secondAt = performance.now();
await run();
process.send?.({ startMs, laterMs, firstMs, secondMs: performance.now() - secondAt } satisfies LoadTimes, () =>
  process.exit(0),
);

async function httpFunction(loaded: LoadedApp): Promise<() => Promise<unknown>> {
  const { port } = await startHttp(
    loaded,
    createInvocations(loaded, log),
    { port: 0, routePrefix: 'api', maxBodyBytes: 1e6, runNow: () => false },
    log,
  );
  return () =>
    new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: `/api/jobs/${jobId}` }, (response) => {
        if (response.statusCode !== 200)
          reject(new Error(`GET /api/jobs/${jobId} was answered ${response.statusCode}`));
        response.resume().once('end', resolve);
      }).once('error', reject);
    });
}

/** The first run resets a guest; the second finds that all is done. */
function worker(loaded: LoadedApp): () => Promise<unknown> {
  const registered = loaded.functions.get('processPriorityChunk');
  if (registered === undefined) throw new Error('the app has no function processPriorityChunk');
  const invocations = createInvocations(loaded, log);
  const wake = toRpc.string(JSON.stringify({ version: 1, jobId, chunk: 0, wake: 1 }));
  return () =>
    invocations.invoke(registered, {
      invocationId: randomUUID(),
      traceContext: traceContextFrom(undefined, undefined),
      inputData: [{ name: registered.triggerName, data: wake }],
      triggerMetadata: {},
    });
}
