/** As whom the commands of jobs reach the API. */
import { connect } from '../../client/client.ts';
import { NOBODY, signInOf } from '../described-sign-in.ts';
import { ToldError, UsageError } from '../errors.ts';
import { tokensOfTools } from '../sign-in.ts';
import type { Terminal } from '../terminal.ts';
import { isGuid } from '../../shared/domain/ids.ts';
import { readSettings } from '../../shared/settings.ts';
import { firstContactError } from './failure.ts';

/** As `token` of the client's circumstances. */
type TokenSource = (renewed: boolean) => Promise<string>;

/**
 * The token that the environment brings, else that of whoever is signed in; undefined where nobody signs in.
 * @throws UsageError, or ToldError where the API does not say how to sign in
 */
export async function tokenSourceOf(
  url: string,
  clientId: string | undefined,
  terminal: Terminal,
): Promise<TokenSource | undefined> {
  const brought = broughtToken(url, terminal);
  if (brought !== undefined) return brought;
  const signIn = scopeOf(clientId) ?? (await describedSignIn(url));
  return signIn && tokenFor(signIn, terminal);
}

/**
 * Somebody else has signed in: a pipeline, or a simulator. It comes in the environment, for everybody on the machine
 * can read what programs are started with. It is never shown. @throws UsageError
 */
function broughtToken(url: string, { env }: Terminal): TokenSource | undefined {
  const token = readSettings(env).optional('GUEST_RESET_TOKEN');
  if (token === undefined) return undefined;
  if (!/^[\w.~+/-]+=*$/.test(token))
    throw new UsageError('GUEST_RESET_TOKEN must be an access token alone, without "Bearer" or quotation marks.');
  return async (renewed) => {
    if (!renewed) return token;
    const simulator = await describedSignIn(url).then(
      (signIn) => signIn?.simulator,
      () => undefined,
    );
    throw notSignedIn(
      'The API does not accept the token in GUEST_RESET_TOKEN: it has expired, or is for another app. ' +
        (simulator === undefined
          ? 'Bring another one, or none: then whoever is signed in here is asked.'
          : `A token also ends with the simulator that gave it. ${howToAsk(simulator)}`),
    );
  };
}

const notSignedIn = (message: string): ToldError => new ToldError(message, { code: 'notSignedIn' });

interface SignIn {
  readonly scope: string;
  readonly tenantId: string | undefined;
  /** Where one is asked for tokens, who stands in for Microsoft Entra ID on this machine; undefined for that itself. */
  readonly simulator?: string | undefined;
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
  const { tenantId, clientId, login = '' } = signInOf(answer.value) ?? {};
  // No token but one for an API of this kind: whoever answers here shall not choose what it is good for.
  if (tenantId === undefined || clientId === undefined || !isGuid(clientId) || !isGuid(tenantId))
    throw new ToldError(`${url} does not say how to sign in: is it the address of the API?`, {
      code: 'foreignAnswer',
      status: answer.status,
    });
  if (NOBODY.test(clientId)) return undefined;
  // It stands in a line for a shell: nothing but an address on this machine.
  const simulator = /^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d{1,5})?$/.test(login) ? login : undefined;
  return { scope: `api://${clientId}/.default`, tenantId, simulator };
}

/** Somebody who may do everything, as the simulator believes it of whoever asks. */
const ANYBODY = '{"oid":"66666666-6666-4666-8666-666666666666","roles":["Submit","Read","Manage"]}';

const howToAsk = (simulator: string): string =>
  'The simulator gives one to whoever asks:\n' +
  `export GUEST_RESET_TOKEN=$(curl -sS ${simulator}/_sim/token --data '${ANYBODY}' | ` +
  String.raw`sed 's/.*"access_token":"\([^"]*\)".*/\1/')`;

function tokenFor({ scope, tenantId, simulator }: SignIn, { env }: Terminal): TokenSource {
  // Programs have no identity on a machine with a simulator, and to find that out takes seconds.
  const ask = () => tokensOfTools(tenantId, simulator === undefined ? env : undefined);
  let tokens = ask();
  return async (renewed) => {
    // Those that were kept are forgotten.
    if (renewed) tokens = ask();
    const got = await tokens(scope);
    if ('token' in got) return got.token;
    // What the tools of Azure say of a tenant that there is not helps nobody.
    if (simulator !== undefined)
      throw notSignedIn(`This API takes a token from GUEST_RESET_TOKEN, and there is none. ${howToAsk(simulator)}`);
    const login = `az login --allow-no-subscriptions${tenantId === undefined ? '' : ` --tenant ${tenantId}`}`;
    throw notSignedIn(`${got.reason ?? 'Nobody is signed in.'}\nSign in: ${login} --scope ${scope}`);
  };
}
