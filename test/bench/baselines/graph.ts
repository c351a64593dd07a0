/**
 * Graph as a plain program uses it: Microsoft's client with its own retry handler (429, 503 and 504, three times), or
 * without.
 */
import {
  Client,
  HTTPMessageHandler,
  RetryHandler,
  type Context,
  type Middleware,
} from '@microsoft/microsoft-graph-client';
import { DefaultAzureCredential } from '@azure/identity';

export interface Guest {
  readonly id: string;
  readonly mail: string;
}

const REDIRECT_URL = 'https://myapps.microsoft.com?tenantId=11111111-1111-4111-8111-111111111111';

export function connectGraph({ retries }: { readonly retries: boolean }): Client {
  const endpoint = process.env['GRAPH_ENDPOINT'] ?? '';
  const send = new HTTPMessageHandler();
  const retry = new RetryHandler();
  retry.setNext(send);
  return Client.initWithMiddleware({
    middleware: withToken(`${endpoint}/.default`, retries ? retry : send),
    baseUrl: `${endpoint}/`,
    defaultVersion: 'v1.0',
  });
}

/** The client's own handler adds no token to plain http, which a simulator on this machine speaks. */
function withToken(scope: string, next: Middleware): Middleware {
  const credential = new DefaultAzureCredential();
  return {
    async execute(context: Context) {
      const { token } = await credential.getToken(scope);
      const headers = new Headers(context.options?.headers);
      headers.set('Authorization', `Bearer ${token}`);
      context.options = { ...context.options, headers };
      await next.execute(context);
    },
  };
}

export const lookUpPath = (id: string): string => `/users/${id}?$select=id,mail`;

export function invitationFor({ id, mail }: Guest): object {
  return {
    invitedUserEmailAddress: mail,
    inviteRedirectUrl: REDIRECT_URL,
    resetRedemption: true,
    sendInvitationMessage: true,
    invitedUser: { id },
  };
}
