/** What makes two submissions the same, whatever else differs in their requests. */
import { ReadableStream } from 'node:stream/web';
import { expect, test } from 'vitest';
import { readConfig } from '../../../shared/config.ts';
import { incomingBody } from '../../../shared/entry/http/requests/incoming-body.ts';

const CONFIG = readConfig({
  AZURE_TENANT_ID: '11111111-1111-4111-8111-111111111111',
  TableStorage__tableServiceUri: 'https://a.table.core.windows.net',
  ServiceBusConnection__fullyQualifiedNamespace: 'a.servicebus.windows.net',
});
interface Sent {
  readonly body?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
}

async function hashesOf({ body = 'user\na@b.example\n', query = '', headers = {} }: Sent): Promise<string[]> {
  const incoming = incomingBody(
    {
      headers: new Headers({ 'Content-Type': 'text/csv', ...headers }),
      query: new URLSearchParams(query),
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(Buffer.from(body));
          controller.close();
        },
      }),
    },
    CONFIG,
    false,
  );
  await incoming.drain();
  return [incoming.hash(), incoming.contentHash()];
}

const usual = { query: 'sendInvitationMessage=true&reason=moved' };

test.each<[string, Sent]>([
  ['the order of the query', { query: 'reason=moved&sendInvitationMessage=true' }],
  ['how to answer', { query: `${usual.query}&format=csv&waitWhilePaused=true`, headers: { Prefer: 'wait=30' } }],
  ['whether a second job is meant', { query: `${usual.query}&allowDuplicate=false` }],
  ['what the platform adds', { query: `${usual.query}&code=key&x-ms-client-request-id=1` }],
  ['the trace, and who asks with what', { ...usual, headers: { traceparent: '00-1-2-01', 'User-Agent': 'other' } }],
])('neither a key nor the content tells apart by %s', async (_, other) => {
  expect(await hashesOf({ ...usual, ...other })).toEqual(await hashesOf(usual));
});

test.each(['TEXT/CSV', 'text/csv; charset=utf-8', 'text/csv;charset="UTF8"', 'application/csv ; header=present'])(
  'the content is the same as %s, however its type is written',
  async (type) => {
    const [, content] = await hashesOf({ ...usual, headers: { 'Content-Type': type } });
    expect(content).toBe((await hashesOf(usual))[1]);
  },
);

test.each<[string, Sent]>([
  ['a byte of the body', { ...usual, body: 'user\na@c.example\n' }],
  ['an option', { query: `${usual.query}&skipIfResetWithinHours=0` }],
  ['the value of an option', { query: 'sendInvitationMessage=true&reason=other' }],
  ['the character set', { ...usual, headers: { 'Content-Type': 'text/csv; charset=windows-1252' } }],
  ['the format', { ...usual, headers: { 'Content-Type': 'application/x-ndjson' } }],
])('the content is another where %s differs', async (_, other) => {
  expect((await hashesOf(other))[1]).not.toBe((await hashesOf(usual))[1]);
});
