/**
 * The lazy composition root: what an invocation needs is made once in a process, at first use. The SDKs that only some
 * need (identity, Graph, Service Bus) are loaded by the first call that needs them: reading a job must not wait for the
 * worker's.
 */
import type { TokenCredential } from '@azure/identity';
import { correctedClock } from './adapters/clock.ts';
import { lateIdentity } from './adapters/late-identity.ts';
import { once } from './adapters/once.ts';
import type { PostToGraph } from './adapters/graph/client.ts';
import { guestDirectory } from './adapters/graph/directory.ts';
import { invitations } from './adapters/graph/invitations.ts';
import { queueLoadedBy } from './adapters/queue/loaded-queue.ts';
import { systemRandom } from './adapters/random.ts';
import { auditStore } from './adapters/tables/audit-store.ts';
import { erasureStore } from './adapters/tables/erasure-store.ts';
import { chunkStore } from './adapters/tables/chunk-store.ts';
import { connectTables } from './adapters/tables/client.ts';
import { controlStore } from './adapters/tables/control-store.ts';
import { guestStore } from './adapters/tables/guest-store.ts';
import { idempotencyStore } from './adapters/tables/idempotency-store.ts';
import { jobStore } from './adapters/tables/job-store.ts';
import { recentJobs } from './adapters/tables/recent-jobs.ts';
import { authenticationOf, type Authentication } from './authentication.ts';
import { CLOUDS, cloudNamed, type Cloud } from './clouds.ts';
import { linksOf, readConfig, type Address, type Config, type Links } from './config.ts';
import type { Deps } from './usecases/deps.ts';
import { ownSends } from './domain/pace/own-sends.ts';
import type { Log, Trace } from './usecases/ports.ts';
import { parseTraceparent } from './domain/traceparent.ts';
import { wordsOf } from './adapters/invocation-log.ts';
import { currentTraceparent, linkTo, note } from './adapters/telemetry/span.ts';
import { tracedPost } from './adapters/telemetry/graph-span.ts';
import { lateTelemetry } from './adapters/telemetry/late-telemetry.ts';

/** Everything but the log, which belongs to one invocation. */
export interface Runtime {
  readonly config: Config;
  deps(log: Log): Deps;
}

/** What the app tells of itself beside its log, once somebody has said where to; the host sends its own to the same. */
export const telemetry = lateTelemetry({
  isWanted: () =>
    ['APPLICATIONINSIGHTS_CONNECTION_STRING', 'OTEL_EXPORTER_OTLP_ENDPOINT'].some(
      (name) => (process.env[name]?.trim() ?? '') !== '',
    ),
  load: async () => {
    const { startExporting } = await import('./adapters/telemetry/exporting.ts');
    return startExporting(process.env, async (clientId) => {
      const { appIdentity } = await import('./adapters/identity.ts');
      const cloud: Cloud = CLOUDS[cloudNamed(process.env['GRAPH_CLOUD']?.trim() ?? '') ?? 'Global'];
      return appIdentity(cloud.login, clientId ?? process.env['AZURE_CLIENT_ID']);
    });
  },
});

let runtime: Promise<Runtime> | undefined;

/** A failed start is tried again by the next invocation: settings and networks get mended. */
export function getRuntime(): Promise<Runtime> {
  runtime ??= start().catch((error: unknown) => {
    runtime = undefined;
    throw error;
  });
  return runtime;
}

/**
 * The configuration by itself, for what must work without any service.
 * @throws ConfigError
 */
export const readConfigNow = (): Config => readConfig(process.env);

/** A configuration problem is a rejected promise like any other. */
async function start(): Promise<Runtime> {
  return compose(readConfigNow());
}

/** Who callers are, even where the rest of the configuration is wrong. */
export const readAuthenticationNow = (): Authentication => authenticationOf(process.env);

/** Where links lead, even where the rest of the configuration is wrong; undefined where that is wrong itself. */
export const readLinksNow = (): Links | undefined => linksOf(process.env);

async function compose(config: Config): Promise<Runtime> {
  const clock = correctedClock();
  const credential = lateIdentity(async () => {
    const { appIdentity } = await import('./adapters/identity.ts');
    return appIdentity(config.authorityHost, config.clientId);
  });

  const tables = connectTables(
    connection(config.tables, (endpoint) => ({ endpoint, credential })),
    (date) => clock.onServerDate(date),
  );
  const queue = queueLoadedBy(
    once(async () => {
      const { connectQueue } = await import('./adapters/queue/queue.ts');
      return connectQueue(
        connection(config.serviceBus, (fullyQualifiedNamespace) => ({ fullyQualifiedNamespace, credential })),
        config.queues,
        clock,
        TRACE.traceparent,
      );
    }),
  );
  const post = postToGraph(config, credential);
  const recent = recentJobs(clock);
  const { defaultRedirectUrl, allowedEmailDomains } = config;
  const parts: Omit<Deps, 'log' | 'jobs' | 'chunks'> = {
    guests: guestStore(tables.guests),
    control: controlStore(tables.control, config.tenantId, clock),
    idempotency: idempotencyStore(tables.idempotency),
    audit: auditStore(tables.audit),
    erasures: erasureStore(tables.guests),
    directory: guestDirectory(post, clock, config.graph.endpoint),
    invitations: invitations(post),
    ownSends: ownSends(),
    queue,
    clock,
    random: systemRandom,
    measure: telemetry.measure,
    trace: TRACE,
    policy: config.policy,
    deployment: { defaultRedirectUrl, ...(allowedEmailDomains !== undefined && { allowedEmailDomains }) },
  };
  return {
    config,
    deps: (log) => ({
      ...parts,
      jobs: jobStore(tables.jobs, recent, log),
      chunks: chunkStore(tables.chunks, log),
      log,
    }),
  };
}

/** Each call is told of. */
function postToGraph({ graph, policy }: Config, credential: TokenCredential): PostToGraph {
  const connected = once(async () => {
    const { connectGraph } = await import('./adapters/graph/client.ts');
    return connectGraph({ ...graph, credential, timeoutSeconds: policy.graphTimeoutSeconds });
  });
  const post: PostToGraph = async (path, body) => (await connected())(path, body);
  return tracedPost(post, graph.endpoint, telemetry.span, telemetry.measure);
}

/** Outside of every span, as all is where nobody wants to know, these do nothing. */
const TRACE: Trace = {
  traceparent: currentTraceparent,
  linkTo: (traceparent) => linkTo(parseTraceparent(traceparent)),
  note: (fields) => note(wordsOf(fields)),
};

function connection<T>(
  address: Address,
  withIdentity: (address: string) => T,
): T | { readonly connectionString: string } {
  return 'connectionString' in address ? address : withIdentity(address.address);
}
