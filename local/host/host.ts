import type { RegisteredFunction } from './app/core-api.ts';
import { createInvocations } from './app/invocations.ts';
import { AppNotLoadedError, loadApp } from './app/load-app.ts';
import type { LoadedApp } from './app/load-app.ts';
import { readHostJson } from './host-json.ts';
import { DEFAULT_MAX_BODY_BYTES, startHttp } from './http/server.ts';
import type { Log } from './log.ts';
import type { ServiceBusListener } from './service-bus/trigger.ts';
import { applySettings, readLocalSettings } from './settings.ts';
import { createTimer } from './timers/trigger.ts';
import type { Timer } from './timers/trigger.ts';

export interface HostOptions {
  readonly appDir: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** False: timers run only on demand. Of several hosts only one follows the schedules, as in the cloud. */
  readonly followSchedules: boolean;
  readonly log: Log;
}

export interface FunctionsHost {
  readonly port: number;
  /**
   * Takes nothing new, lets what runs finish for at most `graceMs`, then ends, within seconds. Resolves with what still
   * ran.
   */
  stop(graceMs: number): Promise<number>;
}

/** What closing may take: the SDK waits a minute for the answers of a broker that has gone silent. */
const CLOSING_MS = 3_000;

/**
 * Runs a built function app in this process: its HTTP functions on the loopback address, its Service Bus functions and
 * its timers. Throws AppNotLoadedError when the app cannot run.
 */
export async function startHost(options: HostOptions): Promise<FunctionsHost> {
  const { appDir, log } = options;
  applySettings(readLocalSettings(appDir), process.env);
  const hostJson = readHostJson(appDir);
  const app = await loadApp(appDir, log);
  const invocations = createInvocations(app, log);
  const timers = new Map<string, Timer>();
  const listeners: ServiceBusListener[] = [];

  const http = await startHttp(
    app,
    invocations,
    {
      port: options.port,
      routePrefix: hostJson.routePrefix,
      maxBodyBytes: Number(process.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? DEFAULT_MAX_BODY_BYTES),
      runNow: (name) => {
        const timer = timers.get(name);
        timer?.runNow();
        return timer !== undefined;
      },
    },
    log,
  );
  await startTriggers(app, {
    servicebustrigger: async (registered) => {
      // Loaded when needed: the SDK takes a quarter of a second.
      const { startServiceBusTrigger } = await import('./service-bus/trigger.ts');
      listeners.push(startServiceBusTrigger(registered, hostJson.serviceBus, invocations, log));
    },
    timertrigger: (registered) => timers.set(registered.metadata.name, createTimer(registered, invocations, log)),
    httptrigger: () => undefined,
  });
  if (options.followSchedules) for (const timer of timers.values()) timer.start();

  const close = async (): Promise<void> => {
    for (const callback of app.hooks.appTerminate) await callback({ hookData: {} });
    await Promise.allSettled(listeners.map((listener) => listener.close()));
  };

  return {
    port: http.port,
    async stop(graceMs) {
      for (const timer of timers.values()) timer.stop();
      const drained = Promise.all([http.close(), ...listeners.map((listener) => listener.stop())]).then(() =>
        invocations.idle(),
      );
      const inTime = await Promise.race([drained.then(() => true), sleep(graceMs).then(() => false)]);
      const left = inTime ? 0 : invocations.running;
      http.cut();
      await Promise.race([close(), sleep(CLOSING_MS)]);
      return left;
    },
  };
}

async function startTriggers(
  app: LoadedApp,
  starters: Record<string, (registered: RegisteredFunction) => unknown>,
): Promise<void> {
  for (const registered of app.functions.values()) {
    const { name } = registered.metadata;
    const start = starters[registered.trigger.type.toLowerCase()];
    if (start === undefined)
      throw new AppNotLoadedError(
        `The function ${name} has a ${registered.trigger.type}, which the local host does not provide.`,
      );
    try {
      await start(registered);
    } catch (error) {
      throw new AppNotLoadedError(
        `The function ${name} cannot start: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
