/** Sign-in by Microsoft Entra ID: code and PKCE by redirect, tokens in the storage of this tab alone. */
import {
  AuthError,
  CacheLookupPolicy,
  createStandardPublicClientApplication,
  InteractionRequiredAuthError,
  type AccountInfo,
  type Configuration,
  type IPublicClientApplication,
} from '@azure/msal-browser';
import { NoTokenNow } from '../../../client/requests.ts';
import type { ConsoleConfig } from '../../../client/types.ts';
import { putAwayDrafts } from './drafts.ts';
import { forgetLists } from '../list/store.ts';
import { inTab } from './kept-words.ts';
import { SignInRefused, type SignedIn } from './sign-in.ts';

/** To the letter as it is registered: with the slash. */
const REDIRECT = new URL('/api/console/', location.href).href;
/** Noted where the sign-in ended while somebody was at work. */
const RENEWING = 'guest-reset.renewing';

/** Whoever came back from the sign-in service would be sent there again, without end. */
const KEEPS_NOTHING =
  'This browser keeps nothing for this page, and a sign-in has to be kept. Allow the page its cookies, and load it again.';

export async function signInWithEntra(config: ConsoleConfig): Promise<Omit<SignedIn, 'config'>> {
  if (!(inTab instanceof Storage)) throw new SignInRefused(KEEPS_NOTHING);
  const application = await createStandardPublicClientApplication(configurationOf(config));
  const { scope = '' } = config;
  const scopes = [scope];
  // Brought back by the browser's own "back" from the sign-in service, the page would wait for ever.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  const account = await signedInAccount(application, scopes);
  application.setActiveAccount(account);
  const wasRenewed = inTab.getItem(RENEWING) !== null;
  inTab.removeItem(RENEWING);
  return {
    wasRenewed,
    token: giver(application, scopes),
    signOut: () => void forgetLists().then(() => application.logoutRedirect({ account })),
  };
}

function configurationOf(config: ConsoleConfig): Configuration {
  const { clientId = '', authority, knownAuthorities, authorityMetadata, protocolMode } = config;
  return {
    auth: {
      clientId,
      redirectUri: REDIRECT,
      postLogoutRedirectUri: REDIRECT,
      ...(authority !== undefined && { authority }),
      ...(knownAuthorities !== undefined && { knownAuthorities: [...knownAuthorities] }),
      ...(authorityMetadata !== undefined && { authorityMetadata }),
    },
    cache: { cacheLocation: 'sessionStorage' },
    ...(protocolMode !== undefined && { system: { protocolMode } }),
  };
}

/** Who has just come back from the sign-in service, or was here before; else the browser leaves for it. */
async function signedInAccount(application: IPublicClientApplication, scopes: string[]) {
  try {
    const cameBack = await application.handleRedirectPromise();
    const account = cameBack?.account ?? application.getAllAccounts()[0];
    if (account !== undefined) {
      await forgetOthers(application, account);
      return account;
    }
    await application.loginRedirect({ scopes });
  } catch (error) {
    throw new SignInRefused(wordsOf(error), { cause: error });
  }
  return leftForGood();
}

/** Who was signed in here before somebody else was: else that sign-in would be found after a sign-out. */
async function forgetOthers(application: IPublicClientApplication, { homeAccountId }: AccountInfo): Promise<void> {
  const others = application.getAllAccounts().filter((each) => each.homeAccountId !== homeAccountId);
  await Promise.all(others.map((account) => application.clearCache({ account })));
}

/** The code of the library says the same in one word, and is not for people. */
const wordsOf = (error: unknown): string =>
  error instanceof AuthError && error.errorMessage !== '' ? error.errorMessage : String(error);

const leftForGood = (): Promise<never> => new Promise(() => {});

/** Whatever many ask at once is asked once. */
function giver(application: IPublicClientApplication, scopes: string[]): (renewed: boolean) => Promise<string> {
  let leaving: Promise<void> | undefined;
  const leave = async (): Promise<void> => {
    await putAwayDrafts();
    inTab.setItem(RENEWING, 'yes');
    await application.acquireTokenRedirect({ scopes });
  };
  return async (renewed) => {
    try {
      // Never by a hidden frame: the policy of the page has none.
      const cacheLookupPolicy = renewed ? CacheLookupPolicy.RefreshToken : CacheLookupPolicy.AccessTokenAndRefreshToken;
      return (await application.acquireTokenSilent({ scopes, cacheLookupPolicy })).accessToken;
    } catch (error) {
      if (!hasEnded(error)) throw new NoTokenNow('No token can be had now.', { cause: error });
    }
    try {
      await (leaving ??= leave());
    } catch (error) {
      leaving = undefined;
      throw new NoTokenNow('Nobody can sign in now.', { cause: error });
    }
    return leftForGood();
  };
}

/** Only signing in again helps. */
const hasEnded = (error: unknown): boolean =>
  error instanceof InteractionRequiredAuthError || (error instanceof AuthError && error.errorCode === 'invalid_grant');
