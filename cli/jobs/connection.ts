/** How the commands of jobs reach the API. */
import { connect, type Client } from '../../client/client.ts';
import type { Failure } from '../../client/answer.ts';
import { addressOf } from '../api-address.ts';
import { UsageError } from '../errors.ts';
import type { Terminal } from '../terminal.ts';
import { readSettings } from '../../shared/settings.ts';
import { failureText } from './failure.ts';
import { tokenSourceOf } from './token.ts';

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
  const token = await tokenSourceOf(url, values['client-id'], terminal);
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
