/**
 * Tokens, issued as App Service does for a managed identity (api-version 2019-08-01).
 * They are signed and not remembered, so that a simulator started again with the same seed still knows its own.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import type { Answer } from './answer.ts';
import { errors } from './errors.ts';

const LIFETIME_SECONDS = 24 * 3600;
const API_VERSION = '2019-08-01';
/**
 * Graph's names as an audience: its address, and its application id. In other clouds, as here, the address is another.
 */
const AUDIENCES: readonly string[] = ['https://graph.microsoft.com', '00000003-0000-0000-c000-000000000000'];

/** Of the managed identity of the app itself, where whoever asks names none. */
export const APP_CLIENT_ID = '22222222-2222-4222-8222-222222222222';

const claimsSchema = z.object({ aud: z.string(), exp: z.number(), appid: z.string() });

export interface TokenAnswer {
  readonly status: number;
  readonly body: object;
}

/** @param identityHeader value of `X-IDENTITY-HEADER`; any will do, but it must be there */
export function issueToken(
  seed: number,
  now: Date,
  query: URLSearchParams,
  identityHeader: string | undefined,
): TokenAnswer {
  const resource = query.get('resource');
  if (!identityHeader) return refusal(401, 'The header X-IDENTITY-HEADER is missing. Set IDENTITY_HEADER to any text.');
  if (query.get('api-version') !== API_VERSION) return refusal(400, `The query must say api-version=${API_VERSION}.`);
  if (!resource) return refusal(400, 'The query must name a resource.');
  const expiresOn = Math.floor(now.getTime() / 1000) + LIFETIME_SECONDS;
  const appid = query.get('client_id') ?? APP_CLIENT_ID;
  const claims = Buffer.from(JSON.stringify({ aud: resource, exp: expiresOn, appid })).toString('base64url');
  return {
    status: 200,
    body: {
      access_token: `${claims}.${signature(seed, claims)}`,
      client_id: appid,
      expires_on: String(expiresOn),
      resource,
      token_type: 'Bearer',
    },
  };
}

/** The application that a token is of. The token must have been found good before. */
export function appOf({ authorization }: IncomingHttpHeaders): string | undefined {
  const claims = /^Bearer\s+([^\s.]+)\.[^\s.]+$/i.exec(authorization ?? '')?.[1];
  return claims === undefined ? undefined : readClaims(claims).appid;
}

// The signature is ours, so the claims are as we wrote them.
const readClaims = (claims: string): z.output<typeof claimsSchema> =>
  claimsSchema.parse(JSON.parse(Buffer.from(claims, 'base64url').toString()));

/**
 * The refusal for a request whose `Authorization` header is not a token from here for here, or undefined when it is.
 */
export function refuseToken(seed: number, now: Date, { authorization, host }: IncomingHttpHeaders): Answer | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return errors.tokenEmpty;
  const [claims = '', given = ''] = token.split('.');
  const expected = Buffer.from(signature(seed, claims));
  const actual = Buffer.from(given);
  if (expected.length !== actual.length || !timingSafeEqual(expected, actual)) return errors.tokenInvalid;
  const { aud, exp } = readClaims(claims);
  if (exp * 1000 <= now.getTime()) return errors.tokenExpired;
  const audience = aud.replace(/\/$/, '');
  return AUDIENCES.includes(audience) || audience === `http://${host}` ? undefined : errors.tokenAudience;
}

function signature(seed: number, claims: string): string {
  return createHmac('sha256', `graph-simulator-${seed}`).update(claims).digest('base64url');
}

function refusal(statusCode: number, message: string): TokenAnswer {
  return { status: statusCode, body: { statusCode, message } };
}
