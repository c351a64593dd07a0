/**
 * Where a page of another origin changes its code, or what it got to renew with, into tokens. Codes of refusals are
 * those of Entra's error list; most words are ours.
 */
import { createHash } from 'node:crypto';
import { API_CLIENT_ID, apiToken, idToken, LIFETIME_SECONDS } from '../api-tokens.ts';
import type { SignInAnswer } from './answer.ts';
import { REFRESH_SECONDS, type Person, type SignIns } from './sign-ins.ts';

const JSON_TYPE = { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' };

const refused = (error: string, error_description: string): SignInAnswer => ({
  status: 400,
  headers: JSON_TYPE,
  body: JSON.stringify({ error, error_description, suberror: '' }),
});

/** @param origin of the page that asks; undefined where none does */
export function redeem(signIns: SignIns, form: URLSearchParams, origin: string | undefined, now: Date): SignInAnswer {
  if (origin === undefined)
    return refused('invalid_request', 'AADSTS9002327: Tokens of a single-page application are for pages only.');
  if (form.get('client_id') !== API_CLIENT_ID)
    return refused('unauthorized_client', `AADSTS700016: There is no application ${form.get('client_id')}.`);
  switch (form.get('grant_type')) {
    case 'authorization_code':
      return redeemCode(signIns, form, now);
    case 'refresh_token':
      return renew(signIns, form, now);
    default:
      return refused('unsupported_grant_type', 'AADSTS70003: There are codes and refresh tokens here.');
  }
}

function redeemCode(signIns: SignIns, form: URLSearchParams, now: Date): SignInAnswer {
  const found = signIns.codes.take(form.get('code') ?? '', now);
  if (found === undefined) return refused('invalid_grant', 'AADSTS70008: The code has expired, or was used before.');
  const { asked, person } = found;
  if (asked.redirectUri !== form.get('redirect_uri'))
    return refused('invalid_client', 'AADSTS500112: The reply address does not match the one of the request before.');
  const challenge = createHash('sha256')
    .update(form.get('code_verifier') ?? '')
    .digest('base64url');
  if (challenge !== asked.codeChallenge)
    return refused('invalid_grant', 'AADSTS501481: The Code_Verifier does not match the code_challenge.');
  return tokens(signIns, { scope: asked.scope, person, nonce: asked.nonce }, now);
}

function renew(signIns: SignIns, form: URLSearchParams, now: Date): SignInAnswer {
  const found = signIns.renewals.look(form.get('refresh_token') ?? '', now);
  return found === undefined
    ? refused('invalid_grant', 'AADSTS700084: The refresh token was issued to a page, and has expired.')
    : tokens(signIns, { ...found, nonce: undefined }, now);
}

interface SignedIn {
  readonly scope: string;
  readonly person: Person;
  readonly nonce: string | undefined;
}

function tokens(signIns: SignIns, { scope, person, nonce }: SignedIn, now: Date): SignInAnswer {
  // By the machine's own clock, as whoever reads a token does.
  const issuedAt = new Date();
  const body = {
    token_type: 'Bearer',
    scope,
    expires_in: LIFETIME_SECONDS,
    access_token: apiToken({ ...person, idtyp: 'user', claims: { azp: API_CLIENT_ID } }, issuedAt),
    refresh_token: signIns.renewals.give({ scope, person }, now),
    refresh_token_expires_in: REFRESH_SECONDS,
    id_token: idToken(person, nonce, issuedAt),
  };
  return { status: 200, headers: JSON_TYPE, body: JSON.stringify(body) };
}
