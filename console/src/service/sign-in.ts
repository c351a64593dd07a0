/** How this browser comes by tokens. The library for it is fetched only where somebody signs in. */
import { connect } from '../../../client/client.ts';
import type { ConsoleConfig } from '../../../client/types.ts';
import { answered } from './answers.ts';
import { fetchTelling } from './connection.ts';
import { bringBackDrafts } from './drafts.ts';
import { inTab } from './kept-words.ts';

/** The API is where the page comes from. */
export const API = new URL('/api', location.href).href;

/** What `Connection.token` of the client asks. */
export type GiveToken = (renewed: boolean) => Promise<string | undefined>;

export interface SignedIn {
  /** Absent where nobody signs in. */
  readonly token?: GiveToken;
  readonly signOut?: () => void;
  /** Whether the sign-in had ended while the page was open. */
  readonly wasRenewed?: boolean;
  readonly config: ConsoleConfig;
}

/** The sign-in service has said no, in its own words, or cannot be used. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

/** As the library for it names what it keeps in this tab. */
const KEPT = 'msal.';

/** Fetches that library before it is told how to sign in, where somebody has signed in here: it will be needed. */
export function fetchSignInAhead(): void {
  if (!Object.keys(inTab).some((key) => key.startsWith(KEPT))) return;
  // Whoever signs in fetches it as well, and is told what went wrong.
  import('./entra.ts').catch(() => undefined);
}

/**
 * Does not come to an end where the browser leaves for the sign-in service.
 * @throws Unanswered where the service does not say how to sign in, SignInRefused
 */
export async function signIn(): Promise<SignedIn> {
  const { value: config } = answered(await connect({ url: API, fetch: fetchTelling }).consoleConfig());
  const signedIn = config.signIn === 'none' ? {} : await (await import('./entra.ts')).signInWithEntra(config);
  // Not earlier: on its way back from the sign-in service the browser goes through another page of the console.
  await bringBackDrafts();
  return { ...signedIn, config };
}
