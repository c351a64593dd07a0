/** How the commands of jobs reach the API, and as whom. */
import { connect, type Client } from '../../client/client.ts';
import type { Failure } from '../../client/answer.ts';
import { addressOf } from '../api-address.ts';
import { ToldError, UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { NOBODY, signInOf } from '../described-sign-in.ts';
import { tokensOfTools } from '../sign-in.ts';
import { isGuid } from '../../shared/domain/ids.ts';
import { readSettings } from '../../shared/settings.ts';
import { failureText, firstContactError } from './failure.ts';

export const CONNECTION_OPTIONS = {
  url: { type: 'string' },
  'client-id': { type: 'string' },
  json: { type: 'boolean' },
} as const;
export const CONNECTION_USAGE = `  --url URL            of the API (default: GUEST_RESET_URL, or API_URL of azd)
  --client-id ID       of the app registration to sign in to (default: as the API says). A token in
                       GUEST_RESET_TOKEN is sent as it is, and nobody signs in
  --json               what comes of it as JSON; all else goes to the error output
  --help               this text`;

export interface ConnectionValues {
  readonly url?: string | undefined;
  readonly 'client-id'?: string | undefined;
  readonly json?: boolean | undefined;
}

export interface Connected {
  readonly client: Client;
  readonly signal: AbortSignal;
  /** For what is to be tidied up after `signal`. It takes some seconds at most, and rejects then. */
  readonly afterwards: () => Client;
}

const AFTERWARDS_MS = 10_000;

/** @throws UsageError, or ToldError where the API cannot be reached or nobody is signed in */
export async function connected(values: ConnectionValues, terminal: Terminal): Promise<Connected> {
  const url = apiUrl(values.url, terminal);
  const token = broughtToken(terminal) ?? (await tokenOfSignIn(url, values['client-id'], terminal));
  const signal = terminal.interruption();
  const onRepeat = (failure: Failure, pauseMs: number): void =>
    terminal.err(`${failureText(failure)[0]} Trying again in ${Math.ceil(pauseMs / 1000)} s.`);
  return {
    client: connect({ url, token, signal, onRepeat }),
    signal,
    afterwards: () => connect({ url, token, signal: AbortSignal.timeout(AFTERWARDS_MS) }),
  };
}

/** @throws UsageError */
function apiUrl(given: string | undefined, { env }: Terminal): string {
  const { optional } = readSettings(env);
  const url = addressOf(given ?? optional('GUEST_RESET_URL') ?? optional('API_URL'))?.replace(/\/+$/, '');
  if (url === undefined)
    throw new UsageError(
      'Say where the API is: --url https://NAME.azurewebsites.net/api, or in GUEST_RESET_URL. ' +
        'After "npm start" it is http://localhost:7071/api.',
    );
  return url.endsWith('/api') ? url : `${url}/api`;
}

type TokenSource = (renewed: boolean) => Promise<string>;

/**
 * Somebody else has signed in: a pipeline, or a simulator. It comes in the environment, for everybody on the machine
 * can read what programs are started with. It is never shown. @throws UsageError
 */
function broughtToken({ env }: Terminal): TokenSource | undefined {
  const token = readSettings(env).optional('GUEST_RESET_TOKEN');
  if (token === undefined) return undefined;
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new UsageError('GUEST_RESET_TOKEN must be an access token alone, without "Bearer" or quotation marks.');
  return async (renewed) => {
    if (!renewed) return token;
    throw notSignedIn(
      'The API does not accept the token in GUEST_RESET_TOKEN: it has expired, or is for another app. ' +
        'Bring another one, or none: then whoever is signed in here is asked.',
    );
  };
}

const notSignedIn = (message: string): ToldError => new ToldError(message, { code: 'notSignedIn' });

async function tokenOfSignIn(
  url: string,
  clientId: string | undefined,
  terminal: Terminal,
): Promise<TokenSource | undefined> {
  const signIn = scopeOf(clientId) ?? (await describedSignIn(url));
  return signIn && tokenFor(signIn, terminal);
}

interface SignIn {
  readonly scope: string;
  readonly tenantId: string | undefined;
}

function scopeOf(clientId: string | undefined): SignIn | undefined {
  if (clientId === undefined) return undefined;
  if (!isGuid(clientId)) throw new UsageError(`The client id "${clientId}" must be a GUID.`);
  return { scope: `api://${clientId}/.default`, tenantId: undefined };
}

/** As the API describes itself; undefined where nobody signs in, as on a developer's machine. */
async function describedSignIn(url: string): Promise<SignIn | undefined> {
  const answer = await connect({ url }).description();
  if (answer.kind !== 'answered') throw firstContactError(url, answer);
  const { tenantId, clientId } = signInOf(answer.value) ?? {};
  // No token but one for an API of this kind: whoever answers here shall not choose what it is good for.
  if (tenantId === undefined || clientId === undefined || !isGuid(clientId) || !isGuid(tenantId))
    throw new ToldError(`${url} does not say how to sign in: is it the address of the API?`, {
      code: 'foreignAnswer',
      status: answer.status,
    });
  return NOBODY.test(clientId) ? undefined : { scope: `api://${clientId}/.default`, tenantId };
}

function tokenFor({ scope, tenantId }: SignIn, { env }: Terminal): TokenSource {
  let tokens = tokensOfTools(tenantId, env);
  return async (renewed) => {
    // Those that were kept are forgotten.
    if (renewed) tokens = tokensOfTools(tenantId, env);
    const got = await tokens(scope);
    if ('token' in got) return got.token;
    const login = `az login --allow-no-subscriptions${tenantId === undefined ? '' : ` --tenant ${tenantId}`}`;
    throw notSignedIn(`${got.reason ?? 'Nobody is signed in.'}\nSign in: ${login} --scope ${scope}`);
  };
}
