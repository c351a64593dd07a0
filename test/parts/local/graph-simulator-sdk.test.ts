import { DefaultAzureCredential, ManagedIdentityCredential } from '@azure/identity';
import { Client, HTTPMessageHandler, type Context, type Middleware } from '@microsoft/microsoft-graph-client';
import { TokenCredentialAuthenticationProvider } from '@microsoft/microsoft-graph-client/authProviders/azureTokenCredentials/index.js';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { resetBody, startTestGraph, type TestGraph } from './graph-simulator-calls.ts';

const SCOPE = 'https://graph.microsoft.com/.default';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startTestGraph();
  vi.stubEnv('IDENTITY_ENDPOINT', `${graph.simulator.url}/_sim/identity/token`);
  vi.stubEnv('IDENTITY_HEADER', 'local');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await graph.simulator.close();
});

/**
 * The client's own authentication step adds a token to https addresses only, and takes one away from any other.
 * So over plain http the token is added by a step of ours, in its place.
 */
function graphClient(credential: ManagedIdentityCredential): Client {
  const transport = new HTTPMessageHandler();
  const authenticate: Middleware = {
    async execute(context: Context) {
      const { token } = await credential.getToken(SCOPE);
      const headers = new Headers(context.options?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      context.options = { ...context.options, headers };
      await transport.execute(context);
    },
  };
  return Client.initWithMiddleware({
    middleware: authenticate,
    baseUrl: graph.simulator.url,
    customHosts: new Set(['localhost']),
  });
}

describe('the unchanged identity library', () => {
  test.each([
    ['ManagedIdentityCredential', () => new ManagedIdentityCredential()],
    [
      'ManagedIdentityCredential of a user-assigned identity',
      () => new ManagedIdentityCredential('33333333-3333-4333-8333-333333333333'),
    ],
    ['DefaultAzureCredential', () => new DefaultAzureCredential()],
  ])('gets a token through %s that is accepted', async (_name, create) => {
    const { token, expiresOnTimestamp } = await create().getToken(SCOPE);
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_600_000);
    const response = await fetch(`${graph.simulator.url}/v1.0/users`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(200);
  });
});

describe('the unchanged Graph client over plain http', () => {
  test('reads, filters, changes and resets', async () => {
    const client = graphClient(new ManagedIdentityCredential());
    const guest = graph.guest();
    expect(
      await client
        .api(`/users/${encodeURIComponent(guest.userPrincipalName)}`)
        .select('id,externalUserState')
        .get(),
    ).toMatchObject({ id: guest.id, externalUserState: 'Accepted' });
    expect(
      await client.api('/users').filter(`mail eq '${guest.mail}' or otherMails/any(m:m eq '${guest.mail}')`).get(),
    ).toMatchObject({ value: [{ id: guest.id }] });
    await client.api(`/users/${guest.id}`).patch({ otherMails: ['second@tailspin.example'] });
    expect(
      await client.api('/invitations').post(resetBody(guest, { invitedUserEmailAddress: 'second@tailspin.example' })),
    ).toMatchObject({ status: 'PendingAcceptance' });
    expect(graph.user(guest.id).resets).toBe(1);
  });

  test('sends a batch and gets every answer', async () => {
    const client = graphClient(new ManagedIdentityCredential());
    const requests = [1, 2, 3].map((index) => ({
      id: String(index),
      method: 'GET',
      url: `/users/${graph.guest('Accepted', index).id}`,
    }));
    const reply: unknown = await client.api('/$batch').post({ requests });
    expect((reply as { responses: { status: number }[] }).responses.map(({ status }) => status)).toEqual([
      200, 200, 200,
    ]);
  });

  test('throws an error that has the code, the ids and the words', async () => {
    const client = graphClient(new ManagedIdentityCredential());
    await expect(client.api('/users/nobody@contoso.example').get()).rejects.toMatchObject({
      statusCode: 404,
      code: 'Request_ResourceNotFound',
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  test('sends no token by its own authentication step, whatever customHosts says', async () => {
    const authProvider = new TokenCredentialAuthenticationProvider(new ManagedIdentityCredential(), {
      scopes: [SCOPE],
    });
    const client = Client.initWithMiddleware({
      authProvider,
      baseUrl: graph.simulator.url,
      customHosts: new Set(['localhost']),
    });
    await expect(client.api('/users').get()).rejects.toMatchObject({
      statusCode: 401,
      code: 'InvalidAuthenticationToken',
      message: 'Access token is empty.',
    });
  });
});
