/** How App Service authentication tells the app who calls: the claims of the token, by their own short names. */
import type { Claims } from './bearer-token.ts';

/** Whatever a caller writes under such a name is taken away. */
export const isPlatformHeader = (name: string): boolean => /^x-ms-(?:client-principal|token-)/i.test(name);

/** Names of claims are long only while the token store is on, which it is not. */
export function principalHeaders(claims: Claims): Record<string, string> {
  const all = Object.entries(claims).flatMap(([typ, value]) =>
    [value].flat().map((val) => ({ typ, val: typeof val === 'string' ? val : JSON.stringify(val) })),
  );
  const principal = {
    auth_typ: 'aad',
    claims: all,
    name_typ: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    role_typ: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
  };
  const name = claims['preferred_username'] ?? claims['name'];
  return {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': String(claims['oid']),
    'x-ms-client-principal-idp': 'aad',
    // A header holds ASCII.
    ...(typeof name === 'string' && { 'x-ms-client-principal-name': name.replaceAll(/[^\x20-\x7e]/g, '?') }),
  };
}
