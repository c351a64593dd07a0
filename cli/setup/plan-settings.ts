/** What else an app registration should say: one property each. */
import type { Application } from '../graph/objects.ts';
import { finding, type Part } from './finding.ts';
import { AUDIENCE, consoleRedirect, identifierUri, TOKEN_TYPE_CLAIM, TOKEN_VERSION } from './wanted.ts';

export function planAudience({ signInAudience }: Application): Part<object> {
  const isRight = signInAudience === AUDIENCE;
  return {
    findings: [finding(isRight ? 'right' : 'wrong', 'sign-in for this tenant only', `it was ${signInAudience}`)],
    value: { signInAudience: AUDIENCE },
  };
}

/** Its change is that of the whole `api`. */
export function planVersion({ api: { requestedAccessTokenVersion: version } }: Application): Part<object> {
  return {
    findings: [finding(version === TOKEN_VERSION ? 'right' : 'wrong', 'tokens of version 2', `it was ${version ?? 1}`)],
    value: {},
  };
}

export function planUri({ appId, identifierUris }: Application): Part<object> {
  const uri = identifierUri(appId);
  return {
    findings: [finding(identifierUris.includes(uri) ? 'right' : 'missing', `identifier URI ${uri}`)],
    value: { identifierUris: [...identifierUris, uri] },
  };
}

export function planClaim({ optionalClaims }: Application): Part<object> {
  const { name, property } = TOKEN_TYPE_CLAIM;
  const claims = optionalClaims?.accessToken ?? [];
  const found = claims.find((claim) => claim.name === name);
  const isRight = found?.additionalProperties.includes(property) === true;
  const additionalProperties = [...(found?.additionalProperties ?? []), property];
  const claim = { source: null, essential: false, ...found, name, additionalProperties };
  const accessToken = [...claims.filter((each) => each !== found), claim];
  return {
    findings: [
      finding(isRight ? 'right' : found === undefined ? 'missing' : 'wrong', `claim ${name} in access tokens`),
    ],
    value: { optionalClaims: { idToken: [], saml2Token: [], ...optionalClaims, accessToken } },
  };
}

export function planRedirect({ spa }: Application, apiUrl: string | undefined): Part<object> {
  if (apiUrl === undefined) return { findings: [], value: {} };
  const uri = consoleRedirect(apiUrl);
  return {
    findings: [finding(spa.redirectUris.includes(uri) ? 'right' : 'missing', `console's redirect URI ${uri}`)],
    value: { spa: { ...spa, redirectUris: [...spa.redirectUris, uri] } },
  };
}
