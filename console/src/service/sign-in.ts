/** How this browser comes by tokens. */
import { bringBackDrafts } from './drafts.ts';

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
}

/** The sign-in service has said no, in its own words, or cannot be used. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
}

/** @throws SignInRefused */
export async function signIn(): Promise<SignedIn> {
  await bringBackDrafts();
  return {};
}
