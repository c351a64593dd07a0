/** What the built app tells a collector of OpenTelemetry, against what the simulated tenant has counted. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DirectoryUser } from '../../local/graph/directory.ts';
import { METRICS, type MetricName } from '../../shared/domain/metrics.ts';
import { createServer, type RequestListener } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { startCollector, type CollectedSpan, type Collector } from '../otlp-collector.ts';
import { startCloud, type TestCloud } from './cloud.ts';

interface SubmittedJob {
  readonly id: string;
  readonly status: string;
  readonly total: number;
}
interface Stats {
  readonly roundTrips: number;
  readonly requests: { readonly invite: number };
  readonly writes: { readonly invite: number };
  readonly throttled: number;
}

const SOON = { timeout: 20_000, interval: 100 };
const json = async <T>(url: string, init?: RequestInit): Promise<T> => (await (await fetch(url, init)).json()) as T;

/** A cloud that tells a collector of its own. @param env beside that */
async function startTold(env: NodeJS.ProcessEnv = {}): Promise<{ cloud: TestCloud; collector: Collector }> {
  const collector = await startCollector();
  const cloud = await startCloud({
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_METRIC_EXPORT_INTERVAL: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '200',
      ...env,
    },
  });
  return { cloud, collector };
}

const resettable = async ({ graph }: TestCloud): Promise<DirectoryUser[]> =>
  (await json<(DirectoryUser & { roles: unknown[] })[]>(`${graph}/_sim/users`)).filter(
    ({ creationType, externalUserState, roles }) =>
      creationType === 'Invitation' && externalUserState === 'Accepted' && roles.length === 0,
  );

const submit = (cloud: TestCloud, users: readonly DirectoryUser[], more: object = {}): Promise<SubmittedJob> =>
  json<SubmittedJob>(`${cloud.api}/jobs`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Prefer: 'wait=25' },
    body: JSON.stringify({
      verify: false,
      sendInvitationMessage: true,
      ...more,
      resets: users.map(({ mail }) => ({ user: mail })),
    }),
  });

const ofJob = (spans: readonly CollectedSpan[], { id }: SubmittedJob, name: string): CollectedSpan[] =>
  spans.filter((span) => span.name === name && span.attributes['guest_reset.jobId'] === id);

/** Spans below these, however deep. */
function below(spans: readonly CollectedSpan[], roots: readonly CollectedSpan[]): CollectedSpan[] {
  const children = spans.filter(({ parentSpanId }) => roots.some(({ spanId }) => spanId === parentSpanId));
  return children.length === 0 ? [] : [...children, ...below(spans, children)];
}

describe.each([
  ['continues the trace of a message', {}],
  ['begins a trace for each message', { LOCAL_HOST_TRACES: 'new' }],
])('where the host %s', (_name, env) => {
  let cloud: TestCloud;
  let collector: Collector;
  let users: DirectoryUser[];
  beforeAll(async () => {
    ({ cloud, collector } = await startTold(env));
    users = await resettable(cloud);
  });
  afterAll(async () => {
    await cloud?.stop();
    await collector?.close();
  });

  test('one trace leads from the request over the queue to each batch that Graph got', async () => {
    const job = await submit(cloud, users.slice(0, 3));
    expect(job).toMatchObject({ status: 'completed', total: 3 });
    const { roundTrips } = await json<Stats>(`${cloud.graph}/_sim/stats`);
    await expect
      .poll(() => collector.spans().filter(({ name }) => name === 'POST /$batch').length, SOON)
      .toBe(roundTrips);
    const spans = collector.spans();
    const [submitted] = ofJob(spans, job, 'submitJob');
    const wakes = ofJob(spans, job, 'processPriorityChunk');
    expect([submitted?.attributes['http.response.status_code'], wakes.length]).toEqual([200, 1]);
    const batches = below(spans, wakes);
    expect(batches.map(({ attributes }) => String(attributes['guest_reset.kind'])).sort()).toEqual([
      'invite',
      'lookUp',
      'roles',
    ]);
    expect(new Set([...wakes, ...batches].map(({ traceId }) => traceId))).toEqual(new Set([submitted?.traceId]));
  });
});

