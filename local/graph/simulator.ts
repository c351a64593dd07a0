/**
 * Microsoft Graph on one machine: a stateful directory behind plain HTTP. `docs/simulator-differences.md` says what it
 * is not.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { dress, type Outcome } from './answer.ts';
import { batchOperation } from './batch.ts';
import { control, type ControlAnswer } from './control-plane.ts';
import { Directory } from './directory.ts';
import { readAdministrator } from './entra/administrators.ts';
import { controlEntra } from './entra/control.ts';
import { Entra } from './entra/entra.ts';
import { entraOperation } from './entra/operations.ts';
import { errors } from './errors.ts';
import { FaultList } from './faults.ts';
import { listen, readJson, send, stop } from './http.ts';
import { openIdDocument } from './api-tokens.ts';
import { appOf, issueToken, refuseToken } from './identity.ts';
import { LifecycleWorkflows } from './lifecycle/lifecycle-workflows.ts';
import { lifecycleOperation } from './lifecycle/operations.ts';
import { operationOf, perform } from './operations.ts';
import { seededRandom } from './random.ts';
import { splitUrl } from './request.ts';
import { serveSignIn } from './sign-in/endpoints.ts';
import { noSignIns } from './sign-in/sign-ins.ts';
import type { SimulatorState } from './state.ts';
import { Statistics } from './statistics.ts';
import { generateTenant } from './tenant.ts';
import { drawLatencyMs, NO_LATENCY } from './latency.ts';
import { Policies } from './policies.ts';
import { Replication, type Lag } from './replication.ts';
import { SimClock } from './sim-clock.ts';
import { Throttle } from './throttle.ts';

export interface SimulatorOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** How many plain guests the tenant has. */
  readonly guests: number;
  readonly seed: number;
  /** See `SimulatorState`. Default `documented`. */
  readonly batchDependencies?: 'documented' | 'any';
  readonly now?: () => Date;
  /** Whether the documented budgets refuse. They are counted always. Default `none`. */
  readonly throttle?: 'documented' | 'none';
  /** How much faster than the machine's the service's clock runs. Default 1. */
  readonly speed?: number;
  /** Reads lag behind writes by so much. Default not at all. */
  readonly lag?: Lag;
}

export interface GraphSimulator {
  /** Without a version and without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly directory: Directory;
  close(): Promise<void>;
}

/** Starts on the loopback address. Rejects with Node's own error when the port is taken. */
export async function startGraphSimulator(options: SimulatorOptions): Promise<GraphSimulator> {
  const { guests, special } = generateTenant(options);
  const directory = new Directory([...guests, ...special.map(({ user }) => user)]);
  const clock = new SimClock(options.now ?? (() => new Date()), options.speed ?? 1);
  const now = (): Date => clock.now();
  const replication = new Replication(directory, seededRandom(options.seed, 'replication'), now);
  if (options.lag !== undefined) replication.lag = options.lag;
  const lagRandom = seededRandom(options.seed, 'registrations lag');
  const drawLagMs = (): number => {
    const { minMs, maxMs } = replication.lag;
    return minMs + lagRandom.fraction() * (maxMs - minMs);
  };
  const state: SimulatorState = {
    origin: '',
    directory,
    entra: new Entra(seededRandom(options.seed, 'registrations'), now, drawLagMs),
    lifecycle: new LifecycleWorkflows(),
    signIns: noSignIns(),
    outbox: [],
    faults: new FaultList(),
    statistics: new Statistics(),
    throttle: new Throttle(guests.length + special.length, options.throttle === 'documented'),
    random: seededRandom(options.seed, 'answers'),
    clock,
    now,
    policies: new Policies(),
    replication,
    latency: NO_LATENCY,
    latencyRandom: seededRandom(options.seed, 'latency'),
    batchDependencies: options.batchDependencies ?? 'documented',
  };
  const server = createServer((request, response) => {
    serve(state, options.seed, request, response).catch((error: unknown) => {
      console.error(`graph: ${request.method} ${request.url} broke the simulator:`, error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port);
  state.origin = `http://localhost:${port}`;
  return { url: state.origin, port, directory: state.directory, close: () => stop(server) };
}

async function serve(
  state: SimulatorState,
  seed: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://graph.example');
  if (url.pathname === '/_sim/identity/token') {
    const { status, body } = issueToken(
      seed,
      state.now(),
      url.searchParams,
      request.headers['x-identity-header']?.toString(),
    );
    return send(response, status, {}, body);
  }
  const document = openIdDocument(url.pathname, state.origin);
  if (document !== undefined) return send(response, 200, {}, document);
  if (await serveSignIn(state.signIns, state.now(), request, response)) return;
  const body = await readJson(request);
  if (url.pathname.startsWith('/_sim')) {
    const answer =
      'invalid' in body
        ? { status: 400, body: { message: body.invalid } }
        : orderedOf(state, seed, request.method ?? '', url.pathname, body.value);
    return send(response, answer.status, {}, answer.body);
  }
  const { act, answer } = await serveGraph(state, seed, request, body);
  if (act === 'drop' || act === 'omit') {
    request.socket.destroy();
    return;
  }
  const { status, headers, body: content } = dress(answer, state.now(), clientRequestId(request));
  send(response, status, headers, content);
}

function orderedOf(state: SimulatorState, seed: number, method: string, path: string, body: unknown): ControlAnswer {
  return controlEntra(state, seed, `${method} ${path}`, body) ?? control(state, method, path, body);
}

async function serveGraph(
  state: SimulatorState,
  seed: number,
  request: IncomingMessage,
  body: Awaited<ReturnType<typeof readJson>>,
): Promise<Outcome> {
  state.statistics.roundTrips++;
  const latencyMs = drawLatencyMs(state.latency, state.latencyRandom);
  if (latencyMs > 0) await sleep(state.clock.outerMs(latencyMs), undefined, { ref: false });
  const who = readAdministrator(seed, state.now(), request.headers);
  const refusal = who === undefined ? refuseToken(seed, state.now(), request.headers) : undefined;
  if (refusal !== undefined) return { act: 'answer', answer: refusal };
  if ('invalid' in body) return { act: 'answer', answer: errors.invalidBody(body.invalid) };
  const target = splitUrl(request.url ?? '/');
  if (target === undefined) return { act: 'answer', answer: errors.unknownSegment(request.url ?? '') };
  const graphRequest = { ...target, method: request.method ?? '', body: body.value };
  const createIfMissing = /\bcreate-if-missing\b/.test(request.headers['prefer']?.toString() ?? '');
  const appId = who === undefined ? appOf(request.headers) : undefined;
  const isBatch = graphRequest.method === 'POST' && target.path.join('/') === '$batch';
  const operation = isBatch
    ? batchOperation(state, graphRequest, clientRequestId(request))
    : (lifecycleOperation(state, { ...graphRequest, who, createIfMissing, appId }) ??
      entraOperation(state, { ...graphRequest, who, createIfMissing }) ??
      operationOf(state, graphRequest));
  return 'status' in operation ? { act: 'answer', answer: operation } : perform(state, operation);
}

function clientRequestId(request: IncomingMessage): string | undefined {
  return request.headers['client-request-id']?.toString();
}
