/** What the sign-in service remembers: codes on their way to the page, and sign-ins that may be renewed. */
import { randomBytes } from 'node:crypto';
import type { TokenRequest } from '../api-tokens.ts';

/** Who has signed in, as the page was told. */
export type Person = Pick<TokenRequest, 'oid' | 'name' | 'roles'>;

/** What a page has asked for, and whoever sent it here has been told where to go back to. */
export interface Asked {
  readonly redirectUri: string;
  readonly scope: string;
  readonly codeChallenge: string;
  readonly nonce: string | undefined;
}

/** Source: Microsoft identity platform documentation, "OAuth 2.0 authorization code flow": a code lives 10 minutes. */
const CODE_SECONDS = 600;
/** Of a single-page application. Source: the same documentation, "Refresh tokens". */
export const REFRESH_SECONDS = 24 * 3600;

interface Kept<T> {
  readonly value: T;
  readonly endsAt: number;
}

/** Texts that nobody can guess, each good for what it was given for, for a while. */
class Secrets<T> {
  readonly #kept = new Map<string, Kept<T>>();
  readonly #seconds: number;

  constructor(seconds: number) {
    this.#seconds = seconds;
  }

  give(value: T, now: Date): string {
    const secret = randomBytes(24).toString('base64url');
    this.#kept.set(secret, { value, endsAt: now.getTime() + this.#seconds * 1000 });
    return secret;
  }

  look(secret: string, now: Date): T | undefined {
    const kept = this.#kept.get(secret);
    return kept !== undefined && now.getTime() < kept.endsAt ? kept.value : undefined;
  }

  /** Once: what has been taken is gone. */
  take(secret: string, now: Date): T | undefined {
    const value = this.look(secret, now);
    this.#kept.delete(secret);
    return value;
  }

  clear(): void {
    this.#kept.clear();
  }
}

export interface SignIns {
  readonly codes: Secrets<{ readonly asked: Asked; readonly person: Person }>;
  /** For the scope that was asked for first. Source: the same documentation: using one does not end it. */
  readonly renewals: Secrets<{ readonly scope: string; readonly person: Person }>;
}

export const noSignIns = (): SignIns => ({ codes: new Secrets(CODE_SECONDS), renewals: new Secrets(REFRESH_SECONDS) });
