import { startApiProxy } from './api-proxy.ts';
import { startDependencies } from './dependencies.ts';
import type { Dependencies } from './dependencies.ts';
import { signInSettings, apiUrl, brokerUrl, graphUrl, tablesUrl } from './environment.ts';
import type { CloudOptions } from './options.ts';
import { startFront, type Front } from './sign-in/front.ts';
import { allOrNone, startLocalPart, stopParts } from './parts.ts';
import type { Ports } from './ports.ts';
import { removeState, writeState } from './state-file.ts';
import type { CloudState } from './state-file.ts';
import type { Part } from './supervisor.ts';

/** Functions that run may finish for this long after the first Ctrl-C. */
const HOST_GRACE_MS = 10_000;

export interface Cloud {
  /** Ends hosts first, then what they depend on. Leaves no process. */
  stop(): Promise<void>;
}

/**
 * The whole cloud: the dependencies, the functions hosts, and the proxy that owns the API's port. The ports must be
 * free.
 * Resolves when a host answers. Keeps the state file, if one is wanted, current until the end.
 */
export async function startCloud(options: CloudOptions, ports: Ports): Promise<Cloud> {
  const current: { dependencies?: Dependencies; hosts?: readonly Part[] } = {};
  const saveState = (): void => {
    const { dependencies, hosts } = current;
    if (options.stateFile === undefined || dependencies === undefined || hosts === undefined) return;
    writeState(options.stateFile, describe(ports, dependencies, hosts));
  };

  const dependencies = await startDependencies(options, ports, saveState);
  current.dependencies = dependencies;
  let hosts: readonly Part[] = [];
  try {
    const environment = { ...dependencies.appEnvironment, ...(options.auth && signInSettings(ports)) };
    hosts = await startHosts(options, environment, saveState);
    const liveHosts = (): URL[] => hosts.filter((host) => host.current.ready).map((host) => hostUrl(host));
    const proxy = await startApiProxy(ports.api, liveHosts, undefined, options.auth ? frontOf(ports) : undefined);
    current.hosts = hosts;
    saveState();
    return {
      async stop() {
        const closed = proxy.close();
        await stopParts(hosts, HOST_GRACE_MS);
        proxy.cut();
        await closed;
        await dependencies.stop();
        if (options.stateFile !== undefined) removeState(options.stateFile);
      },
    };
  } catch (error) {
    await stopParts(hosts, 0);
    await dependencies.stop();
    throw error;
  }
}

function startHosts(options: CloudOptions, env: NodeJS.ProcessEnv, onChange: () => void): Promise<readonly Part[]> {
  return allOrNone(
    Array.from({ length: options.hosts }, (_, index) =>
      startLocalPart({
        name: options.hosts === 1 ? 'host' : `host ${index + 1}`,
        entry: 'host/main.ts',
        // As in the cloud, only one instance follows the timers' schedules.
        args: ['--app-dir', options.appDir, ...(index === 0 ? [] : ['--on-demand-timers'])],
        env,
        cwd: options.appDir,
        hasMemory: false,
        showOutput: true,
        onChange,
      }),
    ),
  );
}

function frontOf(ports: Ports): Front {
  const { AZURE_TENANT_ID: tenantId, API_CLIENT_ID: clientId } = signInSettings(ports);
  return startFront({ tenantId, clientId, loginUrl: graphUrl(ports) });
}

const hostUrl = (host: Part): URL => new URL(`http://127.0.0.1:${host.current.port}`);

function describe(ports: Ports, { graph, tables, broker }: Dependencies, hosts: readonly Part[]): CloudState {
  return {
    api: { url: apiUrl(ports), pid: process.pid },
    graph: { url: graphUrl(ports), pid: graph.current.pid },
    tables: { url: tablesUrl(ports), pid: tables.current.pid },
    broker: { url: brokerUrl(ports), pid: broker.current.pid },
    hosts: hosts.map((host) => ({ url: hostUrl(host).origin, pid: host.current.pid })),
  };
}
