/**
 * Gives every HTTP invocation the request that arrived for it, and nobody another's.
 *
 * With streams the host sends an invocation, and forwards the request to a server of the library's with the
 * invocation's id in `x-ms-invocation-id`; but a caller's own header of that name wins (`TryAdd` in
 * DefaultHttpProxyService of azure-functions-host). The library then waits for the missing one without an end, and
 * keeps the other. So requests are held back before the library sees them, until an invocation asks for theirs: an id
 * is a GUID that the host has just made up, so no caller knows one that still waits.
 */
import { randomUUID } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { HttpRequest } from '@azure/functions';
import type { CoreInvocationContext, InvocationModel, ProgrammingModel } from '@azure/functions-core';
import { problem, type Problem } from '../../../domain/api/problem.ts';
import { atSpeedOf, orBreak } from '../answers/answer-stream.ts';
import { arrivedHeaders, arrivedUrl, rememberArrived } from './arrived-request.ts';
import { answerPlainly } from '../answers/plain-answer.ts';
import { meeting, type Meeting, type MeetingRules } from './meeting.ts';
import { OTHER_ROUTES } from '../other-routes.ts';
import { HTTP_ROUTES, matchRoute, type HttpFunctionName } from '../routes.ts';

/** The two come within milliseconds of each other. What waits is some kilobytes each. */
const RULES: MeetingRules = { waitMs: 10_000, most: 1_000 };

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Gives it to the library. */
  pass(): void;
}

/** Answers a request that no function gets. */
type Refuse = (arrival: Arrival, why: Problem) => void;

const NOT_MATCHED = problem(
  'requestNotMatched',
  'The request could not be told from others, and nothing was done. Leave the header x-ms-invocation-id out, and ' +
    'repeat it.',
);
const MALFORMED = problem('malformedRequest', 'The Host or the path of the request cannot be read. Nothing was done.');

/**
 * To be called once, before the app starts.
 * @param warn into the log of the host
 */
export function takeTrueRequests(model: ProgrammingModel, warn: (message: string) => void, rules = RULES): void {
  const refuse: Refuse = (arrival, why) => {
    const traceId = randomUUID();
    warn(`${why.code} ${traceId}`);
    answerPlainly(arrival, why, traceId);
  };
  const arrivals = meeting<Arrival>(rules, (missed) => refuse(missed, NOT_MATCHED));
  const getInvocationModel = model.getInvocationModel.bind(model);
  const getCapabilities = model.getCapabilities.bind(model);
  model.getCapabilities = async (own) => {
    const capabilities = await getCapabilities(own);
    if (capabilities['HttpUri'] !== undefined)
      holdBack(Number(new URL(capabilities['HttpUri']).port), arrivals, refuse);
    return capabilities;
  };
  model.getInvocationModel = (context) =>
    isHttp(context)
      ? invocationOf(context, getInvocationModel(withoutMetadata(context)), arrivals, refuse)
      : getInvocationModel(context);
}

const isHttp = ({ metadata }: CoreInvocationContext): boolean =>
  Object.values(metadata.bindings ?? {}).some(({ type }) => type?.toLowerCase() === 'httptrigger');

/** A GUID in the host's own spelling. */
const INVOCATION_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Takes the requests of the server on this port: of all servers of the process, only the library's listens there. */
function holdBack(port: number, arrivals: Meeting<Arrival>, refuse: Refuse): void {
  const channel = 'http.server.request.start';
  // Published before the server's listeners are called, for the first request too.
  function onRequest(message: unknown): void {
    const { server } = message as { readonly server: Server };
    const address = server.address();
    if (typeof address !== 'object' || address?.port !== port) return;
    unsubscribe(channel, onRequest);
    const library = server.listeners('request');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const id = request.headers['x-ms-invocation-id'];
      const pass = (): void => library.forEach((listener) => Reflect.apply(listener, server, [request, response]));
      const arrival = { request, response, pass };
      if (typeof id === 'string' && INVOCATION_ID.test(id)) arrivals.arrive(id, arrival);
      else refuse(arrival, NOT_MATCHED);
    });
  }
  subscribe(channel, onRequest);
}

/** What a caller has written into it can neither be read by mistake, nor make the library throw. */
function withoutMetadata(core: CoreInvocationContext): CoreInvocationContext {
  return {
    invocationId: core.invocationId,
    metadata: core.metadata,
    request: { ...core.request, triggerMetadata: {} },
    get state() {
      return core.state;
    },
    log: (level, category, message) => core.log(level, category, message),
  };
}

/** The parameters of the function's own route; where the host has called it for another path, none. */
function paramsOf(name: string | null | undefined, path: string): Readonly<Record<string, string>> | undefined {
  if (typeof name === 'string' && Object.hasOwn(OTHER_ROUTES, name)) return {};
  const { route } = HTTP_ROUTES[name as HttpFunctionName];
  return matchRoute(route, path);
}

function invocationOf(
  { invocationId, metadata }: CoreInvocationContext,
  library: InvocationModel,
  arrivals: Meeting<Arrival>,
  refuse: Refuse,
): InvocationModel {
  let response: ServerResponse | undefined;
  return {
    async getArguments() {
      const arrival = await arrivals.take(invocationId);
      if (arrival === undefined) throw new Error('No request came for this invocation, or more than one.');
      const url = arrivedUrl(arrival.request);
      const params = url && paramsOf(metadata.name, url.pathname);
      if (url === undefined || params === undefined) {
        refuse(arrival, MALFORMED);
        throw new Error(MALFORMED.detail);
      }
      ({ response } = arrival);
      arrival.pass();
      const found = await orBreak(response, library.getArguments());
      const [request] = found.inputs;
      if (!(request instanceof HttpRequest)) throw new Error('The library has made no request of what arrived.');
      const { method = '' } = arrival.request;
      rememberArrived(request, {
        method,
        url,
        query: url.searchParams,
        headers: arrivedHeaders(arrival.request),
        params,
      });
      return found;
    },
    invokeFunction: async (context, inputs, handler) =>
      orBreak(response, library.invokeFunction(context, inputs, handler)),
    getResponse: async (context, result) =>
      orBreak(response, library.getResponse(context, atSpeedOf(response, result))),
  };
}
