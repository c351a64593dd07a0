/**
 * Access tokens for the app's own API as Microsoft Entra ID writes them for an app registration that asks for version
 * 2, and the keys that prove them. A key lives as long as the simulator: started again it knows no token of before.
 * Source: Microsoft identity platform documentation, "Access token claims reference" and "OpenID Connect".
 */
import { createHash, generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { TENANT_ID } from './tenant.ts';

/** Of the app registration that callers of the local service sign in to. */
export const API_CLIENT_ID = '44444444-4444-4444-8444-444444444444';
/** The program that asks: a stand-in for Azure CLI, or for a managed identity's own application. */
const ASKING_PROGRAM = '55555555-5555-4555-8555-555555555555';
export const LIFETIME_SECONDS = 3600;
/** Entra's clock and that of whoever reads a token may differ by so much. */
const VALID_BEFORE_SECONDS = 300;

export const tokenSchema = z.strictObject({
  oid: z.guid(),
  name: z.string().optional(),
  roles: z.array(z.string()).default([]),
  idtyp: z.enum(['app', 'user']).default('user'),
  /** In place of what would be written; null leaves a claim out. */
  claims: z.record(z.string(), z.unknown()).default({}),
});
export type TokenRequest = z.infer<typeof tokenSchema>;

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

let made: SigningKey | undefined;

/** Made at first use: it takes a tenth of a second. */
function signingKey(): SigningKey {
  if (made !== undefined) return made;
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const kid = createHash('sha256')
    .update(pair.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url');
  made = { kid, ...pair };
  return made;
}

/** @returns a signed JWT of this tenant for the API, or of whom `claims` says */
export function apiToken({ oid, name, roles, idtyp, claims }: TokenRequest, now: Date): string {
  const issued = Math.floor(now.getTime() / 1000) - VALID_BEFORE_SECONDS;
  const all: Record<string, unknown> = {
    aud: API_CLIENT_ID,
    iss: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
    iat: issued,
    nbf: issued,
    exp: issued + VALID_BEFORE_SECONDS + LIFETIME_SECONDS,
    azp: ASKING_PROGRAM,
    azpacr: idtyp === 'app' ? '2' : '0',
    ...(idtyp === 'app' ? { idtyp, sub: oid } : userClaims(oid, name)),
    oid,
    ...(roles.length > 0 && { roles }),
    tid: TENANT_ID,
    uti: randomUUID(),
    ver: '2.0',
    ...claims,
  };
  return signedOf(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)));
}

/** @returns what tells a page who has signed in: for it alone, and no key to the API */
export function idToken(
  { oid, name }: Pick<TokenRequest, 'oid' | 'name'>,
  nonce: string | undefined,
  now: Date,
): string {
  const issued = Math.floor(now.getTime() / 1000) - VALID_BEFORE_SECONDS;
  const { scp: _scope, ...user } = userClaims(oid, name);
  return signedOf({
    aud: API_CLIENT_ID,
    iss: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
    iat: issued,
    nbf: issued,
    exp: issued + VALID_BEFORE_SECONDS + LIFETIME_SECONDS,
    ...(nonce !== undefined && { nonce }),
    ...user,
    oid,
    tid: TENANT_ID,
    ver: '2.0',
  });
}

function signedOf(claims: object): string {
  const { kid, privateKey } = signingKey();
  const signed = [{ typ: 'JWT', alg: 'RS256', kid }, claims].map(encoded).join('.');
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`;
}

/** What a token has that a user has let a program get. The subject is another one for each app. */
const userClaims = (oid: string, name: string | undefined) => ({
  ...(name !== undefined && { name, preferred_username: name }),
  scp: 'access_as_user',
  sub: createHash('sha256').update(oid).digest('base64url'),
});

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const KEYS_PATH = `/${TENANT_ID}/discovery/v2.0/keys`;
const METADATA_PATH = `/${TENANT_ID}/v2.0/.well-known/openid-configuration`;

/** What Entra publishes for whoever reads its tokens; undefined for any other path. */
export function openIdDocument(path: string, origin: string): object | undefined {
  if (path === METADATA_PATH)
    return {
      issuer: `https://login.microsoftonline.com/${TENANT_ID}/v2.0`,
      jwks_uri: `${origin}${KEYS_PATH}`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
  if (path !== KEYS_PATH) return undefined;
  const { kid, publicKey } = signingKey();
  return { keys: [{ ...publicKey.export({ format: 'jwk' }), use: 'sig', kid }] };
}
