/** Bodies that the Graph adapter reads: no more than a bound, and each answer of a batch once. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { postBatch } from '../../../shared/adapters/graph/batch.ts';
import { connectGraph } from '../../../shared/adapters/graph/client.ts';
import type { BatchAnswer } from '../../../shared/domain/graph/answer.ts';
import { GRAPH_ANSWER_MAX_BYTES } from '../../../shared/domain/policy.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const credential = { getToken: async () => ({ token: 'x', expiresOnTimestamp: Date.now() + 3_600_000 }) };
/** What a batch of one request is told where the service answers so. */
async function answeredBy(answer: (response: ServerResponse) => void): Promise<BatchAnswer> {
  server = createServer((_request, response) => answer(response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const post = connectGraph({ endpoint: `http://127.0.0.1:${port}`, version: 'v1.0', credential, timeoutSeconds: 20 });
  return postBatch(post, [{ id: '1', method: 'GET', url: '/users/x' }]);
}
const PIECE = Buffer.alloc(64 * 1024, 'x');
/** @returns how many bytes were taken, once the connection is closed */
function stream(response: ServerResponse, status: number): Promise<number> {
  let bytes = 0;
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.write('{"responses":[{"id":"1","status":200,"body":{"id":"');
  const more = (): void => {
    while (!response.destroyed && response.write(PIECE)) bytes += PIECE.length;
    response.once('drain', more);
  };
  more();
  return new Promise((resolve) => {
    response.once('close', () => resolve(bytes));
  });
}

test('an answer without end is cut off, and counts as none', async () => {
  let taken = Promise.resolve(0);
  const answer = await answeredBy((response) => {
    taken = stream(response, 200);
  });
  expect(answer).toEqual({ kind: 'noAnswer', message: expect.stringContaining(`${GRAPH_ANSWER_MAX_BYTES} bytes`) });
  expect(await taken).toBeLessThan(2 * GRAPH_ANSWER_MAX_BYTES);
});

test('a refusal without end is known by its status', async () => {
  const answer = await answeredBy((response) => void stream(response, 413));
  expect(answer).toEqual({ kind: 'refused', answer: { status: 413, body: undefined } });
});

test('twenty guests with all the addresses that a user may have are read', async () => {
  const otherMails = Array.from(
    { length: 250 },
    (_, index) => `${'é'.repeat(60)}${index}@${'fabrikam.'.repeat(20)}example`,
  );
  const responses = Array.from({ length: 20 }, (_, id) => ({
    id: String(id),
    status: 200,
    body: { id: 'x', otherMails },
  }));
  const answer = await answeredBy((response) => response.writeHead(200).end(JSON.stringify({ responses })));
  expect(answer.kind === 'answered' && answer.answers.get('19')?.body).toEqual({ id: 'x', otherMails });
});

test('of two answers to one request neither counts', async () => {
  const responses = [
    { id: '1', status: 404 },
    { id: '2', status: 204 },
    { id: '1', status: 201, body: { id: 'x' } },
    { id: 1, status: 404 },
  ];
  const answer = await answeredBy((response) => response.writeHead(200).end(JSON.stringify({ responses })));
  expect(answer.kind === 'answered' && [...answer.answers.keys()]).toEqual(['2']);
});