describe('a collector', () => {
  let cloud: TestCloud;
  let collector: Collector;
  let users: DirectoryUser[];
  beforeAll(async () => {
    ({ cloud, collector } = await startTold());
    users = await resettable(cloud);
  });
  afterAll(async () => {
    await cloud?.stop();
    await collector?.close();
  });
  const sumOf = (metric: MetricName, by: Readonly<Record<string, unknown>> = {}): number =>
    collector
      .points()
      .filter(({ metric: name }) => name === METRICS[metric].name)
      .filter(({ attributes }) =>
        Object.entries(by).every(([key, value]) => attributes[`guest_reset.${key}`] === value),
      )
      .reduce((sum, { count }) => sum + count, 0);

  const invitesTraced = (): number =>
    collector.spans().filter(({ attributes }) => attributes['guest_reset.kind'] === 'invite').length;

  test('gets numbers that add up to what the tenant has counted, each with its unit', async () => {
    await fetch(`${cloud.graph}/_sim/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'invite', status: 429, retryAfter: 1 }),
    });
    const jobs = [await submit(cloud, users.slice(0, 25)), await submit(cloud, users.slice(25, 28))];
    expect(jobs.map(({ status }) => status)).toEqual(['completed', 'completed']);
    const stats = await json<Stats>(`${cloud.graph}/_sim/stats`);
    const told = (): object => ({
      roundTrips: sumOf('graphDuration'),
      succeeded: sumOf('resets', { outcome: 'succeeded' }),
      bulk: sumOf('resets', { lane: 'bulk' }),
      attempts: sumOf('attempts'),
      throttled: sumOf('throttled'),
      inDoubt: sumOf('inDoubt'),
      notTraced: sumOf('paceLag') - invitesTraced(),
      hasSent: sumOf('paceLag') >= 4,
    });
    await expect.poll(told, SOON).toEqual({
      roundTrips: stats.roundTrips,
      succeeded: stats.writes.invite,
      bulk: 25,
      attempts: stats.requests.invite - 1,
      throttled: 1,
      inDoubt: 0,
      notTraced: 0,
      hasSent: true,
    });
    expect([sumOf('laneLatency', { lane: 'bulk' }) >= 2, sumOf('laneLatency', { lane: 'priority' })]).toEqual([
      true,
      1,
    ]);
    const units = Object.values(METRICS).map(({ name, unit }) => [name, unit]);
    for (const { metric, unit } of collector.points()) expect(units).toContainEqual([metric, unit]);
  });

  test('gets no address, no name and no link, whatever was asked about guests and whatever Graph quoted', async () => {
    const [one, other] = users.slice(30);
    const fault = { kind: 'any', status: 403, quotes: true };
    await json(`${cloud.api}/guests/${encodeURIComponent(String(one?.mail))}/resets`, {
      method: 'POST',
      headers: { Prefer: 'wait=20' },
    });
    await fetch(`${cloud.graph}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) });
    await json(`${cloud.api}/guests/${encodeURIComponent(String(other?.userPrincipalName))}/resets`);
    await json(`${cloud.api}/guests/${encodeURIComponent(String(other?.mail))}/resets`);
    const named = (name: string) => collector.spans().filter((span) => span.name === name).length;
    await expect.poll(() => [named('resetGuest') >= 1, named('listGuestResets')], SOON).toEqual([true, 2]);
    const received = collector.received().toLowerCase();
    const told = users
      .flatMap(({ mail, userPrincipalName, displayName }) => [mail, userPrincipalName, displayName])
      .filter((name) => name !== null && name !== '' && received.includes(name.toLowerCase()));
    expect(told).toEqual([]);
    expect(['@', '%40', 'redeem?', 'guests/', 'bearer'].filter((sign) => received.includes(sign))).toEqual([]);
  });
});

describe('a collector that does not work', () => {
  test.each<[string, RequestListener | 'closed']>([
    ['never answers', () => undefined],
    ['refuses', (_request, response) => void response.writeHead(400).end()],
    ['fails', (_request, response) => void response.writeHead(503, { 'Retry-After': '600' }).end()],
    ['is not there', 'closed'],
  ])('and %s changes no answer, and keeps no host from ending', async (_how, answer) => {
    const server = createServer(answer === 'closed' ? undefined : answer);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // A TCP server that listens has one.
    if (answer === 'closed') server.close();
    const cloud = await startCloud({
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`, OTEL_BSP_SCHEDULE_DELAY: '100' },
    });
    const job = await submit(cloud, (await resettable(cloud)).slice(0, 2));
    const again = await submit(cloud, (await resettable(cloud)).slice(2, 4));
    const began = performance.now();
    const code = await cloud.stop();
    server.closeAllConnections();
    server.close();
    expect([job.status, again.status, code]).toEqual(['completed', 'completed', 0]);
    expect(performance.now() - began).toBeLessThan(8_000);
    expect(cloud.logs()).not.toMatch(/Error|deliveryFailed|unhandled/i);
  });
});
