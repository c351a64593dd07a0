/** A bearer token, proven: who signed it, for whom, and when. Source: RFC 7519, RFC 7515. */
import { verify } from 'node:crypto';
import * as z from 'zod';
import type { SigningKeys } from './signing-keys.ts';

export type Claims = Readonly<Record<string, unknown>>;

const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.string() });
const claimsSchema = z.looseObject({ aud: z.string(), iss: z.string(), exp: z.number(), nbf: z.number() });

/** Clocks may differ by so much. Source: the default of Microsoft's own libraries for tokens. */
const CLOCK_SKEW_SECONDS = 300;

/**
 * @param now seconds since the epoch
 * @returns undefined for whatever is no token of this issuer for one of these audiences, now
 */
export async function provenClaims(
  token: string,
  keysFor: (kid: string) => Promise<SigningKeys>,
  audiences: readonly string[],
  now: number,
): Promise<Claims | undefined> {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  const header = headerSchema.safeParse(decoded(head));
  const claims = claimsSchema.safeParse(decoded(body));
  if (!header.success || !claims.success || more.length > 0) return undefined;
  const { issuer, key } = await keysFor(header.data.kid);
  const publicKey = key(header.data.kid);
  if (publicKey === undefined) return undefined;
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), publicKey, Buffer.from(signature, 'base64url')))
    return undefined;
  const { aud, iss, exp, nbf } = claims.data;
  const isNow = nbf - CLOCK_SKEW_SECONDS <= now && now < exp + CLOCK_SKEW_SECONDS;
  return iss === issuer && audiences.includes(aud) && isNow ? claims.data : undefined;
}

function decoded(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    return undefined;
  }
}
