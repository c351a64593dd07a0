/**
 * Where a page sends people to sign in. What it asks for must fit what the app registration of the local service would
 * say. Codes are those of Entra's error list; most words are ours.
 */
import * as z from 'zod';
import { API_CLIENT_ID } from '../api-tokens.ts';
import { choicePage, refusalPage } from './page.ts';
import { HTML, type SignInAnswer } from './answer.ts';
import type { Asked, SignIns } from './sign-ins.ts';

/** As it would be registered: whatever the port is, and to the letter. */
const REDIRECT = /^http:\/\/localhost(?::\d+)?\/api\/console\/$/;
/** Of the API, in both ways to name it, and what makes a sign-in of it. */
const SCOPES = [`api://${API_CLIENT_ID}/access_as_user`, `${API_CLIENT_ID}/access_as_user`];
const OPENID_SCOPES = ['openid', 'profile', 'offline_access', 'email'];

const personSchema = z.object({ name: z.string().min(1), oid: z.guid(), roles: z.array(z.string()) });

const refused = (code: string, words: string): SignInAnswer => ({
  status: 400,
  headers: HTML,
  body: refusalPage(code, words),
});

/** @param form what the page was sent with; undefined where it is asked for */
export function authorize(
  signIns: SignIns,
  query: URLSearchParams,
  form: URLSearchParams | undefined,
  now: Date,
): SignInAnswer {
  const wanted = form === undefined ? query : new URLSearchParams(form.get('asked') ?? '');
  if (wanted.get('client_id') !== API_CLIENT_ID)
    return refused('AADSTS700016', `There is no application ${wanted.get('client_id')} in the local tenant.`);
  const redirectUri = wanted.get('redirect_uri') ?? '';
  if (!REDIRECT.test(redirectUri))
    return refused('AADSTS50011', `The redirect URI ${redirectUri} does not match those of the application.`);
  const back = (said: Readonly<Record<string, string>>): SignInAnswer => {
    const state = wanted.get('state');
    const answer = new URLSearchParams({ ...said, ...(state !== null && { state }) }).toString();
    const sign = wanted.get('response_mode') === 'query' ? '?' : '#';
    return { status: 302, headers: { Location: `${redirectUri}${sign}${answer}` } };
  };
  const mistake = mistakeIn(wanted);
  if (mistake !== undefined) return back(mistake);
  if (form === undefined) return { status: 200, headers: HTML, body: choicePage(query.toString()) };
  if (form.has('cancel'))
    return back({ error: 'access_denied', error_description: 'AADSTS65004: User declined to consent.' });
  const person = personSchema.safeParse({ ...Object.fromEntries(form), roles: form.getAll('role') });
  if (!person.success) return refused('Not a person', z.prettifyError(person.error));
  return back({ code: signIns.codes.give({ asked: askedBy(wanted, redirectUri), person: person.data }, now) });
}

const askedBy = (wanted: URLSearchParams, redirectUri: string): Asked => ({
  redirectUri,
  scope: wanted.get('scope') ?? '',
  codeChallenge: wanted.get('code_challenge') ?? '',
  nonce: wanted.get('nonce') ?? undefined,
});

/** What the page is told, where it can be told. */
function mistakeIn(
  wanted: URLSearchParams,
): { readonly error: string; readonly error_description: string } | undefined {
  const invalid = (error: string, words: string) => ({ error, error_description: words });
  if (wanted.get('response_type') !== 'code')
    return invalid('unsupported_response_type', 'AADSTS700051: the application is enabled for codes only.');
  if (wanted.get('code_challenge_method') !== 'S256' || !wanted.has('code_challenge'))
    return invalid('invalid_request', 'AADSTS9002325: Proof Key for Code Exchange is required.');
  const scopes = (wanted.get('scope') ?? '').split(' ').filter(Boolean);
  const unknown = scopes.find((scope) => !SCOPES.includes(scope) && !OPENID_SCOPES.includes(scope));
  if (unknown !== undefined) return invalid('invalid_scope', `AADSTS70011: The scope ${unknown} is not valid.`);
  // Without the scope's own name the application would ask for a token for itself.
  if (!scopes.some((scope) => SCOPES.includes(scope)))
    return invalid('invalid_request', 'AADSTS90009: the application is requesting a token for itself.');
  // There are no sessions here: nobody is ever signed in already.
  return wanted.get('prompt') === 'none' ? invalid('login_required', 'AADSTS50058: nobody is signed in.') : undefined;
}
