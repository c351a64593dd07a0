/** What is done for the library: its server is one of the test's own, and so is what stands in for it. */
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { HttpRequest } from '@azure/functions';
import type { CoreInvocationContext, InvocationModel, ProgrammingModel } from '@azure/functions-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { arrivedRequest } from '../../../shared/entry/http/requests/arrived-request.ts';
import { takeTrueRequests } from '../../../shared/entry/http/requests/true-requests.ts';

const ID = '272e21e3-f1b2-4124-a0f1-3fa04eb00966';

let server: http.Server;
let model: ProgrammingModel;
/** Answers that the library has begun, by nothing but their order. */
let responses: http.ServerResponse[];

beforeEach(async () => {
  responses = [];
  server = http.createServer((_request, response) => void responses.push(response));
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const library = {
    getArguments: async () => ({
      context: {},
      inputs: [new HttpRequest({ method: 'GET', url: 'https://api.example/', headers: { 'x-me': 'untrue' } })],
    }),
    invokeFunction: async (_context: unknown, inputs: unknown[], handler: (...all: unknown[]) => unknown) =>
      handler(...inputs),
    getResponse: async (_context: unknown, result: { body: ReadableStream<Uint8Array> }) => {
      const [response] = responses;
      for await (const chunk of result.body.values()) response?.write(chunk);
      response?.end();
      return { invocationId: ID };
    },
  };
  model = {
    getCapabilities: async () => ({ HttpUri: `http://localhost:${(server.address() as AddressInfo).port}/` }),
    getInvocationModel: () => library,
  };
  takeTrueRequests(model, () => undefined);
  await model.getCapabilities({});
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const invocation = (): InvocationModel =>
  model.getInvocationModel({
    invocationId: ID,
    metadata: { name: 'getJob', bindings: { request: { type: 'httpTrigger' } } },
    request: {},
  } as unknown as CoreInvocationContext);

const forwarded = (): http.ClientRequest =>
  http.get({
    port: (server.address() as AddressInfo).port,
    host: 'localhost',
    path: '/api/jobs/7?a=1',
    agent: false,
    headers: {
      'x-ms-invocation-id': ID,
      'x-forwarded-host': 'api.example',
      'x-forwarded-proto': 'https',
      'x-me': 'true',
    },
  });

test('a function gets what arrived, and an answer that breaks off breaks off for the caller', async () => {
  const request = forwarded();
  const asked = invocation();
  const { context, inputs } = await asked.getArguments();
  const { headers, params, query, url } = arrivedRequest(inputs[0] as HttpRequest);
  expect([headers.get('x-me'), params, query.get('a'), url.host]).toEqual(['true', { id: '7' }, '1', 'api.example']);

  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array(10)),
    pull: () => {
      throw new Error('the tables are away');
    },
  });
  const seen = once(request, 'response').then(async ([answer]: http.IncomingMessage[]) => answer && text(answer));
  await Promise.all([
    expect(asked.getResponse(context, { body })).rejects.toThrow('"error":"Error"'),
    expect(seen).rejects.toThrow(/aborted|hang up/),
  ]);
});

test('a caller who leaves ends the making of the answer', async () => {
  const request = forwarded();
  const asked = invocation();
  const { context } = await asked.getArguments();
  let blocks = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (blocks++ < 2_000) controller.enqueue(new Uint8Array(64 * 1024));
      else controller.close();
    },
  });
  const answering = asked.getResponse(context, { body });
  await once(request, 'response');
  request.destroy();
  await answering;
  expect(blocks).toBeLessThan(1_000);
});
